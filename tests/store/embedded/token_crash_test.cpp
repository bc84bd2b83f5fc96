#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "store/billed.hpp"
#include "store/embedded/killed_writer.hpp"
#include "store/store_under_test.hpp"

// A process that exchanges one refresh token for the next and is killed in the middle of it, over and over.
namespace tallystick::store::test {
namespace {

// The token of a number, always the same.
Token token_of(std::uint64_t number) {
  Token token;
  for (std::size_t byte = 0; byte < sizeof number; ++byte) {
    token.hash.at(byte) = static_cast<std::uint8_t>(number >> (8U * byte));
  }
  token.client_id = "app";
  token.user_id = "ana";
  token.use = TokenUse::refresh;
  token.family.fill(7);
  return token;
}

Stored<bool> exchange(Store& store, std::uint64_t number) {
  return store.exchange_token(token_of(number).hash, std::vector{token_of(number + 1)});
}

TEST(TokenCrash, OneTokenOfALogInIsGoodWhateverWasExchanged) {
  constexpr int rounds = 20;
  const TemporaryDirectory root;
  ASSERT_TRUE(open_or_throw(root.path(), small_settings(1000))->save_tokens(std::vector{token_of(0)}));
  std::mt19937 random(std::random_device{}());
  std::uniform_int_distribution<std::uint64_t> exchanges_before_kill(1, 15);
  std::uniform_int_distribution<int> microseconds_before_kill(0, 3000);
  std::uint64_t good = 0;  // the number of the one that is not spent
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t kill_after = exchanges_before_kill(random);
    const std::chrono::microseconds delay{microseconds_before_kill(random)};
    SCOPED_TRACE("round " + std::to_string(round) + ", killed " + std::to_string(delay.count()) + " µs after " +
                 std::to_string(kill_after) + " from " + std::to_string(good));
    const std::uint64_t acknowledged = work_and_kill("tokens", root.path().string(), good, kill_after, delay);

    const auto store = open_or_throw(root.path(), small_settings(1000));
    good += acknowledged;
    // The exchange that was under way when the writer died may be there as well.
    if (take(store->find_token(token_of(good + 1).hash))) ++good;
    for (std::uint64_t number = 0; number <= good + 1; ++number) {
      const auto found = take(store->find_token(token_of(number).hash));
      ASSERT_EQ(found.has_value(), number <= good) << number;
      if (found) {
        EXPECT_EQ(found->use, number < good ? TokenUse::spent : TokenUse::refresh) << number;
      }
    }
    if (good > 0) {
      EXPECT_FALSE(take(exchange(*store, good - 1)));
    }
  }
}

}  // namespace

Work token_work(const std::string& path) {
  std::shared_ptr<Store> store = open_or_throw(path, small_settings(1000));
  return [store](std::uint64_t number) {
    const auto exchanged = exchange(*store, number);
    return exchanged && *exchanged;
  };
}

}  // namespace tallystick::store::test
