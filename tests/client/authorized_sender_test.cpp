#include "client/authorized_sender.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <limits>
#include <numeric>
#include <thread>

#include "client/fake_transport.hpp"

namespace tallystick::client {
namespace {

using client_test::FakePacing;
using client_test::FakeTransport;
using client_test::header_of;
using client_test::loopback_configuration;
using client_test::token_response;
using client_test::with_token;
using std::chrono::milliseconds;
using Pauses = std::vector<milliseconds>;

ApiResult<HttpResponse> answer(int status, std::string_view retry_after = {}) {
  HttpResponse response{.status = status, .body = "{}"};
  if (!retry_after.empty()) response.headers.emplace_back("Retry-After", retry_after);
  return response;
}

ApiError cut_connection() {
  return {.kind = ApiError::Kind::network, .message = "cut", .transient = true};
}

TEST(AuthorizedSender, SendsTheCallWithItsToken) {
  const auto transport = with_token([](const HttpRequest&) { return answer(200); });
  FakePacing clock;
  Configuration configuration = loopback_configuration();
  configuration.base_url = "https://gateway.example/genesys/";
  configuration.request_timeout = milliseconds(1'234);
  AuthorizedSender sender(configuration, transport, clock.pacing());
  EXPECT_TRUE(sender.send({.path = "/api/v2/x?a=b"}).result);
  EXPECT_TRUE(
      sender
          .send({.method = "POST", .path = "/y", .content_type = "text/a", .content_encoding = "gzip", .body = "bytes"})
          .result);

  EXPECT_EQ(transport->requests(true).size(), 1U);
  EXPECT_EQ(transport->requests(true).at(0).url, "https://gateway.example/oauth/token");
  const HttpRequest get = transport->requests(false).at(0);
  EXPECT_EQ(get.method, "GET");
  EXPECT_EQ(get.url, "https://gateway.example/genesys/api/v2/x?a=b");
  EXPECT_EQ(header_of(get, "Authorization"), "Bearer token-1");
  EXPECT_EQ(header_of(get, "Accept"), "application/json");
  EXPECT_EQ(header_of(get, "User-Agent"), "tallystick-cpp/" TALLYSTICK_PROJECT_VERSION);
  EXPECT_EQ(header_of(get, "Content-Type"), "(absent)");
  EXPECT_EQ(get.timeout, milliseconds(1'234));
  const HttpRequest post = transport->requests(false).at(1);
  EXPECT_EQ(post.method, "POST");
  EXPECT_EQ(post.body, "bytes");
  EXPECT_EQ(header_of(post, "Content-Type"), "text/a");
  EXPECT_EQ(header_of(post, "Content-Encoding"), "gzip");
}

TEST(AuthorizedSender, SendsNothingWithAConfigurationThatCannotWork) {
  struct Row {
    std::string_view name;
    std::function<void(Configuration&)> spoil;
    std::string_view words;
  };
  const Row rows[] = {
      {"plain http", [](auto& c) { c.base_url = "http://api.mypurecloud.de"; }, "use https"},
      {"plain http to a look-alike", [](auto& c) { c.base_url = "http://127.0.0.1.example.com"; }, "use https"},
      {"plain http to another machine", [](auto& c) { c.base_url = "http://10.0.0.1:8080"; }, "use https"},
      {"user in the address", [](auto& c) { c.base_url = "http://127.0.0.1@example.com"; }, "not an http"},
      {"password in the address", [](auto& c) { c.base_url = "https://joe:s3cret@gw.example"; }, "not an http"},
      {"password in the token address", [](auto& c) { c.token_address = "https://j:s3cret@gw.example"; },
       "not an http"},
      {"no address", [](auto& c) { c.base_url = ""; }, "not an http"},
      {"other scheme", [](auto& c) { c.base_url = "ftp://127.0.0.1"; }, "not an http"},
      {"plain http token address", [](auto& c) { c.token_address = "http://login.example/oauth/token"; }, "use https"},
      {"bad token address", [](auto& c) { c.token_address = "login"; }, "not an http"},
      {"no id", [](auto& c) { c.client_id = ""; }, "client id is empty"},
      {"no secret", [](auto& c) { c.client_secret = ""; }, "client secret is empty"},
      {"no time", [](auto& c) { c.request_timeout = milliseconds(0); }, "at least 1 ms"},
      {"negative time", [](auto& c) { c.connect_timeout = milliseconds(-1); }, "at least 1 ms"},
      {"no attempts", [](auto& c) { c.attempts_max = 0; }, "attempts_max"},
      {"line end in the agent", [](auto& c) { c.user_agent = "a\r\nX: y"; }, "user_agent"},
  };
  for (const auto& row : rows) {
    const auto transport = with_token([](const HttpRequest&) { return answer(200); });
    FakePacing clock;
    Configuration configuration = loopback_configuration();
    row.spoil(configuration);
    AuthorizedSender sender(configuration, transport, clock.pacing());
    const auto result = sender.send({.path = "/x"}).result;
    ASSERT_FALSE(result) << row.name;
    EXPECT_EQ(result.error().kind, ApiError::Kind::configuration) << row.name;
    EXPECT_NE(result.error().message.find(row.words), std::string::npos) << row.name << ": " << result.error().message;
    EXPECT_EQ(result.error().message.find("s3cret"), std::string::npos) << row.name;
    EXPECT_TRUE(transport->requests().empty()) << row.name;
  }
}

TEST(AuthorizedSender, RefusesCallsThatWouldLeaveTheBaseUrl) {
  const Connection::Call calls[] = {{.path = ""},
                                    {.path = "@example.com/x"},
                                    {.path = ".example.com/x"},
                                    {.path = "/a b"},
                                    {.path = "/a\r\nX: y"},
                                    {.path = "/a#b"},
                                    {.method = "", .path = "/x"},
                                    {.method = "GET /evil HTTP/1.1\r\nX: y", .path = "/x"},
                                    {.method = "POST", .path = "/x", .content_type = "a\nb"},
                                    {.method = "POST", .path = "/x", .content_encoding = "a\nb"}};
  for (const auto& call : calls) {
    const auto transport = with_token([](const HttpRequest&) { return answer(200); });
    FakePacing clock;
    AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
    const auto result = sender.send(call).result;
    ASSERT_FALSE(result) << call.path;
    EXPECT_EQ(result.error().kind, ApiError::Kind::configuration);
    EXPECT_TRUE(transport->requests().empty());
  }
}

TEST(AuthorizedSender, RepeatsOnlyWhatMayBeRepeated) {
  struct Row {
    std::string_view name;
    std::function<ApiResult<HttpResponse>()> outcome;
    std::size_t sent_repeatable;
    std::size_t sent_once_only;
  };
  ApiError refused_certificate{.kind = ApiError::Kind::network, .message = "certificate"};
  const Row rows[] = {
      {"200", [] { return answer(200); }, 1, 1},
      {"302", [] { return answer(302); }, 1, 1},
      {"400", [] { return answer(400); }, 1, 1},
      {"403", [] { return answer(403); }, 1, 1},
      {"404", [] { return answer(404); }, 1, 1},
      {"408", [] { return answer(408); }, 1, 1},
      {"409", [] { return answer(409); }, 1, 1},
      {"413", [] { return answer(413, "1"); }, 1, 1},
      {"429", [] { return answer(429); }, 4, 1},
      {"500", [] { return answer(500, "1"); }, 1, 1},
      {"501", [] { return answer(501); }, 1, 1},
      {"502", [] { return answer(502); }, 4, 1},
      {"503", [] { return answer(503, "1"); }, 4, 1},
      {"504", [] { return answer(504); }, 4, 1},
      {"cut connection", [] { return ApiResult<HttpResponse>(fail(cut_connection())); }, 4, 1},
      {"certificate", [&] { return ApiResult<HttpResponse>(fail(refused_certificate)); }, 1, 1},
  };
  for (const auto& row : rows) {
    for (const bool repeatable : {true, false}) {
      const auto transport = with_token([&](const HttpRequest&) { return row.outcome(); });
      FakePacing clock;
      AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
      const auto result = sender.send({.method = "POST", .path = "/x", .body = "b", .repeatable = repeatable}).result;
      EXPECT_EQ(result.has_value(), row.name == "200") << row.name;
      const std::size_t expected = repeatable ? row.sent_repeatable : row.sent_once_only;
      EXPECT_EQ(transport->requests(false).size(), expected) << row.name << (repeatable ? "" : ", once only");
      EXPECT_EQ(clock.pauses.size(), expected - 1) << row.name;
      if (expected > 1) {
        EXPECT_TRUE(result.error().message.ends_with("; gave up after 4 attempts")) << row.name;
      }
    }
  }
}

TEST(AuthorizedSender, PausesLongerEachTimeOrAsTheServerAsks) {
  struct Row {
    std::string_view name;
    std::string_view retry_after;
    int attempts_max;
    milliseconds budget;
    Pauses pauses;
  };
  const Row rows[] = {
      {"doubling", "", 4, milliseconds(60'000), {milliseconds(500), milliseconds(1'000), milliseconds(2'000)}},
      {"told", "2", 3, milliseconds(60'000), {milliseconds(2'000), milliseconds(2'000)}},
      {"told nothing of use", "0", 2, milliseconds(60'000), {milliseconds(500)}},
      {"told a date", "Wed, 21 Oct 2026 07:28:00 GMT", 2, milliseconds(60'000), {milliseconds(500)}},
      {"told beyond the budget", "61", 4, milliseconds(60'000), {}},
      {"told just the budget", "60", 4, milliseconds(60'000), {milliseconds(60'000)}},
      {"budget in the middle", "", 9, milliseconds(2'500), {milliseconds(500), milliseconds(1'000)}},
      {"no budget", "", 9, milliseconds(0), {}},
      {"one attempt", "", 1, milliseconds(60'000), {}},
      {"up to a longest pause",
       "",
       8,
       milliseconds(600'000),
       {milliseconds(500), milliseconds(1'000), milliseconds(2'000), milliseconds(4'000), milliseconds(8'000),
        milliseconds(16'000), milliseconds(20'000)}},
  };
  for (const auto& row : rows) {
    const auto transport = with_token([&](const HttpRequest&) { return answer(503, row.retry_after); });
    FakePacing clock;
    Configuration configuration = loopback_configuration();
    configuration.attempts_max = row.attempts_max;
    configuration.retry_budget = row.budget;
    AuthorizedSender sender(configuration, transport, clock.pacing());
    const auto result = sender.send({.path = "/x"}).result;
    ASSERT_FALSE(result) << row.name;
    EXPECT_EQ(result.error().status, 503) << row.name;
    EXPECT_EQ(clock.pauses, row.pauses) << row.name;
  }
}

TEST(AuthorizedSender, CountsTheTimeOfAttemptsIntoTheBudget) {
  FakePacing clock;
  const auto transport = with_token([&](const HttpRequest&) {
    clock.now += milliseconds(40'000);
    return ApiResult<HttpResponse>(fail(cut_connection()));
  });
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  EXPECT_FALSE(sender.send({.path = "/x"}).result);
  EXPECT_EQ(clock.pauses, Pauses{milliseconds(500)});
}

RC_GTEST_PROP(AuthorizedSender, NeverPausesBeyondItsBudget, ()) {
  const auto budget = milliseconds(*rc::gen::inRange(0, 100'000));
  const auto attempts_max = *rc::gen::inRange(1, 20);
  const auto retry_after_s = *rc::gen::inRange(0, 90);
  FakePacing clock;
  Pacing pacing = clock.pacing();
  pacing.random_up_to = [](std::uint64_t limit) {
    // Of all bits at once correlation ids are made, of which nothing is asked here.
    const bool is_pause = limit < std::numeric_limits<std::uint64_t>::max();
    return is_pause ? *rc::gen::inRange<std::uint64_t>(0, limit + 1) : limit;
  };
  const auto transport = with_token(
      [&](const HttpRequest&) { return answer(429, retry_after_s > 0 ? std::to_string(retry_after_s) : ""); });
  Configuration configuration = loopback_configuration();
  configuration.attempts_max = attempts_max;
  configuration.retry_budget = budget;
  AuthorizedSender sender(configuration, transport, pacing);
  RC_ASSERT(!sender.send({.path = "/x"}).result.has_value());
  RC_ASSERT(std::accumulate(clock.pauses.begin(), clock.pauses.end(), milliseconds(0)) <= budget);
  RC_ASSERT(clock.pauses.size() < static_cast<std::size_t>(attempts_max));
  RC_ASSERT(transport->requests(false).size() == clock.pauses.size() + 1);
}

TEST(AuthorizedSender, TellsItsObserverBeforeEachPause) {
  int failures_left = 2;
  const auto transport =
      with_token([&](const HttpRequest&) { return failures_left-- > 0 ? answer(503) : answer(200); });
  FakePacing clock;
  std::vector<std::pair<int, milliseconds>> told;
  Configuration configuration = loopback_configuration();
  configuration.hooks.before_pause = [&](const Hooks::Pause& pause) {
    EXPECT_EQ(pause.error.status, 503);
    EXPECT_EQ(clock.pauses.size(), told.size());
    told.emplace_back(pause.attempt, pause.length);
  };
  AuthorizedSender sender(configuration, transport, clock.pacing());
  EXPECT_TRUE(sender.send({.path = "/x"}).result);
  EXPECT_EQ(told, (std::vector<std::pair<int, milliseconds>>{{1, milliseconds(500)}, {2, milliseconds(1'000)}}));
}

TEST(AuthorizedSender, RenewsTheTokenOnceAfterA401) {
  for (const bool repeatable : {true, false}) {
    int given = 0;
    const auto transport = std::make_shared<FakeTransport>([&](const HttpRequest& request) {
      if (FakeTransport::is_token_request(request)) {
        return ApiResult<HttpResponse>(token_response("token-" + std::to_string(++given), 300));
      }
      return answer(header_of(request, "Authorization") == "Bearer token-2" ? 200 : 401);
    });
    FakePacing clock;
    AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
    EXPECT_TRUE(sender.send({.path = "/x", .repeatable = repeatable}).result);
    EXPECT_TRUE(sender.send({.path = "/x", .repeatable = repeatable}).result);
    EXPECT_EQ(transport->requests(true).size(), 2U);
    EXPECT_EQ(transport->requests(false).size(), 3U);
    EXPECT_TRUE(clock.pauses.empty());
  }
}

TEST(AuthorizedSender, GivesUpWhenTheNewTokenIsRefusedToo) {
  const auto transport = with_token([](const HttpRequest&) {
    return HttpResponse{.status = 401, .body = R"({"code":"bad.credentials","message":"Invalid login credentials."})"};
  });
  FakePacing clock;
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  const auto result = sender.send({.path = "/x"}).result;
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "bad.credentials");
  EXPECT_EQ(transport->requests(true).size(), 2U);
  EXPECT_EQ(transport->requests(false).size(), 2U);
}

TEST(AuthorizedSender, RenewsOnceForManyThreadsWhoseTokenWasRefused) {
  constexpr int threads_count = 8;
  std::atomic<int> given = 0;
  std::atomic<int> refused = 0;
  const auto transport = std::make_shared<FakeTransport>([&](const HttpRequest& request) {
    if (FakeTransport::is_token_request(request)) {
      return ApiResult<HttpResponse>(token_response("token-" + std::to_string(++given), 300));
    }
    if (header_of(request, "Authorization") != "Bearer token-1") return answer(200);
    // All calls with the first token are on their way before the first of them is refused.
    ++refused;
    refused.notify_all();
    for (int now = refused; now < threads_count; now = refused) refused.wait(now);
    return answer(401);
  });
  FakePacing clock;
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  std::atomic<int> succeeded = 0;
  {
    std::vector<std::jthread> threads;
    threads.reserve(threads_count);
    for (int i = 0; i < threads_count; ++i) {
      threads.emplace_back([&] { succeeded += sender.send({.path = "/x"}).result.has_value() ? 1 : 0; });
    }
  }
  EXPECT_EQ(succeeded, threads_count);
  EXPECT_EQ(given, 2);
}

TEST(AuthorizedSender, RepeatsATokenRequestEvenForACallThatMayNotBeRepeated) {
  int token_failures_left = 2;
  const auto transport = std::make_shared<FakeTransport>([&](const HttpRequest& request) {
    if (!FakeTransport::is_token_request(request)) return answer(200);
    if (token_failures_left-- > 0) return answer(503, "1");
    return ApiResult<HttpResponse>(token_response("token-1", 300));
  });
  FakePacing clock;
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  EXPECT_TRUE(sender.send({.method = "POST", .path = "/x", .repeatable = false}).result);
  EXPECT_EQ(transport->requests(true).size(), 3U);
  EXPECT_EQ(transport->requests(false).size(), 1U);
}

TEST(AuthorizedSender, PassesOnWhyThereIsNoToken) {
  const auto transport = std::make_shared<FakeTransport>([](const HttpRequest&) {
    return HttpResponse{.status = 401, .body = R"({"error":"invalid_client","error_description":"unknown client"})"};
  });
  FakePacing clock;
  AuthorizedSender sender(loopback_configuration(), transport, clock.pacing());
  const auto result = sender.send({.path = "/x"}).result;
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().status, 401);
  EXPECT_EQ(result.error().code, "invalid_client");
  EXPECT_EQ(result.error().message.find("s3cret"), std::string::npos);
  EXPECT_EQ(transport->requests().size(), 1U);
}

}  // namespace
}  // namespace tallystick::client
