#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "client/fake_transport.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick::client_test {

inline constexpr std::string_view origin = "http://127.0.0.1:8080";

/// An API class over a server that answers everything with `body`.
template <class Api>
struct Bench {
  explicit Bench(std::string body, int status = 200)
      : transport(with_token([body = std::move(body), status](const HttpRequest&) {
          return ApiResult<HttpResponse>(HttpResponse{.status = status, .body = body});
        })),
        api(Connection(loopback_configuration(), transport)) {}

  [[nodiscard]] HttpRequest sent() const { return transport->requests(false).at(0); }
  /// The path and query that were asked.
  [[nodiscard]] std::string asked() const { return sent().method + " " + sent().url.substr(origin.size()); }

  std::shared_ptr<FakeTransport> transport;
  Api api;
};

}  // namespace tallystick::client_test
