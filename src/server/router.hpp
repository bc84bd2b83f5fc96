#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "server/call.hpp"
#include "server/transport.hpp"

namespace tallystick::server {

/// Takes whole requests and brings each to its handler, or refuses it, in the order 401, 429, 403 (then the handler:
/// 400, 404). An address that does not exist is 404, and another method 405, without a token. Every answer gets its
/// correlation id, is counted and logged here.
class Router {
 public:
  explicit Router(std::shared_ptr<Service> service);

  /// On a worker thread.
  void handle(Request request, Reply reply) const;

  /// On the thread that moves all bytes (TransportCallbacks).
  [[nodiscard]] AtOnce begin_at_once(Request& request, const std::function<Reply()>& later) const;

  /// How large a body may be; quick.
  [[nodiscard]] std::size_t body_bytes_max(std::string_view method, std::string_view target) const;

  /// The answer to a request that never was one; `head` is what came of it.
  [[nodiscard]] Response answer_fault(TransportFault fault, std::size_t bytes_max, const Request& head) const;

 private:
  void handle_of(Request request, std::optional<app::Caller> recalled, Reply reply) const;

  std::shared_ptr<Service> service_;
};

}  // namespace tallystick::server
