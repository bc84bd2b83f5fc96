#include "client/token_source.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "client/fake_transport.hpp"

namespace tallystick::client {
namespace {

using client_test::FakePacing;
using client_test::FakeTransport;
using client_test::header_of;
using client_test::loopback_configuration;
using client_test::token_response;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view address = "http://127.0.0.1:8080/oauth/token";

/// A source whose server numbers its tokens, or fails while `failure` is set.
struct Bench {
  explicit Bench(int expires_in_s, Configuration with = loopback_configuration())
      : configuration(std::move(with)), transport([this, expires_in_s](const HttpRequest&) {
          if (failure) return ApiResult<HttpResponse>(fail(*failure));
          return ApiResult<HttpResponse>(token_response("token-" + std::to_string(++given), expires_in_s));
        }) {}

  std::string token() {
    const auto got = source.get();
    return got ? *got : "error: " + got.error().message;
  }

  std::optional<ApiError> failure;
  std::atomic<int> given = 0;
  FakePacing clock;
  Configuration configuration;
  FakeTransport transport;
  Pacing pacing = clock.pacing();
  TokenSource source{std::string(address), configuration,
                     [this](const HttpRequest& request) { return transport.send(request); }, pacing};
};

TEST(TokenSource, AnExceptionOfTheSenderLeavesNobodyWaiting) {
  Bench bench(86'400);
  bool throws = true;
  TokenSource source(
      std::string(address), bench.configuration,
      [&](const HttpRequest& request) {
        if (throws) throw std::runtime_error("a hook that throws");
        return bench.transport.send(request);
      },
      bench.pacing);
  EXPECT_THROW(static_cast<void>(source.get()), std::runtime_error);
  throws = false;
  const auto got = source.get();
  ASSERT_TRUE(got);
  EXPECT_EQ(*got, "token-1");
}

TEST(TokenSource, AsksAsRfc6749Says) {
  Bench bench(86'400, {.client_id = "id:1 é", .client_secret = "p+ %"});
  EXPECT_EQ(bench.token(), "token-1");
  const HttpRequest request = bench.transport.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, address);
  EXPECT_EQ(request.body, "grant_type=client_credentials");
  EXPECT_EQ(header_of(request, "Content-Type"), "application/x-www-form-urlencoded");
  // base64("id%3A1+%C3%A9:p%2B+%25"), by coreutils.
  EXPECT_EQ(header_of(request, "Authorization"), "Basic aWQlM0ExKyVDMyVBOTpwJTJCKyUyNQ==");
}

TEST(TokenSource, RenewsBeforeTheEnd) {
  struct Row {
    int expires_in_s;
    milliseconds kept_for;
  };
  const Row rows[] = {{86'400, seconds(86'370)}, {300, seconds(270)}, {200, seconds(180)}, {10, seconds(9)}};
  for (const auto& row : rows) {
    Bench bench(row.expires_in_s);
    EXPECT_EQ(bench.token(), "token-1");
    bench.clock.now += row.kept_for - milliseconds(1);
    EXPECT_EQ(bench.token(), "token-1") << row.expires_in_s;
    bench.clock.now += milliseconds(1);
    EXPECT_EQ(bench.token(), "token-2") << row.expires_in_s;
  }
}

TEST(TokenSource, DoesNotKeepATokenWithoutALife) {
  for (const int expires_in_s : {0, -5}) {
    Bench bench(expires_in_s);
    EXPECT_EQ(bench.token(), "token-1");
    EXPECT_EQ(bench.token(), "token-2");
  }
}

TEST(TokenSource, SurvivesALifeBeyondTheClock) {
  FakePacing clock;
  const Pacing pacing = clock.pacing();
  FakeTransport transport([](const HttpRequest&) {
    return HttpResponse{
        .status = 200,
        .body = R"({"access_token":"long","token_type":"Bearer","expires_in":9223372036854775807,"scope":"x"})"};
  });
  const Configuration configuration = loopback_configuration();
  TokenSource source(
      std::string(address), configuration, [&](const HttpRequest& request) { return transport.send(request); }, pacing);
  EXPECT_EQ(source.get().value(), "long");
  EXPECT_EQ(source.get().value(), "long");
  EXPECT_EQ(transport.requests().size(), 1U);
}

TEST(TokenSource, KeepsAnOldTokenWhileItLastsWhenTheRenewalFails) {
  Bench bench(300);
  EXPECT_EQ(bench.token(), "token-1");
  bench.failure = ApiError{.message = "down"};
  bench.clock.now += seconds(299);
  EXPECT_EQ(bench.token(), "token-1");
  bench.clock.now += seconds(1);
  EXPECT_EQ(bench.token(), "error: down");
  bench.failure.reset();
  EXPECT_EQ(bench.token(), "token-2");
}

TEST(TokenSource, ForgetsARefusedTokenButNotItsSuccessor) {
  Bench bench(300);
  EXPECT_EQ(bench.token(), "token-1");
  bench.source.forget("token-0");
  EXPECT_EQ(bench.token(), "token-1");
  bench.source.forget("token-1");
  EXPECT_EQ(bench.token(), "token-2");
  bench.source.forget("token-1");
  EXPECT_EQ(bench.token(), "token-2");
}

TEST(TokenSource, RefusesAnswersThatAreNoBearerToken) {
  const std::string_view bodies[] = {"",
                                     "<html>",
                                     "{}",
                                     R"({"access_token":"","token_type":"bearer","expires_in":300})",
                                     R"({"access_token":"a\r\nX-Evil: 1","token_type":"bearer","expires_in":300})",
                                     R"({"access_token":"a b","token_type":"bearer","expires_in":300})",
                                     R"({"access_token":"a","token_type":"mac","expires_in":300})",
                                     R"({"access_token":"a","token_type":"bearer","expires_in":"300"})"};
  for (const auto body : bodies) {
    FakePacing clock;
    const Pacing pacing = clock.pacing();
    FakeTransport transport([&](const HttpRequest&) { return HttpResponse{.status = 200, .body = std::string(body)}; });
    const Configuration configuration = loopback_configuration();
    TokenSource source(
        std::string(address), configuration, [&](const HttpRequest& request) { return transport.send(request); },
        pacing);
    const auto token = source.get();
    ASSERT_FALSE(token) << body;
    EXPECT_EQ(token.error().kind, ApiError::Kind::answer) << body;
  }
}

TEST(TokenSource, AsksOnceForManyThreads) {
  constexpr int threads_count = 16;
  std::atomic<int> started = 0;
  FakePacing clock;
  const Pacing pacing = clock.pacing();
  std::atomic<int> given = 0;
  FakeTransport transport([&](const HttpRequest&) {
    // The answer comes only after every thread is about to ask.
    for (int now = started; now < threads_count; now = started) started.wait(now);
    return token_response("token-" + std::to_string(++given), 300);
  });
  const Configuration configuration = loopback_configuration();
  TokenSource source(
      std::string(address), configuration, [&](const HttpRequest& request) { return transport.send(request); }, pacing);

  std::vector<std::string> tokens(threads_count);
  {
    std::vector<std::jthread> threads;
    threads.reserve(threads_count);
    for (auto& token : tokens) {
      threads.emplace_back([&] {
        ++started;
        started.notify_all();
        token = source.get().value();
      });
    }
  }
  EXPECT_EQ(tokens, std::vector<std::string>(threads_count, "token-1"));
  EXPECT_EQ(transport.requests().size(), 1U);
}

}  // namespace
}  // namespace tallystick::client
