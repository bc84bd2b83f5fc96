#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "server/socket_client.hpp"
#include "server/transport.hpp"

namespace tallystick::test {

/// A transport on a free port of the loopback, whose handler a test sets before it starts. Faults are answered with
/// their number as the status' last digits and the limit as the body.
class TransportTest : public testing::Test {
 protected:
  TransportTest() {
    settings.listen = {"127.0.0.1", 0};
    handler = [](const server::Request& request, const server::Reply& reply) { reply(echo(request)); };
  }
  ~TransportTest() override {
    if (transport) transport->stop();
  }

  static server::Response echo(const server::Request& request) {
    server::Response response;
    response.content_type = "text/plain";
    response.body = request.method + " " + request.target + " " + request.body;
    return response;
  }

  static int status_of(server::TransportFault fault) {
    using server::TransportFault;
    switch (fault) {
      case TransportFault::malformed:
        return 400;
      case TransportFault::header_too_large:
        return 431;
      case TransportFault::body_too_large:
        return 413;
      case TransportFault::too_slow:
        return 408;
      case TransportFault::unanswered:
        break;
    }
    return 500;
  }

  [[nodiscard]] server::TransportCallbacks callbacks() {
    server::TransportCallbacks made;
    made.handle = handler;
    made.begin_at_once = [this](const server::Request& request, const std::function<server::Reply()>& later) {
      server::AtOnce at_once;
      if (request.target == "/at-once-throws") throw std::runtime_error("out of luck");
      if (request.target == "/at-once") at_once.response = echo(request);
      if (request.target == "/begun-at-once") {
        at_once.is_begun = true;
        late_answers = std::jthread([answer = echo(request), reply = later()] { reply(answer); });
      }
      return at_once;
    };
    made.body_bytes_max = [bytes_max = settings.limits.body_bytes_max](std::string_view, std::string_view target) {
      return target.starts_with("/small") ? std::size_t{10} : bytes_max;
    };
    made.answer_fault = [](server::TransportFault fault, std::size_t bytes_max, const server::Request& /*head*/) {
      server::Response response;
      response.status = status_of(fault);
      response.body = std::to_string(bytes_max);
      return response;
    };
    return made;
  }

  void start() {
    transport = server::make_transport(settings, callbacks());
    const auto started = transport->start();
    ASSERT_TRUE(started) << started.error();
    port = transport->address().value().port;
  }

  static std::string get(std::string_view target, std::string_view more = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) + "\r\n";
  }
  static std::string post(std::string_view target, std::string_view body, std::string_view more = {}) {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(more) + "\r\n" + std::string(body);
  }

  server::Settings settings;
  server::Handler handler;
  std::shared_ptr<server::Transport> transport;
  std::jthread late_answers;  // to the last request that asked for one
  std::uint16_t port = 0;
};

}  // namespace tallystick::test
