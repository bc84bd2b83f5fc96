#include "server/router.hpp"

#include <algorithm>
#include <chrono>

#include "app/permission.hpp"
#include "server/correlation.hpp"
#include "server/log.hpp"
#include "server/routes.hpp"

namespace tallystick::server {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// What is known of a request when it is answered.
struct Trace {
  std::string context_id;
  std::string_view route = "unknown";
  std::string_view method = "other";
  std::string user_id;   ///< of the person who asks; empty: a client for itself, or nobody
  HeaderFields headers;  ///< of the answer, whatever it will be
  SteadyClock::time_point began;
};

/// A method that a caller made up is no label of a metric.
std::string_view label_of(std::string_view method) {
  static constexpr std::string_view known[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};
  const auto* const found = std::ranges::find(known, method);
  return found == std::end(known) ? "other" : *found;
}

void log_refusal(const Refusal& refusal, const Trace& trace) {
  if (refusal.log_reason.empty()) return;
  log::write(log::Level::error, "request failed",
             {{"reason", refusal.log_reason},
              {"route", trace.route},
              {"user", trace.user_id},
              {"contextId", trace.context_id}});
}

Response finish(Service& service, const Trace& trace, Response response) {
  response.headers.insert(response.headers.end(), trace.headers.begin(), trace.headers.end());
  response.headers.emplace_back(correlation_header, trace.context_id);
  if (std::ranges::find(response.headers, "Cache-Control", &HeaderFields::value_type::first) ==
      response.headers.end()) {
    response.headers.emplace_back("Cache-Control", "no-store");
  }
  const auto took = SteadyClock::now() - trace.began;
  service.metrics.count_request(trace.route, trace.method, response.status, took);
  log::write(log::Level::debug, "request",
             {{"method", trace.method},
              {"route", trace.route},
              {"status", std::int64_t{response.status}},
              {"duration_us", std::int64_t{std::chrono::duration_cast<std::chrono::microseconds>(took).count()}},
              {"user", trace.user_id},
              {"contextId", trace.context_id}});
  return response;
}

/// The token of `Authorization: Bearer …`; absent: none, or another scheme.
std::optional<std::string_view> bearer_token(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view field = request.header("Authorization").value_or("");
  if (!equals_without_case(field.substr(0, scheme.size()), scheme)) return std::nullopt;
  const std::string_view token = field.substr(scheme.size());
  const std::size_t first = token.find_first_not_of(' ');
  return first == std::string_view::npos ? std::nullopt : std::optional<std::string_view>(token.substr(first));
}

Refusal refuse_permission(std::span<const std::string_view> any_of) {
  std::string listed;
  for (const std::string_view permission : any_of) {
    if (!listed.empty()) listed.append(", ");
    listed.append(permission);
  }
  Refusal refusal = refuse(Situation::missing_permissions);
  refusal.params["permissions"] = "[" + listed + "]";
  return refusal;
}

/// Counts the request; its headers go with the answer, the refusal too.
std::optional<Refusal> over_rate_limit(Service& service, const app::Caller& caller, Trace& trace) {
  const RateLimit::Verdict verdict = service.rate_limit.count(caller.token_hash, trace.began);
  if (verdict.requests_max == 0) return std::nullopt;
  trace.headers.emplace_back("inin-ratelimit-count", std::to_string(verdict.count));
  trace.headers.emplace_back("inin-ratelimit-allowed", std::to_string(verdict.requests_max));
  trace.headers.emplace_back("inin-ratelimit-reset", std::to_string(verdict.reset_in.count()));
  if (verdict.allowed) return std::nullopt;
  Refusal refusal = refuse(Situation::too_many_requests);
  refusal.params = {{"maximum", std::to_string(verdict.requests_max)},
                    {"seconds", std::to_string(RateLimit::window.count())}};
  refusal.headers.push_back(retry_after(static_cast<int>(verdict.reset_in.count())));
  return refusal;
}

/// 401, 429, 403. Fills in who asks; `recalled`: it was found out already.
std::optional<Refusal> check_caller(Service& service, const Route& route, const Request& request,
                                    std::optional<app::Caller> recalled, app::Caller& caller, Trace& trace) {
  if (route.access == Access::open || route.access == Access::operational) return std::nullopt;
  const auto token = bearer_token(request);
  if (!token) return refuse(Situation::authentication_required);
  if (recalled) {
    caller = std::move(*recalled);
  } else {
    auto known = service.use_cases.authentication.authenticate(*token, service.use_cases.clock());
    if (!known) return refusal_of(std::move(known.error()));
    caller = std::move(*known);
  }
  trace.user_id = caller.user_id;
  if (route.kind == AddressKind::published) {
    if (auto refusal = over_rate_limit(service, caller, trace)) return refusal;
  }
  if (route.access == Access::permission && !app::holds_any(caller.permissions, route.any_of)) {
    return refuse_permission(route.any_of);
  }
  return std::nullopt;
}

Visible visible_to(const Settings& settings, const Request& request) {
  Visible visible;
  visible.has_test_clock = settings.has_test_clock;
  visible.others = !request.on_admin_listener;
  visible.operational = settings.listen_admin ? request.on_admin_listener : request.from_loopback;
  return visible;
}

}  // namespace

Router::Router(std::shared_ptr<Service> service) : service_(std::move(service)) {}

void Router::handle(Request request, Reply reply) const {
  handle_of(std::move(request), std::nullopt, std::move(reply));
}

AtOnce Router::begin_at_once(Request& request, const std::function<Reply()>& later) const {
  // What has a body may be large, and what is not GET may change something.
  if (request.method != "GET" || !request.body.empty()) return {};
  const auto target = parse_target(request.target);
  if (!target) return {};
  const RouteMatch match = find_route(request.method, target->segments, visible_to(service_->settings, request));
  if (match.route == nullptr || match.route->effort == Effort::any) return {};
  const auto token = bearer_token(request);
  if (!token) return {};
  auto caller = service_->use_cases.authentication.recall(*token, service_->use_cases.clock());
  if (!caller) return {};

  if (match.route->effort == Effort::asks_another_thread) {
    handle_of(std::move(request), std::move(caller), later());
    return {.response = std::nullopt, .is_begun = true};
  }
  std::optional<Response> answered;
  handle_of(std::move(request), std::move(caller), [&](Response response) { answered = std::move(response); });
  return {.response = answered ? std::move(*answered) : answer_fault(TransportFault::unanswered, 0, Request{})};
}

void Router::handle_of(Request request, std::optional<app::Caller> recalled, Reply reply) const {
  Trace trace;
  trace.began = SteadyClock::now();
  trace.context_id = correlation_id_of(request, service_->use_cases.random);
  trace.method = label_of(request.method);
  const auto refuse_with = [&](const Refusal& refusal) {
    log_refusal(refusal, trace);
    reply(finish(*service_, trace, error_response(refusal, trace.context_id)));
  };

  auto target = parse_target(request.target);
  if (!target) return refuse_with(refuse(Situation::bad_request));
  RouteMatch match = find_route(request.method, target->segments, visible_to(service_->settings, request));
  if (match.allowed_methods.empty()) return refuse_with(refuse(Situation::not_found));
  if (match.route == nullptr) {
    Refusal refusal = refuse(Situation::method_not_allowed);
    refusal.headers.emplace_back("Allow", match.allowed_methods);
    return refuse_with(refusal);
  }
  trace.route = match.route->path;

  Call call;
  if (const auto refusal = check_caller(*service_, *match.route, request, std::move(recalled), call.caller, trace)) {
    return refuse_with(*refusal);
  }
  if (!target->query) return refuse_with(refuse(Situation::bad_request));
  call.service = service_;
  call.may_name_others =
      call.caller.is_operator() && app::holds_any(call.caller.permissions, match.route->any_of_for_others);
  call.request = std::move(request);
  call.query = std::move(*target->query);
  call.path_parameters = std::move(match.path_parameters);
  call.context_id = trace.context_id;
  const Answer answer = [service = service_, trace = std::move(trace),
                         reply = std::move(reply)](const Outcome& outcome) {
    if (!outcome) log_refusal(outcome.error(), trace);
    reply(finish(*service, trace, outcome ? *outcome : error_response(outcome.error(), trace.context_id)));
  };
  match.route->handle(call, answer);
}

std::size_t Router::body_bytes_max(std::string_view method, std::string_view target) const {
  const auto parsed = parse_target(target);
  const RouteMatch match = parsed ? find_route(method, parsed->segments, Visible{}) : RouteMatch{};
  const bool takes_batch = match.route != nullptr && match.route->body == BodyLimit::batch;
  const std::size_t batch_bytes_max = service_->settings.limits.body_bytes_max;
  return takes_batch ? batch_bytes_max : std::min(small_body_bytes_max, batch_bytes_max);
}

Response Router::answer_fault(TransportFault fault, std::size_t bytes_max, const Request& head) const {
  Trace trace;
  trace.began = SteadyClock::now();
  trace.context_id = correlation_id_of(head, service_->use_cases.random);
  Refusal refusal;
  switch (fault) {
    case TransportFault::malformed:
      refusal = refuse(Situation::bad_request);
      break;
    case TransportFault::header_too_large:
      refusal = refuse(Situation::header_too_large);
      refusal.params["bytes"] = std::to_string(bytes_max);
      break;
    case TransportFault::body_too_large:
      refusal = refuse_body_over(bytes_max);
      break;
    case TransportFault::too_slow:
      refusal = refuse(Situation::client_timeout);
      break;
    case TransportFault::unanswered:
      refusal = refuse(Situation::internal_error);
      refusal.log_reason = "a handler let a request go without an answer";
      break;
  }
  log_refusal(refusal, trace);
  return finish(*service_, trace, error_response(refusal, trace.context_id));
}

}  // namespace tallystick::server
