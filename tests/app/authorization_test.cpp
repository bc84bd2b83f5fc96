#include <functional>

#include "app/person_grants_fixture.hpp"

namespace tallystick::app {
namespace {

using core::ProblemKind;

/// The log-in page and the code that it gives.
class AuthorizationTest : public test::PersonGrantsTest {};

TEST_F(AuthorizationTest, AGoodRequestIsToldWhoAsks) {
  const auto offer = grants_->check(request());
  ASSERT_TRUE(offer) << offer.error().description;
  EXPECT_EQ(offer->organization_name, "Blue Harbor Bank");
  EXPECT_EQ(offer->client_id, "app");
  auto without_challenge = request();
  without_challenge.code_challenge = without_challenge.code_challenge_method = "";
  EXPECT_TRUE(grants_->check(without_challenge));
  auto on_this_machine = request();
  on_this_machine.redirect_uri = "http://127.0.0.1:49152/back";
  EXPECT_TRUE(grants_->check(on_this_machine));
}

TEST_F(AuthorizationTest, ABadOneIsRefusedAndOnlySentBackToWhereItMayBe) {
  struct Row {
    const char* what;
    std::function<void(Request&)> spoil;
    bool may_redirect;
    const char* error;
  };
  const std::vector<Row> rows{
      {"unknown client", [](Request& r) { r.client_id = "nobody"; }, false, "invalid_request"},
      {"no client", [](Request& r) { r.client_id = ""; }, false, "invalid_request"},
      {"client without redirects", [](Request& r) { r.client_id = "operator"; }, false, "invalid_request"},
      {"unknown redirect", [](Request& r) { r.redirect_uri = "https://evil.example/back"; }, false, "invalid_request"},
      {"no redirect", [](Request& r) { r.redirect_uri = ""; }, false, "invalid_request"},
      {"longer redirect", [](Request& r) { r.redirect_uri += "/more"; }, false, "invalid_request"},
      {"token", [](Request& r) { r.response_type = "token"; }, true, "unsupported_response_type"},
      {"no type", [](Request& r) { r.response_type = ""; }, true, "unsupported_response_type"},
      {"plain", [](Request& r) { r.code_challenge_method = "plain"; }, true, "invalid_request"},
      {"plain by default", [](Request& r) { r.code_challenge_method = ""; }, true, "invalid_request"},
      {"method alone", [](Request& r) { r.code_challenge = ""; }, true, "invalid_request"},
      {"short challenge", [](Request& r) { r.code_challenge.pop_back(); }, true, "invalid_request"},
      {"padded challenge", [](Request& r) { r.code_challenge.back() = '='; }, true, "invalid_request"},
  };
  for (const Row& row : rows) {
    Request asked = request();
    row.spoil(asked);
    const auto refused = grants_->check(asked);
    ASSERT_FALSE(refused) << row.what;
    EXPECT_EQ(refused.error().may_redirect, row.may_redirect) << row.what;
    EXPECT_EQ(refused.error().error, row.error) << row.what;
    EXPECT_NE(refused.error().description, "") << row.what;
    EXPECT_FALSE(sign_in("ana@example.com", "password", asked)) << row.what;
  }
}

TEST_F(AuthorizationTest, ThePersonOfTheClientsOrganizationLogsIn) {
  const auto code = sign_in("ANA@example.com");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->size(), made_secret_bytes);
  EXPECT_NE(sign_in().value(), *code);

  const auto tokens = exchange(*code);
  ASSERT_TRUE(tokens) << tokens.error().message;
  const auto caller = authentication_->authenticate(tokens->access_token, now_);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->user_id, "ana");
  EXPECT_EQ(caller->client_id, "app");
  EXPECT_EQ(caller->organization, test::bank);
  EXPECT_EQ(caller->permissions, std::vector<std::string>{"billing:subscription:view"});

  const auto of_theirs = sign_in("ana@example.com", "password", request("theirs"));
  ASSERT_TRUE(of_theirs);
  const auto their_tokens = exchange(*of_theirs, proven("theirs"));
  ASSERT_TRUE(their_tokens);
  EXPECT_EQ(authentication_->authenticate(their_tokens->access_token, now_)->user_id, "eve");
}

TEST_F(AuthorizationTest, WhatIsWrongIsNotTold) {
  for (const auto& [email, secret] : {std::pair{"ana@example.com", "Password"},
                                      {"ana@example.com", ""},
                                      {"nobody@example.com", "password"},
                                      {"ana", "password"},
                                      {"", ""}}) {
    const auto code = sign_in(email, secret);
    ASSERT_FALSE(code) << email;
    EXPECT_EQ(code.error().kind, ProblemKind::bad_credentials);
    EXPECT_EQ(code.error().message, bad_credentials().message);
  }
  const auto foreign = sign_in("bo@example.com", "password", request("theirs"));
  EXPECT_EQ(kind_of(foreign), ProblemKind::bad_credentials) << "of another organization than the client";
}

TEST_F(AuthorizationTest, OneWithoutASecretCannotLogInWithAny) {
  change_catalog([](core::Catalog& catalog) { catalog.users[0].secret_hash = ""; });
  EXPECT_EQ(kind_of(sign_in("ana@example.com", "")), ProblemKind::bad_credentials);
  EXPECT_EQ(kind_of(sign_in("ana@example.com", "password")), ProblemKind::bad_credentials);
}

TEST_F(AuthorizationTest, ManyWrongTriesShutAnAccountForAWhile) {
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(sign_in("ana@example.com", "guess"));
  EXPECT_EQ(kind_of(sign_in()), ProblemKind::bad_credentials) << "the right one too";
  EXPECT_TRUE(sign_in("bo@example.com")) << "others are not shut out";
  now_ += std::chrono::minutes(15) - std::chrono::milliseconds(1);
  EXPECT_FALSE(sign_in());
  now_ += std::chrono::milliseconds(1);
  EXPECT_TRUE(sign_in());
}

TEST_F(AuthorizationTest, ARightTryStartsTheCountAnew) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(sign_in("ana@example.com", "guess"));
    EXPECT_TRUE(sign_in());
  }
}

TEST_F(AuthorizationTest, AnOperatorOpensAnAccountWithANewSecret) {
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(sign_in("ana@example.com", "guess"));
  ASSERT_FALSE(sign_in());
  change_catalog([](core::Catalog& catalog) { catalog.users[0].secret_hash = test::other_cheap_hash; });
  EXPECT_TRUE(sign_in());
}

TEST_F(AuthorizationTest, TriesAtOneTimeAreCountedToo) {
  // The verifying thread stands in the store, so that the tries are under way together.
  test::Gate disk;
  store_.save_token_door.before = [&] { disk.pass(); };
  test::Awaited<Tokens> held;
  authentication_->issue_token("app", "password", now_, held.callback());
  disk.await_arrivals(1);
  std::vector<test::Awaited<Code>> tries(12);
  for (auto& each : tries) grants_->sign_in(request(), "ana@example.com", "guess", now_, each.callback());
  for (std::size_t i = 0; i < tries.size(); ++i) EXPECT_EQ(tries[i].has_answer(), i >= 10) << i;
  disk.open();
  for (auto& each : tries) EXPECT_FALSE(each.take());
  EXPECT_TRUE(held.take());
}

}  // namespace
}  // namespace tallystick::app
