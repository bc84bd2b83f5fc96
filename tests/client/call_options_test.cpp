#include "tallystick/client/call_options.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <thread>

#include "client/authorized_sender.hpp"
#include "client/fake_transport.hpp"
#include "client/paced_connection.hpp"

namespace tallystick::client {
namespace {

using client_test::FakePacing;
using client_test::FakeTransport;
using client_test::header_of;
using client_test::loopback_configuration;
using client_test::with_token;
using std::chrono::milliseconds;
using std::chrono::seconds;

HttpResponse answer(int status, Headers headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = "{}"};
}

TEST(CallOptions, HeadersOfTheCallGoOverThoseOfTheConfiguration) {
  const auto transport = with_token([](const HttpRequest&) { return answer(200); });
  FakePacing clock;
  Configuration configuration = loopback_configuration();
  configuration.headers = {{"X-Team", "billing"}, {"accept", "application/vnd.a+json"}, {"X-Key", "k"}};
  AuthorizedSender sender(configuration, transport, clock.pacing());
  EXPECT_TRUE(sender.send({.path = "/x"}, {.headers = {{"x-team", "reports"}, {"X-Mine", "1"}}}).result);
  const HttpRequest sent = transport->requests(false).at(0);
  const Headers expected{{"Authorization", "Bearer token-1"},
                         {"User-Agent", configuration.user_agent},
                         {"ININ-Correlation-Id", header_of(sent, "ININ-Correlation-Id")},
                         {"accept", "application/vnd.a+json"},
                         {"X-Key", "k"},
                         {"x-team", "reports"},
                         {"X-Mine", "1"}};
  EXPECT_EQ(sent.headers, expected);
  const HttpRequest token = transport->requests(true).at(0);
  EXPECT_EQ(header_of(token, "X-Key"), "k") << "a gateway wants it there too";
  EXPECT_EQ(header_of(token, "Accept"), "application/json");
}

TEST(CallOptions, DefaultHeadersStayAwayFromSignedAddresses) {
  const auto transport = with_token([](const HttpRequest&) { return answer(200); });
  FakePacing clock;
  Configuration configuration = loopback_configuration();
  configuration.headers = {{"X-Key", "k"}};
  AuthorizedSender sender(configuration, transport, clock.pacing());
  EXPECT_TRUE(sender.download("https://files.example/a?s=1").result);
  EXPECT_EQ(header_of(transport->requests().at(0), "X-Key"), "(absent)");
  EXPECT_EQ(header_of(transport->requests().at(0), "Authorization"), "(absent)");
}

TEST(CallOptions, WhatTheClientSetsItselfIsRefused) {
  for (const std::string name : {"Authorization", "proxy-authorization", "Host", "Content-Length", "content-type",
                                 "Transfer-Encoding", "ININ-Correlation-Id", "a b", ""}) {
    for (const bool in_call : {true, false}) {
      const auto transport = with_token([](const HttpRequest&) { return answer(200); });
      FakePacing clock;
      Configuration configuration = loopback_configuration();
      CallOptions options;
      (in_call ? options.headers : configuration.headers) = {{name, "v4lue"}};
      AuthorizedSender sender(configuration, transport, clock.pacing());
      const auto result = sender.send({.path = "/x"}, options).result;
      ASSERT_FALSE(result) << name;
      EXPECT_EQ(result.error().kind, ApiError::Kind::configuration) << name;
      EXPECT_EQ(result.error().message.find("v4lue"), std::string::npos) << name;
      EXPECT_TRUE(transport->requests().empty()) << name;
    }
  }
}

TEST(CallOptions, TimeoutIsOfTheCall) {
  const auto transport = with_token([](const HttpRequest&) { return answer(200); });
  FakePacing clock;
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  EXPECT_TRUE(sender.send({.path = "/x"}, {.timeout = milliseconds(77)}).result);
  EXPECT_EQ(transport->requests(false).at(0).timeout, milliseconds(77));
  EXPECT_EQ(transport->requests(true).at(0).timeout, milliseconds(60'000));
  EXPECT_FALSE(sender.send({.path = "/x"}, {.timeout = milliseconds(0)}).result);
}

TEST(CallOptions, CorrelationIdIsANewUuidForEachCallAndTheSameForItsAttempts) {
  int left = 2;
  const auto transport = with_token([&](const HttpRequest&) { return answer(left-- > 0 ? 503 : 200); });
  FakePacing clock;
  Pacing pacing = system_pacing();
  pacing.sleep = clock.pacing().sleep;
  AuthorizedSender sender(loopback_configuration(), transport, pacing);
  const auto first = sender.send({.path = "/x"});
  const auto second = sender.send({.path = "/x"});
  const auto third = sender.send({.path = "/x"}, {.correlation_id = "mine"});
  std::vector<std::string> sent;
  for (const auto& request : transport->requests(false)) sent.push_back(header_of(request, "ININ-Correlation-Id"));
  const std::string& one = first.metadata.correlation_id;
  EXPECT_EQ(sent, (std::vector<std::string>{one, one, one, second.metadata.correlation_id, "mine"}));
  EXPECT_NE(one, second.metadata.correlation_id);
  EXPECT_EQ(third.metadata.correlation_id, "mine");
  const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  EXPECT_TRUE(std::regex_match(one, uuid)) << one;
}

TEST(ResponseMetadata, TellsOfSuccessAndFailure) {
  int left = 1;
  FakePacing clock;
  const auto transport = with_token([&](const HttpRequest&) {
    clock.now += milliseconds(7);
    return answer(left-- > 0 ? 429 : 404, {{"X-Request", "a"}, {"Retry-After", "2"}});
  });
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  const auto failed = sender.send({.path = "/x"});
  EXPECT_FALSE(failed.result);
  EXPECT_EQ(failed.metadata.status, 404);
  EXPECT_EQ(failed.metadata.attempts, 2);
  EXPECT_EQ(failed.metadata.header("x-request"), "a");
  EXPECT_EQ(failed.metadata.duration, milliseconds(2'014));
}

TEST(RetryAfter, IsTakenAsADateWhereTheAnswerHasItsOwn) {
  struct Row {
    Headers headers;
    milliseconds pause;
  };
  const Row rows[] = {
      {{{"Retry-After", "Sun, 06 Nov 1994 08:50:00 GMT"}, {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}, seconds(23)},
      {{{"Retry-After", "Sun, 06 Nov 1994 08:50:00 GMT"}}, milliseconds(500)},
      {{{"Retry-After", "Sun, 06 Nov 1994 08:49:00 GMT"}, {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}},
       milliseconds(500)},
  };
  for (const auto& row : rows) {
    const auto transport = with_token([&](const HttpRequest&) { return answer(503, row.headers); });
    FakePacing clock;
    Configuration configuration = loopback_configuration();
    configuration.attempts_max = 2;
    AuthorizedSender sender(configuration, transport, clock.pacing());
    EXPECT_FALSE(sender.send({.path = "/x"}).result);
    EXPECT_EQ(clock.pauses, std::vector<milliseconds>{row.pause});
  }
}

TEST(Repeat, NothingButAGetUnlessTheCallSaysSo) {
  const std::pair<Connection::Call, std::size_t> rows[] = {
      {{.method = "GET", .path = "/x"}, 4},
      {{.method = "HEAD", .path = "/x"}, 4},
      {{.method = "POST", .path = "/x", .body = "b"}, 1},
      {{.method = "PUT", .path = "/x", .body = "b"}, 1},
      {{.method = "DELETE", .path = "/x"}, 1},
      {{.method = "POST", .path = "/x", .body = "b", .repeatable = true}, 4},
      {{.method = "GET", .path = "/x", .repeatable = false}, 1},
  };
  for (const auto& [call, sent] : rows) {
    const auto transport = with_token([](const HttpRequest&) { return answer(503); });
    FakePacing clock;
    AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
    EXPECT_FALSE(sender.send(call).result);
    EXPECT_EQ(transport->requests(false).size(), sent) << call.method;
    EXPECT_EQ(transport->requests(false).at(0).once, sent == 1) << call.method;
  }
}

TEST(Hooks, SeeEveryAttemptOfEveryRequestAndMayAddHeaders) {
  int left = 1;
  const auto transport = with_token([&](const HttpRequest&) { return answer(left-- > 0 ? 503 : 200); });
  FakePacing clock;
  Configuration configuration = loopback_configuration();
  std::vector<std::string> told;
  configuration.hooks.before_request = [&](HttpRequest& request) {
    told.push_back("before " + request.method);
    request.headers.emplace_back("X-Signed", "yes");
  };
  configuration.hooks.after_request = [&](const HttpRequest& request, const ApiResult<HttpResponse>& outcome,
                                          std::chrono::microseconds) {
    told.push_back("after " + header_of(request, "X-Signed") + " " + std::to_string(outcome->status));
  };
  configuration.hooks.before_pause = [&](const Hooks::Pause& pause) {
    EXPECT_EQ(pause.why, Hooks::Pause::Why::retry);
    told.push_back("pause " + std::to_string(pause.length.count()));
  };
  AuthorizedSender sender(configuration, transport, clock.pacing());
  EXPECT_TRUE(sender.send({.path = "/x"}).result);
  EXPECT_EQ(told, (std::vector<std::string>{"before POST", "after yes 200", "before GET", "after yes 503", "pause 500",
                                            "before GET", "after yes 200"}));
  for (const auto& request : transport->requests()) EXPECT_EQ(header_of(request, "X-Signed"), "yes");
}

Headers limit(int count, int allowed, int reset_s) {
  return {{"inin-ratelimit-count", std::to_string(count)},
          {"inin-ratelimit-allowed", std::to_string(allowed)},
          {"inin-ratelimit-reset", std::to_string(reset_s)}};
}

TEST(RateLimitOfCalls, IsWaitedForBeforeACallIsSent) {
  struct Row {
    std::string name;
    std::string path;
    bool keep;
    int reset_s;
    std::vector<milliseconds> pauses;
  };
  const Row rows[] = {
      {"within the budget", "/api/v2/x", true, 60, {seconds(60)}},
      {"beyond the budget the service decides", "/api/v2/x", true, 61, {}},
      {"an address that is not limited", "/tallystick/v1/x", true, 60, {}},
      {"turned off", "/api/v2/x", false, 60, {}},
  };
  for (const auto& row : rows) {
    const auto transport = with_token([&](const HttpRequest&) { return answer(200, limit(300, 300, row.reset_s)); });
    FakePacing clock;
    Configuration configuration = loopback_configuration();
    configuration.keep_within_rate_limit = row.keep;
    std::vector<milliseconds> told;
    configuration.hooks.before_pause = [&](const Hooks::Pause& pause) {
      EXPECT_EQ(pause.why, Hooks::Pause::Why::rate_limit);
      told.push_back(pause.length);
    };
    AuthorizedSender sender(configuration, transport, clock.pacing());
    EXPECT_TRUE(sender.send({.path = row.path}).result) << row.name;
    EXPECT_EQ(sender.rate_limit().count, 300U) << row.name;
    EXPECT_TRUE(sender.send({.path = row.path}).result) << row.name;
    EXPECT_EQ(clock.pauses, row.pauses) << row.name;
    EXPECT_EQ(told, row.pauses) << row.name;
  }
}

TEST(Stop, EndsACallWhileItPauses) {
  const auto transport = with_token([](const HttpRequest&) { return answer(503, {{"Retry-After", "50"}}); });
  std::stop_source stop;
  Configuration configuration = loopback_configuration();
  configuration.hooks.before_pause = [&](const Hooks::Pause&) { stop.request_stop(); };
  AuthorizedSender sender(configuration, transport, system_pacing());
  const auto stopped = sender.send({.path = "/x"}, {.stop = stop.get_token()});
  ASSERT_FALSE(stopped.result);
  EXPECT_EQ(stopped.result.error().kind, ApiError::Kind::cancelled);
  EXPECT_EQ(transport->requests(false).size(), 1U);
}

TEST(Reconfigure, KeepsTheTokenWhereTheLogInStays) {
  struct Row {
    std::string name;
    std::function<void(Configuration&)> change;
    std::size_t token_requests;
  };
  const Row rows[] = {
      {"time-out", [](auto& c) { c.request_timeout = milliseconds(5); }, 1},
      {"header",
       [](auto& c) {
         c.headers = {{"X-A", "b"}};
       },
       1},
      {"path of the base URL", [](auto& c) { c.base_url = "http://127.0.0.1:8080/prefix"; }, 1},
      {"secret", [](auto& c) { c.client_secret = "an0ther"; }, 2},
      {"client", [](auto& c) { c.client_id = "another"; }, 2},
      {"grant", [](auto& c) { c.grant = RefreshToken{.refresh_token = "r3fresh"}; }, 2},
      {"token address", [](auto& c) { c.token_address = "http://127.0.0.1:9/oauth/token"; }, 2},
  };
  for (const auto& row : rows) {
    const auto transport = with_token([](const HttpRequest&) { return answer(200); });
    const Connection connection(loopback_configuration(), transport);
    EXPECT_TRUE(connection.send({.path = "/x"}).result);
    Configuration changed = *connection.configuration();
    row.change(changed);
    connection.reconfigure(changed);
    EXPECT_TRUE(connection.send({.path = "/x"}).result) << row.name;
    EXPECT_EQ(transport->requests(true).size(), row.token_requests) << row.name;
  }
}

TEST(Reconfigure, ReachesTheTokenRequestsThatComeLater) {
  const auto transport = std::make_shared<FakeTransport>([](const HttpRequest& request) {
    if (FakeTransport::is_token_request(request))
      return ApiResult<HttpResponse>(client_test::token_response("t0ken", 0));
    return ApiResult<HttpResponse>(answer(200));
  });
  const Connection connection(loopback_configuration(), transport);
  EXPECT_TRUE(connection.send({.path = "/x"}).result);
  Configuration changed = *connection.configuration();
  changed.headers = {{"X-Key", "new"}};
  changed.request_timeout = milliseconds(123);
  connection.reconfigure(changed);
  EXPECT_TRUE(connection.send({.path = "/x"}).result);
  EXPECT_EQ(header_of(transport->requests(true).back(), "X-Key"), "new");
  EXPECT_EQ(transport->requests(true).back().timeout, milliseconds(123));
}

TEST(Gateway, HasAPathAndATokenAddressOfItsOwn) {
  const auto transport = with_token([](const HttpRequest&) { return answer(200); });
  Configuration configuration = loopback_configuration();
  configuration.base_url = "https://gateway.example:8443/genesys/eu/";
  configuration.token_address = "https://gateway.example:8443/login/oauth/token";
  const Connection connection(configuration, transport);
  EXPECT_TRUE(connection.send({.path = "/api/v2/x?a=b"}).result);
  EXPECT_EQ(transport->requests(true).at(0).url, "https://gateway.example:8443/login/oauth/token");
  EXPECT_EQ(transport->requests(false).at(0).url, "https://gateway.example:8443/genesys/eu/api/v2/x?a=b");
}

}  // namespace
}  // namespace tallystick::client
