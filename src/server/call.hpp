#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/authenticate.hpp"
#include "server/exchange.hpp"
#include "server/metrics.hpp"
#include "server/query.hpp"
#include "server/rate_limit.hpp"
#include "server/refusal.hpp"
#include "server/server.hpp"
#include "server/settings.hpp"
#include "server/worker_pool.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// What handlers work with. Every request in flight holds it, so that a use case that answers after the server has
/// stopped still finds it.
struct Service {
  Settings settings;
  UseCases use_cases;
  Metrics metrics;
  RateLimit rate_limit;
  /// Runs work on a worker thread, for what follows an answer of a use case that came on that use case's own thread.
  std::function<void(Lane, std::function<void()>)> on_worker;
  /// The origin of the absolute addresses that are handed out: Settings::public_url, or where the server listens.
  std::function<std::string()> origin;
};

/// One request on its way through a handler.
struct Call {
  std::shared_ptr<Service> service;
  Request request;
  Query query;
  std::vector<std::string> path_parameters;  ///< what stands where the route's path has `{…}`, decoded, in order
  std::string context_id;
  app::Caller caller;            ///< of routes that ask for one
  bool may_name_others = false;  ///< whether this caller may ask the route for other organizations (Route)
};

/// What a handler comes to: an answer, or why there is none.
using Outcome = Result<Response, Refusal>;
/// Takes the outcome of one call, once, from any thread.
using Answer = std::function<void(Outcome)>;
/// Runs on a worker thread, or where Effort says. What the call holds is the handler's to take; the answer is copied by
/// who answers later.
using HandlerFunction = void (*)(Call& call, const Answer& answer);

/// 200 with that JSON text.
[[nodiscard]] Response json_response(std::string body);

}  // namespace tallystick::server
