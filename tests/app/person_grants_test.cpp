#include "app/person_grants.hpp"

#include <atomic>
#include <thread>

#include "app/person_grants_fixture.hpp"

namespace tallystick::app {
namespace {

using core::ProblemKind;

class CodeGrantTest : public test::PersonGrantsTest {};
class RefreshGrantTest : public test::PersonGrantsTest {};
class AssertionGrantTest : public test::PersonGrantsTest {};

TEST_F(CodeGrantTest, TokensForACode) {
  const auto tokens = exchange(sign_in().value());
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->access_token.size(), made_secret_bytes);
  EXPECT_EQ(tokens->refresh_token.size(), made_secret_bytes);
  EXPECT_EQ(tokens->expires_in_s, 300);
  EXPECT_TRUE(is_good(tokens->access_token));
  EXPECT_FALSE(is_good(tokens->refresh_token)) << "a refresh token opens nothing";
  now_ += std::chrono::seconds(300);
  EXPECT_FALSE(is_good(tokens->access_token));
}

TEST_F(CodeGrantTest, AClientProvesItselfByItsSecretOrByItsVerifier) {
  EXPECT_TRUE(exchange(sign_in().value(), claimed()));
  EXPECT_TRUE(exchange(sign_in().value(), {"app", ""})) << "an empty secret is none";
  EXPECT_EQ(kind_of(exchange(sign_in().value(), {"app", "Password"})), ProblemKind::bad_credentials);
  EXPECT_EQ(kind_of(exchange(sign_in().value(), claimed("nobody"))), ProblemKind::bad_credentials);
  EXPECT_EQ(kind_of(exchange(sign_in().value(), proven("nobody"))), ProblemKind::bad_credentials);

  auto without_challenge = request();
  without_challenge.code_challenge = without_challenge.code_challenge_method = "";
  const auto plain_code = [&] { return sign_in("ana@example.com", "password", without_challenge).value(); };
  EXPECT_TRUE(exchange(plain_code(), proven(), ""));
  EXPECT_EQ(kind_of(exchange(plain_code(), claimed(), "")), ProblemKind::bad_credentials);
  EXPECT_EQ(kind_of(exchange(plain_code(), claimed())), ProblemKind::invalid_grant) << "the challenge was taken away";
  EXPECT_EQ(kind_of(exchange(plain_code(), proven())), ProblemKind::invalid_grant);
}

TEST_F(CodeGrantTest, TheVerifierMustFit) {
  std::string other = verifier;
  other.back() = 'l';
  for (const std::string& wrong :
       {std::string(), other, std::string(verifier) + "A", std::string(verifier).substr(1), std::string(challenge)}) {
    EXPECT_EQ(kind_of(exchange(sign_in().value(), proven(), wrong)), ProblemKind::invalid_grant) << wrong;
  }
}

TEST_F(CodeGrantTest, ACodeIsForItsClientItsAddressAndAMinute) {
  EXPECT_EQ(kind_of(exchange("no code")), ProblemKind::invalid_grant);
  EXPECT_EQ(kind_of(exchange("")), ProblemKind::invalid_grant);
  const std::string code = sign_in().value();
  EXPECT_EQ(kind_of(exchange(code, proven("theirs"))), ProblemKind::invalid_grant);
  EXPECT_TRUE(exchange(code)) << "another's try leaves it good";
  EXPECT_EQ(kind_of(exchange(sign_in().value(), proven(), verifier, "http://127.0.0.1/back")),
            ProblemKind::invalid_grant);
  const std::string old = sign_in().value();
  now_ += std::chrono::seconds(60);
  EXPECT_EQ(kind_of(exchange(old)), ProblemKind::invalid_grant);
}

TEST_F(CodeGrantTest, ASecondUseEndsTheTokensOfTheFirst) {
  const std::string code = sign_in().value();
  const auto first = exchange(code);
  ASSERT_TRUE(first);
  const auto renewed = refresh(first->refresh_token);
  ASSERT_TRUE(renewed);
  const auto other = log_in();
  EXPECT_EQ(kind_of(exchange(code)), ProblemKind::invalid_grant);
  EXPECT_FALSE(is_good(first->access_token));
  EXPECT_FALSE(is_good(renewed->access_token));
  EXPECT_EQ(kind_of(refresh(renewed->refresh_token)), ProblemKind::invalid_grant);
  EXPECT_TRUE(is_good(other.access_token)) << "of another log-in";
}

TEST_F(CodeGrantTest, OfManyWhoExchangeACodeNoneKeepsIt) {
  const std::string code = sign_in().value();
  std::vector<test::Awaited<Tokens>> all(8);
  for (auto& each : all) grants_->exchange_code({claimed(), code, back, verifier}, now_, each.callback());
  std::vector<std::string> won;
  for (auto& each : all) {
    if (const Tokens tokens = each.take(); tokens) won.push_back(tokens->access_token);
  }
  ASSERT_EQ(won.size(), 1U);
  EXPECT_FALSE(is_good(won.front()));
}

TEST_F(CodeGrantTest, WhatChangedSinceTheLogInSpoilsTheCode) {
  const std::vector<std::function<void(core::Catalog&)>> changes{
      [](core::Catalog& catalog) { catalog.users[0].secret_hash = test::other_cheap_hash; },
      [](core::Catalog& catalog) { catalog.clients[0].secret_hash = test::other_cheap_hash; },
      [](core::Catalog& catalog) { catalog.users.erase(catalog.users.begin()); },
      [](core::Catalog& catalog) { catalog.users[0].organization = test::partner; },
  };
  const core::Catalog before = current_->get()->declared();
  for (const auto& change : changes) {
    const std::string code = sign_in().value();
    change_catalog(change);
    EXPECT_EQ(kind_of(exchange(code)), ProblemKind::invalid_grant);
    change_catalog([&](core::Catalog& catalog) { catalog = before; });
  }
}

TEST_F(CodeGrantTest, APersonsTokenEndsWithTheirSecretTheClientsOrThemselves) {
  const auto tokens = log_in(claimed());
  const core::Catalog before = current_->get()->declared();
  const auto is_good_after = [&](const std::function<void(core::Catalog&)>& change) {
    change_catalog(change);
    const bool good = is_good(tokens.access_token);
    const bool refreshes = kind_of(refresh(tokens.refresh_token, claimed())) != ProblemKind::invalid_grant;
    EXPECT_EQ(good, refreshes);
    change_catalog([&](core::Catalog& catalog) { catalog = before; });
    return good;
  };
  EXPECT_FALSE(is_good_after([](core::Catalog& c) { c.users[0].secret_hash = test::other_cheap_hash; }));
  EXPECT_FALSE(is_good_after([](core::Catalog& c) { c.clients[0].secret_hash = test::other_cheap_hash; }));
  EXPECT_FALSE(is_good_after([](core::Catalog& c) { c.users.erase(c.users.begin()); }));
  EXPECT_FALSE(is_good_after([](core::Catalog& c) { c.users[0].organization = test::partner; }));
  EXPECT_TRUE(is_good_after([](core::Catalog& c) { c.users[0].permissions = {"a:b:c"}; }));
}

TEST_F(CodeGrantTest, PermissionsAreThePersonsAtEachRequest) {
  const auto tokens = log_in();
  ASSERT_TRUE(is_good(tokens.access_token));
  change_catalog([](core::Catalog& catalog) { catalog.users[0].permissions = {"a:b:c"}; });
  EXPECT_EQ(authentication_->authenticate(tokens.access_token, now_)->permissions, std::vector<std::string>{"a:b:c"});
  EXPECT_EQ(authentication_->recall(tokens.access_token, now_)->user_id, "ana");
}

TEST_F(CodeGrantTest, TokensOutliveARestartAndCodesDoNot) {
  const auto tokens = log_in();
  const std::string code = sign_in().value();
  restart();
  EXPECT_EQ(authentication_->authenticate(tokens.access_token, now_)->user_id, "ana");
  EXPECT_TRUE(refresh(tokens.refresh_token));
  EXPECT_EQ(kind_of(exchange(code)), ProblemKind::invalid_grant);
}

TEST_F(CodeGrantTest, AStoreThatFailsIsNobodysFault) {
  const std::string code = sign_in().value();
  store_.save_token_door.error = test::disk_error();
  EXPECT_EQ(kind_of(exchange(code)), ProblemKind::storage_failed);
  store_.find_token_door.error = test::disk_error();
  EXPECT_EQ(kind_of(refresh(std::string(43, 'A'))), ProblemKind::storage_failed);
}

TEST_F(CodeGrantTest, WhoStillWaitsAtTheEndIsAnswered) {
  std::vector<test::Awaited<Tokens>> exchanges(5);
  std::vector<test::Awaited<Code>> log_ins(5);
  for (auto& each : exchanges) grants_->exchange_code({proven("nobody"), "code", back, ""}, now_, each.callback());
  for (auto& each : log_ins) grants_->sign_in(request(), "bo@example.com", "guess", now_, each.callback());
  grants_.reset();
  authentication_.reset();
  for (auto& each : exchanges) EXPECT_TRUE(each.has_answer());
  for (auto& each : log_ins) EXPECT_TRUE(each.has_answer());
}

TEST_F(RefreshGrantTest, EachUseGivesNewTokens) {
  auto tokens = log_in();
  for (int i = 0; i < 3; ++i) {
    now_ += std::chrono::days(29);
    const auto next = refresh(tokens.refresh_token);
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_NE(next->refresh_token, tokens.refresh_token);
    EXPECT_NE(next->access_token, tokens.access_token);
    EXPECT_EQ(next->expires_in_s, 300);
    EXPECT_EQ(authentication_->authenticate(next->access_token, now_)->user_id, "ana");
    tokens = *next;
  }
  now_ += std::chrono::days(30);
  EXPECT_EQ(kind_of(refresh(tokens.refresh_token)), ProblemKind::invalid_grant) << "thirty days are over";
}

TEST_F(RefreshGrantTest, ASecondUseEndsAllOfTheLogIn) {
  const auto first = log_in();
  const auto second = refresh(first.refresh_token);
  const auto third = refresh(second->refresh_token);
  ASSERT_TRUE(third);
  const auto other = log_in();
  EXPECT_EQ(kind_of(refresh(first.refresh_token)), ProblemKind::invalid_grant);
  for (const std::string& ended : {first.access_token, second->access_token, third->access_token}) {
    EXPECT_FALSE(is_good(ended));
  }
  EXPECT_EQ(kind_of(refresh(third->refresh_token)), ProblemKind::invalid_grant);
  EXPECT_TRUE(is_good(other.access_token));
  EXPECT_TRUE(refresh(other.refresh_token));
}

TEST_F(RefreshGrantTest, OfManyUsesAtOneTimeOneIsTheFirst) {
  const auto tokens = log_in();
  std::vector<test::Awaited<Tokens>> all(8);
  std::vector<std::thread> threads;
  for (auto& each : all) {
    threads.emplace_back([&] { grants_->refresh(proven(), tokens.refresh_token, now_, each.callback()); });
  }
  for (std::thread& thread : threads) thread.join();
  int winners = 0;
  for (auto& each : all) winners += each.take() ? 1 : 0;
  EXPECT_EQ(winners, 1);
}

TEST_F(RefreshGrantTest, ATokenIsItsClients) {
  const auto tokens = log_in();
  EXPECT_EQ(kind_of(refresh(tokens.refresh_token, proven("theirs"))), ProblemKind::invalid_grant);
  EXPECT_EQ(kind_of(refresh(tokens.refresh_token, {"app", "Password"})), ProblemKind::bad_credentials);
  EXPECT_EQ(kind_of(refresh(tokens.refresh_token, claimed())), ProblemKind::bad_credentials)
      << "it was given to one that proved its secret";
  EXPECT_EQ(kind_of(refresh(tokens.access_token)), ProblemKind::invalid_grant);
  EXPECT_EQ(kind_of(refresh("no token")), ProblemKind::invalid_grant);
  EXPECT_TRUE(refresh(tokens.refresh_token)) << "none of it used it up";
}

TEST_F(RefreshGrantTest, AClientWithoutASecretGoesOnWithoutOne) {
  const auto tokens = log_in(claimed());
  const auto second = refresh(tokens.refresh_token, claimed());
  ASSERT_TRUE(second);
  EXPECT_TRUE(refresh(second->refresh_token, proven())) << "it may prove more than it needs to";
}

TEST_F(AssertionGrantTest, TheWordOfAnIdentityProviderGivesAnAccessToken) {
  const auto tokens = redeem("https://idp.example|ANA@example.com|1");
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->refresh_token, "");
  EXPECT_EQ(tokens->expires_in_s, 300);
  EXPECT_EQ(authentication_->authenticate(tokens->access_token, now_)->user_id, "ana");
  EXPECT_TRUE(redeem("https://idp.example|bo@example.com|2", "blue harbor BANK"));
  EXPECT_TRUE(redeem("https://idp.example|bo@example.com|3", "22222222-2222-4222-8222-222222222222"));
}

TEST_F(AssertionGrantTest, AnAssertionWorksOnceAfterARestartToo) {
  const std::string assertion = "https://idp.example|ana@example.com|1";
  const auto tokens = redeem(assertion);
  ASSERT_TRUE(tokens);
  EXPECT_EQ(kind_of(redeem(assertion)), ProblemKind::invalid_grant);
  restart();
  EXPECT_EQ(kind_of(redeem(assertion)), ProblemKind::invalid_grant);
  EXPECT_TRUE(is_good(tokens->access_token)) << "the first one's token stays";
}

TEST_F(AssertionGrantTest, AChangeOfClientAndPersonBringsNoAssertionBack) {
  const std::string assertion = "https://idp.example|ana@example.com|1";
  ASSERT_TRUE(redeem(assertion));
  store::CatalogChange change;
  change.tokens_ended_of = {"app"};
  change.tokens_ended_of_users = {"ana"};
  ASSERT_TRUE(store_.save_catalog(change));
  EXPECT_EQ(kind_of(redeem(assertion)), ProblemKind::invalid_grant);
}

TEST_F(AssertionGrantTest, EverythingElseIsRefused) {
  const std::string good = "https://idp.example|ana@example.com|1";
  EXPECT_EQ(kind_of(redeem(good, "Northwind Partners")), ProblemKind::invalid_grant) << "not the client's";
  EXPECT_EQ(kind_of(redeem(good, "")), ProblemKind::invalid_grant);
  EXPECT_EQ(kind_of(redeem(good, "Northwind Partners", proven("theirs"))), ProblemKind::invalid_grant)
      << "the partner trusts no issuer";
  EXPECT_EQ(kind_of(redeem("https://other.example|ana@example.com|1")), ProblemKind::invalid_grant);
  EXPECT_EQ(kind_of(redeem("https://idp.example|nobody@example.com|1")), ProblemKind::invalid_grant);
  EXPECT_EQ(kind_of(redeem("https://idp.example")), ProblemKind::invalid_grant) << "it does not verify";
  EXPECT_EQ(kind_of(redeem(good, "Blue Harbor Bank", claimed())), ProblemKind::bad_credentials);
  EXPECT_EQ(kind_of(redeem(good, "Blue Harbor Bank", {"app", "Password"})), ProblemKind::bad_credentials);
  verified_issuer = "https://other.example";
  EXPECT_EQ(kind_of(redeem(good)), ProblemKind::invalid_grant);
  verified_issuer = "";
  EXPECT_TRUE(redeem(good)) << "none of it used it up";
}

}  // namespace
}  // namespace tallystick::app
