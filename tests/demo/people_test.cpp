#include "demo/people.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tallystick::demo {
namespace {

TEST(People, HaveDifferentAddressesHoweverManyThereAre) {
  Random random(1);
  // More people than first names times last names: namesakes are certain.
  const auto addresses = make_addresses(random, 20'000, "example.com");
  EXPECT_EQ(std::set<std::string>(addresses.begin(), addresses.end()).size(), 20'000U);
}

TEST(People, HaveAddressesOfLowerCaseAsciiAtTheDomain) {
  Random random(2);
  for (const auto& address : make_addresses(random, 2'000, "example.com")) {
    EXPECT_TRUE(address.ends_with("@example.com")) << address;
    EXPECT_EQ(std::ranges::count(address, '@'), 1) << address;
    const std::string name = address.substr(0, address.find('@'));
    EXPECT_TRUE(std::ranges::all_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    })) << address;
    EXPECT_EQ(std::ranges::count(name, '.'), 1) << address;
  }
}

TEST(Random, StaysInsideItsBounds) {
  Random random(3);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1'000; ++i) {
    const auto drawn = random.between(-2, 2);
    EXPECT_GE(drawn, -2);
    EXPECT_LE(drawn, 2);
    seen.insert(drawn);
    EXPECT_EQ(random.below(1), 0U);
  }
  EXPECT_EQ(seen.size(), 5U);
}

TEST(Random, NeverDrawsAWeightOfZero) {
  Random random(4);
  constexpr std::array<unsigned, 4> weights{0, 3, 0, 1};
  std::array<int, 4> drawn{};
  for (int i = 0; i < 4'000; ++i) ++drawn[random.weighted(weights)];
  EXPECT_EQ(drawn[0], 0);
  EXPECT_EQ(drawn[2], 0);
  // 3 to 1, with more than ten standard deviations of room.
  EXPECT_GT(drawn[1], 2'600);
  EXPECT_GT(drawn[3], 700);
}

}  // namespace
}  // namespace tallystick::demo
