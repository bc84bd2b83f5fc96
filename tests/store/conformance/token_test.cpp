#include <atomic>
#include <thread>
#include <vector>

#include "store/billed.hpp"
#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using TokenConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, TokenConformance, testing::ValuesIn(all_adapters()), name_of);

Token token(std::uint8_t number, std::string_view expires = "2026-03-01T00:00:00Z") {
  Token token;
  token.hash.fill(number);
  token.client_id = "client " + std::to_string(number);
  token.expires = at(expires);
  token.secret_hash = "fingerprint " + std::to_string(number);
  return token;
}

TokenFamily family(std::uint8_t number) {
  TokenFamily family{};
  family.fill(number);
  return family;
}

Token refresh_token(std::uint8_t number, std::uint8_t family_number) {
  Token made = token(number);
  made.use = TokenUse::refresh;
  made.user_id = "ana";
  made.client_was_authenticated = false;
  made.family = family(family_number);
  return made;
}

Token access_of(const Token& refresh, std::uint8_t number) {
  Token made = refresh;
  made.hash.fill(number);
  made.use = TokenUse::access;
  return made;
}

std::optional<Token> find(Store& store, const Token& token) {
  return take(store.find_token(token.hash));
}

TEST_P(TokenConformance, EveryFieldComesBack) {
  const std::vector<Token> saved{token(1), refresh_token(2, 7), access_of(refresh_token(2, 7), 3)};
  ASSERT_TRUE(store().save_tokens(saved));
  reopen();
  for (const Token& each : saved) EXPECT_EQ(find(store(), each), each);
}

TEST_P(TokenConformance, ACatalogChangeEndsTheTokensOfThoseWhomItNames) {
  const Token first = token(1);
  const Token kept = token(2);
  const Token third = token(3);
  Token second_of_first = token(4, "2026-04-01T00:00:00Z");
  second_of_first.client_id = first.client_id;
  const Token of_ana = refresh_token(5, 1);
  Token of_bo = refresh_token(6, 1);
  of_bo.user_id = "bo";
  ASSERT_TRUE(store().save_tokens(std::vector{first, kept, third, second_of_first, of_ana, of_bo}));
  CatalogChange change;
  change.tokens_ended_of = {first.client_id, "who never had any", third.client_id};
  change.tokens_ended_of_users = {"ana", "who never had any"};
  ASSERT_TRUE(store().save_catalog(change));
  for (const Token& ended : {first, third, second_of_first, of_ana}) EXPECT_EQ(find(store(), ended), std::nullopt);
  EXPECT_EQ(find(store(), kept), kept);
  EXPECT_EQ(find(store(), of_bo), of_bo);
}

TEST_P(TokenConformance, TokensAreFoundUntilTheyAreRemoved) {
  const Token early = token(1, "2026-03-01T00:00:00Z");
  const Token late = token(2, "2026-03-01T00:00:00.001Z");
  ASSERT_TRUE(store().save_tokens(std::vector{early, late}));
  EXPECT_EQ(find(store(), early), early);
  reopen();
  EXPECT_EQ(find(store(), early), early);
  EXPECT_EQ(find(store(), late), late);
  EXPECT_EQ(find(store(), token(3)), std::nullopt);

  EXPECT_EQ(*store().remove_expired_tokens(at("2026-02-28T23:59:59.999Z")), 0U);
  EXPECT_EQ(*store().remove_expired_tokens(at("2026-03-01T00:00:00Z")), 1U);
  reopen();
  EXPECT_EQ(find(store(), early), std::nullopt);
  EXPECT_EQ(find(store(), late), late);
}

TEST_P(TokenConformance, ARefreshTokenIsExchangedOnceAndRememberedAsSpent) {
  const Token first = refresh_token(1, 7);
  const Token second = refresh_token(2, 7);
  const Token access = access_of(second, 3);
  ASSERT_TRUE(store().save_tokens(std::vector{first}));
  EXPECT_TRUE(take(store().exchange_token(first.hash, std::vector{second, access})));
  reopen();
  Token spent = first;
  spent.use = TokenUse::spent;
  EXPECT_EQ(find(store(), first), spent);
  EXPECT_EQ(find(store(), second), second);
  EXPECT_EQ(find(store(), access), access);

  const Token never = refresh_token(9, 7);
  EXPECT_FALSE(take(store().exchange_token(first.hash, std::vector{never})));
  EXPECT_EQ(find(store(), never), std::nullopt);
}

TEST_P(TokenConformance, OnlyARefreshTokenThatIsThereIsExchanged) {
  const Token access = access_of(refresh_token(1, 7), 1);
  ASSERT_TRUE(store().save_tokens(std::vector{access}));
  const Token never = refresh_token(9, 7);
  EXPECT_FALSE(take(store().exchange_token(access.hash, std::vector{never})));
  EXPECT_FALSE(take(store().exchange_token(token(5).hash, std::vector{never})));
  EXPECT_EQ(find(store(), access), access);
  EXPECT_EQ(find(store(), never), std::nullopt);
}

TEST_P(TokenConformance, OfManyWhoExchangeATokenOneHasIt) {
  constexpr std::uint8_t threads_count = 8;
  constexpr std::uint8_t rounds = 6;
  Token current = refresh_token(200, 7);
  ASSERT_TRUE(store().save_tokens(std::vector{current}));
  for (std::uint8_t round = 0; round < rounds; ++round) {
    std::atomic<int> winners = 0;
    std::atomic<std::uint8_t> winner = 0;
    std::vector<std::thread> threads;
    for (std::uint8_t i = 0; i < threads_count; ++i) {
      threads.emplace_back([&, i] {
        const auto number = static_cast<std::uint8_t>(round * threads_count + i);
        const auto exchanged = store().exchange_token(current.hash, std::vector{refresh_token(number, 7)});
        EXPECT_TRUE(exchanged);
        if (!exchanged || !*exchanged) return;
        ++winners;
        winner = number;
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(winners, 1);
    for (std::uint8_t i = 0; i < threads_count; ++i) {
      const auto number = static_cast<std::uint8_t>(round * threads_count + i);
      EXPECT_EQ(find(store(), refresh_token(number, 7)).has_value(), number == winner);
    }
    current = refresh_token(winner, 7);
  }
}

TEST_P(TokenConformance, AFamilyEndsAsAWhole) {
  const Token first = refresh_token(1, 7);
  const Token second = refresh_token(2, 7);
  const Token other = refresh_token(3, 8);
  const Token of_a_client = token(4);
  ASSERT_TRUE(store().save_tokens(std::vector{first, other, of_a_client}));
  ASSERT_TRUE(take(store().exchange_token(first.hash, std::vector{second})));
  ASSERT_TRUE(store().end_family(family(7)));
  ASSERT_TRUE(store().end_family(family(9)));
  reopen();
  EXPECT_EQ(find(store(), first), std::nullopt);
  EXPECT_EQ(find(store(), second), std::nullopt);
  EXPECT_EQ(find(store(), other), other);
  EXPECT_EQ(find(store(), of_a_client), of_a_client);
}

}  // namespace
}  // namespace tallystick::store::test
