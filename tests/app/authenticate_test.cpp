#include "app/authenticate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Issued = Result<IssuedToken, core::Problem>;

// Of "password", made cheap so that a test of many log-ins is quick.
constexpr const char* cheap_hash =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
// Of "password" too.
constexpr const char* other_hash =
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

class AuthenticationTest : public test::ServiceTest {
 protected:
  AuthenticationTest() {
    change_clients([](auto& clients) {
      for (const auto* id : {"app", "other"}) {
        clients.push_back(test::client(id, test::bank, {"billing:subscription:view"}));
        clients.back().secret_hash = cheap_hash;
        clients.back().token_seconds = 300;
      }
    });
  }

  void change_clients(const std::function<void(std::vector<core::OAuthClient>&)>& change) {
    core::Catalog catalog = current_->get()->declared();
    change(catalog.clients);
    current_->replace(std::make_shared<const CatalogSnapshot>(catalog, test::operator_client()));
  }
  std::unique_ptr<Authentication> make_authentication(std::size_t waiting_secrets_max = 64) {
    // Tokens are made on two threads.
    const auto random = [counter = std::make_shared<std::atomic<std::uint8_t>>(0)](std::span<std::uint8_t> bytes) {
      for (auto& byte : bytes) byte = (*counter)++;
      bytes[0] = static_cast<std::uint8_t>(bytes.back() + 1);
    };
    return std::make_unique<Authentication>(store_, *current_, random, secrets_,
                                            Authentication::Settings{waiting_secrets_max});
  }
  static Issued log_in(Authentication& authentication, std::string id, std::string secret, core::TimePoint now) {
    test::Awaited<Issued> issued;
    authentication.issue_token(std::move(id), std::move(secret), now, issued.callback());
    return issued.take();
  }
  static void expect_bad_credentials(const auto& result) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, core::ProblemKind::bad_credentials);
  }

  const core::TimePoint now_ = test::at("2026-03-01T00:00:00Z");
};

TEST_F(AuthenticationTest, ATokenNamesItsCaller) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->access_token.size(), 43U);
  EXPECT_EQ(issued->expires_in_s, 300);
  const auto caller = authentication->authenticate(issued->access_token, now_);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->client_id, "app");
  EXPECT_EQ(caller->organization, test::bank);
  EXPECT_EQ(caller->permissions, std::vector<std::string>{"billing:subscription:view"});
  EXPECT_FALSE(caller->is_operator());
}

TEST_F(AuthenticationTest, WhatIsRecalledIsInMemoryAndStillGood) {
  auto authentication = make_authentication();
  const std::string token = log_in(*authentication, "app", "password", now_)->access_token;
  const auto recalled = authentication->recall(token, now_);
  ASSERT_TRUE(recalled);
  EXPECT_EQ(recalled->client_id, "app");
  EXPECT_EQ(recalled->token_hash, authentication->authenticate(token, now_)->token_hash);
  EXPECT_FALSE(authentication->recall(token, now_ + std::chrono::seconds(300))) << "expired";
  EXPECT_FALSE(authentication->recall("no token", now_));

  change_clients([](auto& clients) { clients.front().secret_hash = other_hash; });
  EXPECT_FALSE(authentication->authenticate(token, now_));
  EXPECT_FALSE(authentication->recall(token, now_)) << "its secret was changed";

  authentication = make_authentication();
  const std::string other = log_in(*authentication, "other", "password", now_)->access_token;
  authentication = make_authentication();
  EXPECT_FALSE(authentication->recall(other, now_)) << "only the store knows it";
  EXPECT_TRUE(authentication->authenticate(other, now_));
  EXPECT_TRUE(authentication->recall(other, now_));
}

TEST_F(AuthenticationTest, EachLogInGetsATokenOfItsOwn) {
  const auto authentication = make_authentication();
  const auto first = log_in(*authentication, "app", "password", now_);
  const auto second = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->access_token, second->access_token);
  const auto first_caller = authentication->authenticate(first->access_token, now_);
  const auto second_caller = authentication->authenticate(second->access_token, now_);
  ASSERT_TRUE(first_caller && second_caller);
  EXPECT_NE(first_caller->token_hash, second_caller->token_hash);
}

TEST_F(AuthenticationTest, WrongCredentialsAreAllTheSame) {
  const auto authentication = make_authentication();
  expect_bad_credentials(log_in(*authentication, "app", "Password", now_));
  expect_bad_credentials(log_in(*authentication, "app", "", now_));
  expect_bad_credentials(log_in(*authentication, "nobody", "password", now_));
  expect_bad_credentials(log_in(*authentication, "", "", now_));
  ASSERT_TRUE(log_in(*authentication, "app", "password", now_));
  expect_bad_credentials(log_in(*authentication, "app", "Password", now_));
}

TEST_F(AuthenticationTest, WhatIsNoTokenIsRefused) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  std::string other_case = issued->access_token;
  other_case[0] = other_case[0] == 'B' ? 'C' : 'B';
  for (const std::string& token : {std::string(), std::string(43, 'A'), issued->access_token + "A",
                                   issued->access_token.substr(1), other_case, std::string(100'000, 'A')}) {
    expect_bad_credentials(authentication->authenticate(token, now_));
  }
}

TEST_F(AuthenticationTest, ATokenEndsWithItsTime) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  EXPECT_TRUE(authentication->authenticate(issued->access_token, now_ + std::chrono::milliseconds(299'999)));
  expect_bad_credentials(authentication->authenticate(issued->access_token, now_ + std::chrono::seconds(300)));
}

TEST_F(AuthenticationTest, ATokenOutlivesARestart) {
  const auto issued = log_in(*make_authentication(), "app", "password", now_);
  ASSERT_TRUE(issued);
  const auto restarted = make_authentication();
  store_.find_token_door.calls = 0;
  EXPECT_TRUE(restarted->authenticate(issued->access_token, now_));
  EXPECT_TRUE(restarted->authenticate(issued->access_token, now_));
  EXPECT_EQ(store_.find_token_door.calls, 1) << "the store is asked once for a token";
}

TEST_F(AuthenticationTest, AChangedSecretEndsItsTokens) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  change_clients([](auto& clients) { clients[0].secret_hash = other_hash; });
  expect_bad_credentials(authentication->authenticate(issued->access_token, now_));
  expect_bad_credentials(make_authentication()->authenticate(issued->access_token, now_));
  const auto anew = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(anew);
  EXPECT_TRUE(authentication->authenticate(anew->access_token, now_));
}

TEST_F(AuthenticationTest, ARemovedClientHasNoTokens) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  change_clients([](auto& clients) { clients.erase(clients.begin()); });
  expect_bad_credentials(authentication->authenticate(issued->access_token, now_));
  expect_bad_credentials(log_in(*authentication, "app", "password", now_));
}

// Applies the catalog in force with other clients, as an operator does.
class AppliedClientsTest : public AuthenticationTest {
 protected:
  void apply_clients(const std::function<void(std::vector<core::OAuthClient>&)>& change) {
    core::Catalog catalog = current_->get()->declared();
    change(catalog.clients);
    core::CatalogDocument document{
        catalog.organizations, catalog.trusts, {}, catalog.products, catalog.contracts, {}, {}, {}, {}};
    for (const auto& client : catalog.clients) document.clients.push_back({client, ""});
    test::Awaited<Result<AppliedChanges, core::Problem>> applied;
    apply_.apply(std::move(document), {.prune = true}, applied.callback());
    const auto changes = applied.take();
    ASSERT_TRUE(changes) << changes.error().message;
  }

 private:
  Writer writer_{store_, {}};
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

TEST_F(AppliedClientsTest, AClientThatComesBackWithItsSecretHasNoTokens) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  const auto of_other = log_in(*authentication, "other", "password", now_);
  ASSERT_TRUE(issued && of_other);
  const std::vector<core::OAuthClient> before = current_->get()->declared().clients;
  apply_clients([](auto& clients) { std::erase_if(clients, [](const auto& each) { return each.id == "app"; }); });
  expect_bad_credentials(authentication->authenticate(issued->access_token, now_));
  apply_clients([&](auto& clients) { clients = before; });
  expect_bad_credentials(authentication->authenticate(issued->access_token, now_));
  expect_bad_credentials(make_authentication()->authenticate(issued->access_token, now_));
  EXPECT_TRUE(authentication->authenticate(of_other->access_token, now_));
  const auto anew = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(anew);
  EXPECT_TRUE(authentication->authenticate(anew->access_token, now_));
}

TEST_F(AppliedClientsTest, ASecretThatIsChangedBackBringsNoTokensBack) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  const auto set_hash = [](const char* hash) {
    return [hash](auto& clients) {
      for (auto& client : clients) client.secret_hash = client.id == "app" ? hash : client.secret_hash;
    };
  };
  apply_clients(set_hash(other_hash));
  apply_clients(set_hash(cheap_hash));
  expect_bad_credentials(authentication->authenticate(issued->access_token, now_));
}

TEST_F(AppliedClientsTest, AnotherChangeOfAClientLeavesItsTokens) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  apply_clients([](auto& clients) {
    for (auto& client : clients) client.permissions = {"a:b:c"};
  });
  EXPECT_EQ(authentication->authenticate(issued->access_token, now_).value().permissions,
            std::vector<std::string>{"a:b:c"});
  EXPECT_TRUE(make_authentication()->authenticate(issued->access_token, now_));
}

TEST_F(AuthenticationTest, PermissionsAreReadAtEachRequest) {
  const auto authentication = make_authentication();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(issued);
  change_clients([](auto& clients) { clients[0].permissions = {"a:b:c"}; });
  EXPECT_EQ(authentication->authenticate(issued->access_token, now_).value().permissions,
            std::vector<std::string>{"a:b:c"});
}

TEST_F(AuthenticationTest, ExpiredTokensLeaveTheStore) {
  const auto authentication = make_authentication();
  const auto old = log_in(*authentication, "app", "password", now_);
  ASSERT_TRUE(old);
  const auto hash = authentication->authenticate(old->access_token, now_).value().token_hash;
  ASSERT_TRUE(log_in(*authentication, "app", "password", now_ + std::chrono::minutes(30)));
  EXPECT_TRUE(store_.find_token(hash).value().has_value()) << "not at each log-in";
  ASSERT_TRUE(log_in(*authentication, "app", "password", now_ + std::chrono::minutes(60)));
  EXPECT_FALSE(store_.find_token(hash).value().has_value());
}

TEST_F(AuthenticationTest, AStoreThatFailsIsNotAWrongSecret) {
  const auto authentication = make_authentication();
  store_.save_token_door.error = test::disk_error();
  const auto issued = log_in(*authentication, "app", "password", now_);
  ASSERT_FALSE(issued);
  EXPECT_EQ(issued.error().kind, core::ProblemKind::storage_failed);
  store_.find_token_door.error = test::disk_error();
  const auto caller = authentication->authenticate(std::string(43, 'A'), now_);
  ASSERT_FALSE(caller);
  EXPECT_EQ(caller.error().kind, core::ProblemKind::storage_failed);
}

TEST_F(AuthenticationTest, LogInsBeyondTheQueueComeBackLater) {
  test::Gate disk;
  store_.save_token_door.before = [&] { disk.pass(); };
  const auto authentication = make_authentication(1);
  test::Awaited<Issued> running;
  authentication->issue_token("app", "password", now_, running.callback());
  disk.await_arrivals(1);  // the verifying thread stands in the store
  test::Awaited<Issued> waiting;
  authentication->issue_token("nobody", "password", now_, waiting.callback());
  test::Awaited<Issued> refused;
  authentication->issue_token("nobody", "password", now_, refused.callback());
  ASSERT_TRUE(refused.has_answer()) << "at once";
  const Issued answer = refused.take();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, core::ProblemKind::overloaded);
  EXPECT_EQ(answer.error().retry_after_s, 1);
  EXPECT_FALSE(waiting.has_answer()) << "an unknown id takes its turn like any other";
  disk.open();
  EXPECT_TRUE(running.take());
  expect_bad_credentials(waiting.take());
}

TEST_F(AuthenticationTest, AVerifiedSecretDoesNotQueueAgain) {
  std::atomic<bool> holds_next = false;
  test::Gate disk;
  store_.save_token_door.before = [&] {
    if (holds_next.exchange(false)) disk.pass();
  };
  const auto authentication = make_authentication(1);
  ASSERT_TRUE(log_in(*authentication, "app", "password", now_));
  holds_next = true;
  test::Awaited<Issued> held;
  authentication->issue_token("other", "password", now_, held.callback());
  disk.await_arrivals(1);
  EXPECT_TRUE(log_in(*authentication, "app", "password", now_)) << "while the verifying thread is busy";
  EXPECT_FALSE(held.has_answer());
  disk.open();
  EXPECT_TRUE(held.take());
}

TEST_F(AuthenticationTest, WhoStillWaitsAtTheEndIsAnswered) {
  std::vector<test::Awaited<Issued>> waiting(5);
  {
    const auto authentication = make_authentication();
    for (auto& each : waiting) authentication->issue_token("nobody", "password", now_, each.callback());
  }
  for (auto& each : waiting) EXPECT_TRUE(each.has_answer());
}

}  // namespace
}  // namespace tallystick::app
