#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/pair_rows.hpp"
#include "store/usage_events.hpp"

// A pair's row says what a look-up and a void need: the kind, the content, and the days on which the event counts.
namespace tallystick::store::embedded {
namespace {

std::string encode_pair_state(const PairState& state) {
  std::string row;
  write_pair_state(state, row);
  return row;
}

using Kind = PairState::Kind;
using test::at;

constexpr OrganizationNumber organization{300};

PairState usage(std::string_view time, std::string_view until = {}) {
  PairState state{Kind::usage, organization, 0xFEDC'BA98, {ProductNumber{7}, ResourceNumber{300'000}, at(time), {}}};
  if (!until.empty()) state.place.until = at(until);
  return state;
}

void expect_the_same(const PairState& read, const PairState& written) {
  EXPECT_EQ(read.kind, written.kind);
  EXPECT_EQ(read.organization, written.organization);
  EXPECT_EQ(read.content, written.content);
  EXPECT_EQ(read.place.product, written.place.product);
  EXPECT_EQ(read.place.resource, written.place.resource);
  EXPECT_EQ(read.place.first_day(), written.place.first_day());
  EXPECT_EQ(read.place.last_day(), written.place.last_day());
  EXPECT_EQ(read.place.until.has_value(), written.place.until.has_value());
}

TEST(PairRows, EveryKindComesBackToTheDay) {
  const std::vector<PairState> states{
      {Kind::pending, organization, 0, {}},
      {Kind::correction, organization, 17, {}},
      usage("2026-03-04T09:15:00.123Z"),
      usage("1970-01-01T00:00:00Z"),
      usage("2099-12-31T23:59:59.999Z"),
      usage("2024-12-31T23:59:59.999Z"),
      usage("2026-03-04T09:15:00Z", "2026-03-04T09:15:00.001Z"),
      usage("2026-03-04T09:15:00Z", "2026-03-05T00:00:00Z"),
      usage("2026-03-04T09:15:00Z", "2026-03-05T00:00:00.001Z"),
      usage("2026-03-04T00:00:00Z", "2027-03-05T00:00:00Z"),
  };
  for (const PairState& state : states) {
    const std::string row = encode_pair_state(state);
    const auto read = decode_pair_state(organization, row);
    ASSERT_TRUE(read);
    expect_the_same(*read, state);
    // A state that was read is written as it was: it may be sealed anew.
    EXPECT_EQ(encode_pair_state(*read), row);
    for (std::size_t size = 0; size < row.size(); ++size) {
      EXPECT_FALSE(decode_pair_state(organization, std::string_view(row).substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_pair_state(organization, row + "x"));
  }
}

TEST(PairRows, AnyBytesAreReadOrRefused) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const auto read = decode_pair_state(organization, bytes);
    if (!read) return;
    RC_ASSERT(read->place.first_day() <= read->place.last_day());
    RC_ASSERT(decode_pair_state(organization, encode_pair_state(*read)).has_value());
  }));
}

TEST(PairRows, AnEventOfTheseYearsTakesAFewBytes) {
  // One each for kind and product, two for the day, three for the resource, four for the content.
  EXPECT_EQ(encode_pair_state(usage("2026-03-04T09:15:00Z")).size(), 11U);
  EXPECT_EQ(encode_pair_state(usage("2026-03-04T09:15:00Z", "2026-03-04T10:00:00Z")).size(), 12U);
}

TEST(PairRows, KeysSortByOrganizationAndGiveTheirPair) {
  PairHash low;
  PairHash high;
  high.bytes.fill(std::numeric_limits<std::uint8_t>::max());
  EXPECT_LT(pair_key(OrganizationNumber{1}, high), pair_key(OrganizationNumber{256}, low));
  EXPECT_LT(pair_key(organization, low), pair_key(organization, high));
  EXPECT_EQ(pair_of_key(pair_key(organization, high)), high);
  EXPECT_EQ(pair_of_key(pair_key(organization, high) + "x"), std::nullopt);
}

}  // namespace
}  // namespace tallystick::store::embedded
