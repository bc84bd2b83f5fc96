#include "tallystick/client/token_store.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "client/token_service.hpp"

namespace tallystick::client {
namespace {

using client_test::GrantBench;
using client_test::MemoryStore;
using std::chrono::seconds;
using Steps = std::vector<std::string>;

const AuthorizationCode code{.code = "c1", .redirect_uri = "http://127.0.0.1:5/callback", .code_verifier = "v-1"};

StoredTokens tokens_for(GrantBench& bench, seconds life, std::string access, std::string refresh = {}) {
  return {.access_token = std::move(access),
          .expires_at = bench.clock.pacing().wall_now() + life,
          .refresh_token = std::move(refresh)};
}

TEST(TokenStore, IsAskedBeforeTheServiceIs) {
  GrantBench bench(ClientCredentials{}, "s3cret", std::make_shared<MemoryStore>());
  bench.store->tokens = tokens_for(bench, seconds(100), "kept");
  EXPECT_EQ(bench.token(), "kept");
  EXPECT_EQ(bench.token(), "kept");
  EXPECT_EQ(bench.store->steps, (Steps{"load"}));
  EXPECT_TRUE(bench.transport.requests().empty());

  // 30 seconds before its end it is renewed.
  bench.clock.now += seconds(70);
  EXPECT_EQ(bench.token(), "token-1");
  EXPECT_EQ(bench.store->steps, (Steps{"load", "load", "hold", "load", "save", "release"}));
  EXPECT_EQ(*bench.store->tokens, tokens_for(bench, seconds(300), "token-1"));
}

TEST(TokenStore, WhatItHoldsIsNotTrustedBlindly) {
  for (const char* kept : {"", "a b", "a\r\nX-Evil: 1", "caf\xc3\xa9"}) {
    GrantBench bench(ClientCredentials{}, "s3cret", std::make_shared<MemoryStore>());
    bench.store->tokens = tokens_for(bench, seconds(1000), kept);
    EXPECT_EQ(bench.token(), "token-1") << kept;
  }
  GrantBench bench(ClientCredentials{}, "s3cret", std::make_shared<MemoryStore>());
  bench.store->tokens =
      StoredTokens{.access_token = "eternal", .expires_at = std::chrono::system_clock::time_point::max()};
  EXPECT_EQ(bench.token(), "eternal");
  bench.restart();
  bench.store->tokens = StoredTokens{.access_token = "old", .expires_at = std::chrono::system_clock::time_point::min()};
  EXPECT_EQ(bench.token(), "token-1");
}

TEST(TokenStore, ARefusedTokenIsRenewedAndAnothersNewOneTaken) {
  GrantBench bench(ClientCredentials{}, "s3cret", std::make_shared<MemoryStore>());
  bench.store->tokens = tokens_for(bench, seconds(1000), "kept");
  EXPECT_EQ(bench.token(), "kept");
  bench.source().forget("kept");
  EXPECT_EQ(bench.token(), "token-1");

  bench.source().forget("token-1");
  bench.store->tokens = tokens_for(bench, seconds(1000), "anothers");
  EXPECT_EQ(bench.token(), "anothers");
  EXPECT_EQ(bench.service.given, 1);
}

TEST(TokenStore, ALogInOutlivesItsProcess) {
  GrantBench bench(code, "", std::make_shared<MemoryStore>());
  EXPECT_EQ(bench.token(), "token-1");
  EXPECT_EQ(bench.store->tokens->refresh_token, "refresh-1");
  bench.restart();
  bench.configuration.grant = RefreshToken{};
  EXPECT_EQ(bench.token(), "token-1");
  bench.clock.now += seconds(300);
  EXPECT_EQ(bench.token(), "token-2");
  EXPECT_EQ(bench.store->tokens->refresh_token, "refresh-2");
}

TEST(TokenStore, AnEmptyOneAsksForALogIn) {
  GrantBench bench(RefreshToken{}, "", std::make_shared<MemoryStore>());
  const ApiError error = bench.error();
  EXPECT_EQ(error.kind, ApiError::Kind::log_in);
  EXPECT_EQ(error.message, "nobody is logged in: log in first");
  EXPECT_TRUE(bench.transport.requests().empty());
}

TEST(TokenStore, IsClearedWhenItsRefreshTokenIsRefused) {
  GrantBench bench(RefreshToken{}, "", std::make_shared<MemoryStore>());
  bench.store->tokens = tokens_for(bench, seconds(0), "old", "refused");
  EXPECT_EQ(bench.error().code, "invalid_grant");
  EXPECT_FALSE(bench.store->tokens);
  EXPECT_EQ(bench.store->steps, (Steps{"load", "hold", "load", "clear", "release"}));

  // A grant that is still good is used then.
  GrantBench again(code, "", std::make_shared<MemoryStore>());
  again.store->tokens = tokens_for(again, seconds(0), "old", "refused");
  EXPECT_EQ(again.token(), "token-1");
  EXPECT_EQ(again.store->tokens->refresh_token, "refresh-1");
}

TEST(TokenStore, StaysAsItIsWhenTheServiceIsAway) {
  GrantBench bench(RefreshToken{}, "", std::make_shared<MemoryStore>());
  const StoredTokens kept = tokens_for(bench, seconds(0), "old", "refresh-0");
  bench.store->tokens = kept;
  bench.service.failure = ApiError{.message = "down", .transient = true};
  EXPECT_EQ(bench.token(), "error: down");
  EXPECT_EQ(bench.store->tokens, kept);
}

TEST(TokenStore, AnotherProcessThatRenewedIsFoundWhenTheHoldIsHad) {
  GrantBench bench(RefreshToken{}, "", std::make_shared<MemoryStore>());
  bench.store->tokens = tokens_for(bench, seconds(0), "old", "refresh-0");
  bench.store->before_hold = [&] { bench.store->tokens = tokens_for(bench, seconds(300), "theirs", "refresh-1"); };
  EXPECT_EQ(bench.token(), "theirs");
  EXPECT_TRUE(bench.transport.requests().empty());

  // Its token may have ended too: then its refresh token counts, not the one that was read first.
  bench.service.refresh_tokens = {"refresh-1"};
  bench.store->tokens = tokens_for(bench, seconds(0), "old", "refresh-0");
  bench.store->before_hold = [&] { bench.store->tokens = tokens_for(bench, seconds(0), "ended", "refresh-1"); };
  bench.clock.now += seconds(300);
  EXPECT_EQ(bench.token(), "token-1");
}

TEST(TokenStore, OneThatCannotWriteCostsNoLogIn) {
  GrantBench bench(RefreshToken{}, "", std::make_shared<MemoryStore>());
  bench.service.refresh_tokens = {"refresh-0"};
  bench.store->tokens = tokens_for(bench, seconds(0), "old", "refresh-0");
  bench.store->can_write = false;
  for (int round = 1; round <= 3; ++round) {
    EXPECT_EQ(bench.token(), "token-" + std::to_string(round));
    bench.clock.now += seconds(300);
  }
}

/// A store that several sources share as processes do: one holds it at a time.
class SharedStore : public TokenStore {
 public:
  explicit SharedStore(MemoryStore& kept, std::timed_mutex& door) : kept_(kept), door_(door) {}
  std::optional<StoredTokens> load() override {
    const std::lock_guard lock(inside_);
    return kept_.load();
  }
  void save(const StoredTokens& tokens) override {
    const std::lock_guard lock(inside_);
    kept_.save(tokens);
  }
  void clear() override {
    const std::lock_guard lock(inside_);
    kept_.clear();
  }
  Hold hold() override {
    door_.lock();
    return {&door_, [](std::timed_mutex* door) { door->unlock(); }};
  }

 private:
  inline static std::mutex inside_;
  MemoryStore& kept_;
  std::timed_mutex& door_;
};

// Many processes whose token has ended at once: with rotation a single lost refresh token would log the person out.
TEST(TokenStore, ManyProcessesNeverLoseARotatedRefreshToken) {
  constexpr int processes = 8;
  constexpr int rounds = 25;
  client_test::TokenService service;
  std::mutex service_door;
  client_test::FakePacing clock;
  MemoryStore kept;
  std::timed_mutex door;
  service.refresh_tokens = {"refresh-0"};
  kept.tokens = StoredTokens{.access_token = "old", .expires_at = {}, .refresh_token = "refresh-0"};
  for (int round = 1; round <= rounds; ++round) {
    std::vector<std::string> outcomes(processes);
    {
      std::vector<std::jthread> threads;
      threads.reserve(processes);
      for (auto& outcome : outcomes) {
        threads.emplace_back([&] {
          Configuration configuration = client_test::loopback_configuration();
          configuration.grant = RefreshToken{};
          configuration.token_store = std::make_shared<SharedStore>(kept, door);
          TokenSource source(
              "http://127.0.0.1:8080/oauth/token", configuration,
              [&](const HttpRequest& request) {
                const std::lock_guard lock(service_door);
                return service.answer(request);
              },
              clock.pacing());
          const auto token = source.get();
          outcome = token ? *token : token.error().message;
        });
      }
    }
    EXPECT_EQ(outcomes, std::vector<std::string>(processes, "token-" + std::to_string(round)));
    clock.now += seconds(300);
  }
  EXPECT_EQ(service.given, rounds);
}

TEST(TokenStore, WhoWaitsForACancelledThreadLeadsItself) {
  std::mutex mutex;
  std::condition_variable_any changed;
  bool is_under_way = false;
  int sent = 0;
  client_test::FakeTransport transport([&](const HttpRequest& request) -> ApiResult<HttpResponse> {
    std::unique_lock lock(mutex);
    if (++sent > 1) return client_test::token_response("token-2", 300);
    is_under_way = true;
    changed.notify_all();
    changed.wait(lock, request.stop, [] { return false; });
    return fail(ApiError{.kind = ApiError::Kind::cancelled, .message = "cancelled"});
  });
  client_test::FakePacing clock;
  TokenSource source(
      "http://127.0.0.1:8080/oauth/token", client_test::loopback_configuration(),
      [&](const HttpRequest& request) { return transport.send(request); }, clock.pacing());

  std::stop_source stop;
  std::string first;
  std::string second;
  std::jthread leader([&] { first = source.get(stop.get_token()).error().message; });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return is_under_way; });
  }
  std::jthread follower([&] { second = source.get().value_or("no token"); });
  stop.request_stop();
  leader.join();
  follower.join();
  EXPECT_EQ(first, "cancelled");
  EXPECT_EQ(second, "token-2");

  // One that waits for another's request can leave too.
  std::stop_source gone;
  gone.request_stop();
  source.forget("token-2");
  EXPECT_EQ(source.get(gone.get_token()).error().kind, ApiError::Kind::cancelled);
}

}  // namespace
}  // namespace tallystick::client
