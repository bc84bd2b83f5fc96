#include "tallystick/core/presence.hpp"

#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

namespace tallystick::core {
namespace {

using Pieces = std::vector<Presence>;

Presence piece(std::uint32_t resource, std::uint32_t start, std::uint32_t end) {
  return {ResourceNumber{resource}, start, end};
}

Pieces merged(Pieces pieces) {
  merge_presence(pieces);
  return pieces;
}

TEST(PresenceTest, PiecesThatOverlapOrTouchAreOne) {
  EXPECT_EQ(merged({}), Pieces{});
  EXPECT_EQ(merged({piece(1, 5, 9), piece(1, 0, 5)}), Pieces{piece(1, 0, 9)});
  EXPECT_EQ(merged({piece(1, 0, 9), piece(1, 2, 3), piece(1, 0, 9)}), Pieces{piece(1, 0, 9)});
  EXPECT_EQ(merged({piece(2, 0, 5), piece(1, 5, 9), piece(1, 0, 4)}),
            (Pieces{piece(1, 0, 4), piece(1, 5, 9), piece(2, 0, 5)}));
}

TEST(PresenceTest, OutsideIsWhatTheSameResourceHasLeft) {
  const Pieces taken{piece(1, 2, 4), piece(1, 6, 8), piece(2, 0, 100)};
  EXPECT_EQ(presence_outside(Pieces{piece(1, 0, 10)}, taken),
            (Pieces{piece(1, 0, 2), piece(1, 4, 6), piece(1, 8, 10)}));
  EXPECT_EQ(presence_outside(Pieces{piece(1, 3, 7)}, taken), Pieces{piece(1, 4, 6)});
  EXPECT_EQ(presence_outside(Pieces{piece(1, 2, 4), piece(2, 5, 6)}, taken), Pieces{});
  EXPECT_EQ(presence_outside(Pieces{piece(1, 4, 6), piece(3, 0, 1)}, taken), (Pieces{piece(1, 4, 6), piece(3, 0, 1)}));
  EXPECT_EQ(presence_outside(Pieces{piece(0, 0, 1)}, {}), Pieces{piece(0, 0, 1)});
}

TEST(PresenceTest, ADayHasItsPartOfAnInterval) {
  const Day day{std::chrono::days{20'000}};
  const TimePoint midnight{day};
  const auto on_day = [&](std::int64_t from_ms, std::int64_t to_ms) {
    return presence_on(day, ResourceNumber{7}, {midnight + milliseconds{from_ms}, midnight + milliseconds{to_ms}});
  };
  EXPECT_EQ(on_day(-5, 0), std::nullopt);
  EXPECT_EQ(on_day(-5, 1), piece(7, 0, 1));
  EXPECT_EQ(on_day(3, 4), piece(7, 3, 4));
  EXPECT_EQ(on_day(86'399'999, 86'400'001), piece(7, 86'399'999, 86'400'000));
  EXPECT_EQ(on_day(-1, 200'000'000), piece(7, 0, 86'400'000));
  EXPECT_EQ(on_day(86'400'000, 86'400'001), std::nullopt);
}

// Resource and millisecond, one by one.
using Moments = std::set<std::pair<std::uint32_t, std::uint32_t>>;
Moments moments_of(const Pieces& pieces) {
  Moments moments;
  for (const Presence& each : pieces) {
    for (std::uint32_t ms = each.start_ms; ms < each.end_ms; ++ms) {
      moments.emplace(static_cast<std::uint32_t>(each.resource), ms);
    }
  }
  return moments;
}

Pieces any_pieces() {
  Pieces pieces;
  for (int left = *rc::gen::inRange(0, 12); left > 0; --left) {
    const auto start = *rc::gen::inRange<std::uint32_t>(0, 30);
    pieces.push_back(
        piece(*rc::gen::inRange<std::uint32_t>(0, 3), start, start + *rc::gen::inRange<std::uint32_t>(1, 8)));
  }
  return pieces;
}

void expect_merged(const Pieces& pieces) {
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    RC_ASSERT(pieces[i - 1].resource < pieces[i].resource ||
              (pieces[i - 1].resource == pieces[i].resource && pieces[i - 1].end_ms < pieces[i].start_ms));
  }
}

RC_GTEST_PROP(PresenceProperty, MergingAndTakingAwayKeepEveryMillisecond, ()) {
  const Pieces some = any_pieces();
  const Pieces others = any_pieces();
  const Pieces pieces = merged(some);
  const Pieces taken = merged(others);
  expect_merged(pieces);
  RC_ASSERT(moments_of(pieces) == moments_of(some));
  Pieces both = pieces;
  both.insert(both.end(), taken.begin(), taken.end());
  Moments of_both = moments_of(some);
  of_both.merge(moments_of(others));
  both = merged(both);
  expect_merged(both);
  RC_ASSERT(moments_of(both) == of_both);
  Moments left = moments_of(some);
  for (const auto& moment : moments_of(others)) left.erase(moment);
  const Pieces rest = presence_outside(pieces, taken);
  expect_merged(rest);
  RC_ASSERT(moments_of(rest) == left);
}

}  // namespace
}  // namespace tallystick::core
