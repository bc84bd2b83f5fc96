#include <string>
#include <utility>
#include <vector>

#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using PresenceConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, PresenceConformance, testing::ValuesIn(all_adapters()), name_of);

constexpr std::string_view march = "2026-03-01T00:00:00Z";
constexpr std::string_view april = "2026-04-01T00:00:00Z";

// Times of 4 March unless they begin with a date.
core::TimePoint moment(const std::string& text) {
  return at(text.find('T') == std::string::npos ? "2026-03-04T" + text + "Z" : text + "Z");
}

core::Event interval(const std::string& id, const std::string& from, const std::string& to,
                     const std::string& resource = "ana", const std::string& product = "calls",
                     const core::OrganizationId& organization = bank) {
  return used({.id = id,
               .time = core::to_string(moment(from)),
               .until = core::to_string(moment(to)),
               .product = product,
               .resource = resource,
               .organization = organization});
}

std::vector<core::Period> pieces(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<core::Period> periods;
  for (const auto& [from, to] : texts) periods.push_back({moment(from), moment(to)});
  return periods;
}

Present ana(const std::vector<std::pair<std::string, std::string>>& texts) {
  return {{"calls", {{"ana", pieces(texts)}}}};
}

TEST_P(PresenceConformance, NothingStoredNobodyPresent) {
  EXPECT_TRUE(present(store(), march, april).empty());
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z"})});
  EXPECT_TRUE(present(store(), march, april).empty()) << "a moment is no presence";
}

TEST_P(PresenceConformance, OverlappingAndTouchingIntervalsAreOnePiece) {
  struct Row {
    const char* what;
    std::vector<std::pair<std::string, std::string>> intervals;
    std::vector<std::pair<std::string, std::string>> pieces;
  };
  const std::vector<Row> rows{
      {"apart",
       {{"10:00:00", "11:00:00"}, {"09:00:00", "09:59:59.999"}},
       {{"09:00:00", "09:59:59.999"}, {"10:00:00", "11:00:00"}}},
      {"touching", {{"10:00:00", "11:00:00"}, {"09:00:00", "10:00:00"}}, {{"09:00:00", "11:00:00"}}},
      {"overlapping", {{"09:00:00", "10:30:00"}, {"10:00:00", "11:00:00"}}, {{"09:00:00", "11:00:00"}}},
      {"inside", {{"09:00:00", "11:00:00"}, {"10:00:00", "10:30:00"}}, {{"09:00:00", "11:00:00"}}},
      {"twice", {{"09:00:00", "11:00:00"}, {"09:00:00", "11:00:00"}}, {{"09:00:00", "11:00:00"}}},
      {"a bridge that comes last",
       {{"09:00:00", "10:00:00"}, {"11:00:00", "12:00:00"}, {"13:00:00", "14:00:00"}, {"10:00:00", "13:00:00"}},
       {{"09:00:00", "14:00:00"}}},
      {"a millisecond", {{"09:00:00", "09:00:00.001"}}, {{"09:00:00", "09:00:00.001"}}},
  };
  // Each row has a resource of its own, and its intervals come one commit after the other.
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t i = 0; i < rows[row].intervals.size(); ++i) {
      const auto& [from, to] = rows[row].intervals[i];
      commit(store(), {interval(std::to_string(row) + "." + std::to_string(i), from, to, rows[row].what)});
    }
    if (row == rows.size() / 2) reopen();
  }
  for (int round = 0; round < 2; ++round) {
    const Present all = present(store(), march, april);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.at("calls").size(), rows.size());
    for (const Row& row : rows) EXPECT_EQ(all.at("calls").at(row.what), pieces(row.pieces)) << row.what;
    reopen();
  }
}

TEST_P(PresenceConformance, MidnightCutsAPiece) {
  commit(store(), {interval("1", "22:00:00", "2026-03-06T01:00:00")});
  commit(store(), {interval("2", "2026-03-06T00:30:00", "2026-03-06T02:00:00"), interval("3", "21:00:00", "22:00:00")});
  const Present right = ana({{"21:00:00", "2026-03-05T00:00:00"},
                             {"2026-03-05T00:00:00", "2026-03-06T00:00:00"},
                             {"2026-03-06T00:00:00", "2026-03-06T02:00:00"}});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), march, april), right);
    reopen();
  }
}

TEST_P(PresenceConformance, AnIntervalThatEndsAtMidnightIsNotThereOnTheNextDay) {
  commit(store(), {interval("1", "23:59:59.999", "2026-03-05T00:00:00")});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), march, april), ana({{"23:59:59.999", "2026-03-05T00:00:00"}}));
    EXPECT_TRUE(present(store(), "2026-03-05T00:00:00Z", april).empty());
    reopen();
  }
}

// Each row is a range and what of 09:00 to 10:00, of 11:00 to the next day's 09:00 and of that day's 12:00 to 13:00
// lies in it.
TEST_P(PresenceConformance, RangesClipToTheMillisecond) {
  commit(store(), {interval("1", "09:00:00", "10:00:00"), interval("2", "11:00:00", "2026-03-05T09:00:00"),
                   interval("3", "2026-03-05T12:00:00", "2026-03-05T13:00:00")});
  struct Row {
    std::string from;
    std::string to;
    std::vector<std::pair<std::string, std::string>> pieces;
  };
  const std::string next = "2026-03-05T";
  const std::vector<Row> rows{
      {"09:30:00", "11:30:00", {{"09:30:00", "10:00:00"}, {"11:00:00", "11:30:00"}}},
      {"09:30:00", "09:30:00.001", {{"09:30:00", "09:30:00.001"}}},
      {"08:59:59.999", "09:00:00", {}},
      {"08:59:59.999", "09:00:00.001", {{"09:00:00", "09:00:00.001"}}},
      {"09:59:59.999", "11:00:00", {{"09:59:59.999", "10:00:00"}}},
      {"10:00:00", "11:00:00", {}},
      {"23:59:59.999", next + "00:00:00", {{"23:59:59.999", next + "00:00:00"}}},
      {next + "00:00:00", next + "00:00:00.001", {{next + "00:00:00", next + "00:00:00.001"}}},
      {"23:00:00", next + "01:00:00", {{"23:00:00", next + "00:00:00"}, {next + "00:00:00", next + "01:00:00"}}},
      {next + "08:00:00",
       next + "12:30:00",
       {{next + "08:00:00", next + "09:00:00"}, {next + "12:00:00", next + "12:30:00"}}},
      {next + "09:00:00", next + "12:00:00", {}},
      {next + "13:00:00", "2026-03-31T00:00:00", {}},
      {"0002-01-01T00:00:00", "09:01:00", {{"09:00:00", "09:01:00"}}},
      {next + "12:59:00", "9999-01-01T00:00:00", {{next + "12:59:00", next + "13:00:00"}}},
      {"09:30:00", "09:30:00", {}},
      {"09:45:00", "09:30:00", {}},
  };
  for (int round = 0; round < 2; ++round) {
    for (const Row& row : rows) {
      const Present answer = present(store(), bank, {moment(row.from), moment(row.to)});
      EXPECT_EQ(answer, row.pieces.empty() ? Present() : ana(row.pieces)) << row.from << " to " << row.to;
    }
    reopen();
  }
}

TEST_P(PresenceConformance, AYearIsThereInItsMiddle) {
  commit(store(), {interval("1", "2026-01-01T06:00:00", "2027-01-02T06:00:00")});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), "2026-07-01T12:00:00Z", "2026-07-03T12:00:00Z"),
              ana({{"2026-07-01T12:00:00", "2026-07-02T00:00:00"},
                   {"2026-07-02T00:00:00", "2026-07-03T00:00:00"},
                   {"2026-07-03T00:00:00", "2026-07-03T12:00:00"}}));
    EXPECT_EQ(present(store(), "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z").at("calls").at("ana").size(), 367U);
    EXPECT_EQ(present(store(), "2027-01-02T05:59:59.999Z", "2028-01-01T00:00:00Z"),
              ana({{"2027-01-02T05:59:59.999", "2027-01-02T06:00:00"}}));
    reopen();
  }
  commit(store(), {voided("v", "1")});
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(present(store(), "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z").empty());
    EXPECT_TRUE(present(store(), "2026-07-01T12:00:00Z", "2026-07-03T12:00:00Z").empty());
    reopen();
  }
}

TEST_P(PresenceConformance, ProductsResourcesAndOrganizationsAreApart) {
  const core::OrganizationId shop = organization(2);
  commit(store(), {interval("1", "09:00:00", "10:00:00"), interval("2", "09:30:00", "10:30:00", "ben"),
                   interval("3", "09:30:00", "10:30:00", "ana", "seats"), interval("4", "09:00:00", "10:00:00", "ben"),
                   interval("5", "2026-03-05T09:00:00", "2026-03-05T10:00:00", "ben", "seats"),
                   interval("1", "08:00:00", "12:00:00", "ana", "calls", shop)});
  const Present right{
      {"calls", {{"ana", pieces({{"09:00:00", "10:00:00"}})}, {"ben", pieces({{"09:00:00", "10:30:00"}})}}},
      {"seats",
       {{"ana", pieces({{"09:30:00", "10:30:00"}})},
        {"ben", pieces({{"2026-03-05T09:00:00", "2026-03-05T10:00:00"}})}}}};
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), march, april), right);
    EXPECT_EQ(present(store(), shop, {at(march), at(april)}), ana({{"08:00:00", "12:00:00"}}));
    EXPECT_TRUE(present(store(), organization(3), {at(march), at(april)}).empty());
    reopen();
  }
}

// Whichever is voided, what is left is as if it had never been. Each row has a resource of its own.
TEST_P(PresenceConformance, AVoidLeavesWhatTheOthersCover) {
  struct Row {
    const char* what;
    std::vector<std::pair<std::string, std::string>> intervals;
    std::size_t voided;
    std::vector<std::pair<std::string, std::string>> left;
  };
  const std::vector<Row> rows{
      {"the only one", {{"09:00:00", "10:00:00"}}, 0, {}},
      {"the first", {{"09:00:00", "10:00:00"}, {"10:00:00", "11:00:00"}}, 0, {{"10:00:00", "11:00:00"}}},
      {"the last", {{"09:00:00", "10:00:00"}, {"10:00:00", "11:00:00"}}, 1, {{"09:00:00", "10:00:00"}}},
      {"a bridge",
       {{"09:00:00", "10:00:00"}, {"10:00:00", "11:00:00"}, {"11:00:00", "12:00:00"}},
       1,
       {{"09:00:00", "10:00:00"}, {"11:00:00", "12:00:00"}}},
      {"inside another", {{"09:00:00", "12:00:00"}, {"10:00:00", "11:00:00"}}, 1, {{"09:00:00", "12:00:00"}}},
      {"around others",
       {{"09:00:00", "12:00:00"}, {"09:30:00", "10:00:00"}, {"11:00:00", "13:00:00"}},
       0,
       {{"09:30:00", "10:00:00"}, {"11:00:00", "13:00:00"}}},
      {"one of two alike", {{"09:00:00", "10:00:00"}, {"09:00:00", "10:00:00"}}, 0, {{"09:00:00", "10:00:00"}}},
      {"over midnight",
       {{"22:00:00", "2026-03-05T02:00:00"}, {"2026-03-05T01:00:00", "2026-03-05T03:00:00"}},
       0,
       {{"2026-03-05T01:00:00", "2026-03-05T03:00:00"}}},
  };
  const auto name = [](std::size_t row, std::size_t i) { return std::to_string(row) + "." + std::to_string(i); };
  std::vector<core::Event> accepted;
  const auto take = [&](const core::Event& event) {
    commit(store(), {event});
    accepted.push_back(event);
  };
  Present right;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t i = 0; i < rows[row].intervals.size(); ++i) {
      const auto& [from, to] = rows[row].intervals[i];
      take(interval(name(row, i), from, to, rows[row].what));
    }
    if (!rows[row].left.empty()) right["calls"][rows[row].what] = pieces(rows[row].left);
  }
  reopen();
  const core::Period all{at(march), at(april)};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    take(voided("v" + std::to_string(row), name(row, rows[row].voided)));
    EXPECT_EQ(present(store(), bank, all), expected_presence(accepted, bank, all)) << "after " << rows[row].what;
  }
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), bank, all), right);
    reopen();
  }
}

TEST_P(PresenceConformance, AVoidMayComeBeforeItsTarget) {
  commit(store(), {voided("v", "1")});
  reopen();
  commit(store(), {interval("1", "09:00:00", "2026-03-06T10:00:00"), interval("2", "09:30:00", "10:00:00")});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), march, april), ana({{"09:30:00", "10:00:00"}}));
    reopen();
  }
}

// A void of a moment touches neither the intervals of its day nor those of its resource.
TEST_P(PresenceConformance, AVoidOfAMomentChangesNoPresence) {
  commit(store(), {interval("1", "09:00:00", "10:00:00"),
                   used({.id = "m", .time = "2026-03-04T09:30:00Z", .product = "calls"})});
  reopen();
  commit(store(), {voided("v", "m")});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), march, april), ana({{"09:00:00", "10:00:00"}}));
    EXPECT_TRUE(seen(store(), march, april).empty());
    reopen();
  }
}

TEST_P(PresenceConformance, ASnapshotStaysAsItIs) {
  commit(store(), {interval("1", "09:00:00", "10:00:00")});
  const auto before = store().snapshot();
  const core::Period all{at(march), at(april)};
  const Present one = ana({{"09:00:00", "10:00:00"}});
  for (int i = 0; i < 20; ++i) {
    const std::string id = "x" + std::to_string(i);
    commit(store(), {interval(id, "10:00:00", "2026-03-05T12:00:00"), voided("v" + id, i == 10 ? "1" : id)});
    EXPECT_EQ(present(*before, bank, all), one) << i;
  }
  EXPECT_EQ(present(store(), march, april),
            ana({{"10:00:00", "2026-03-05T00:00:00"}, {"2026-03-05T00:00:00", "2026-03-05T12:00:00"}}))
      << "that of the round in which the first one was voided";
}

// Many pieces of many resources, from many commits that come in no order of time.
TEST_P(PresenceConformance, ManyPiecesOfADayComeTogether) {
  constexpr int resources = 7;
  constexpr int minutes = 60;
  Present right;
  for (int resource = 0; resource < resources; ++resource) {
    const std::string name = "r" + std::to_string(resource);
    std::vector<core::Event> batch;
    for (int i = 0; i < minutes; ++i) {
      // 17 and 60 have no common divisor: every minute once. Every resource-th and second minute is left out.
      const int minute = i * 17 % minutes;
      if (minute % (resource + 2) == 0) continue;
      auto event =
          std::get<core::UsageEvent>(interval(name + "." + std::to_string(minute), "09:00:00", "09:01:00", name));
      event.time += std::chrono::minutes{minute};
      *event.until += std::chrono::minutes{minute};
      batch.push_back(event);
    }
    commit(store(), batch);
    const core::TimePoint nine = moment("09:00:00");
    auto& periods = right["calls"][name];
    for (int gap = 0; gap < minutes; gap += resource + 2) {
      const core::Period between{nine + std::chrono::minutes{gap + 1},
                                 nine + std::chrono::minutes{std::min(gap + resource + 2, minutes)}};
      if (!between.is_empty()) periods.push_back(between);
    }
  }
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(present(store(), march, april), right);
    reopen();
  }
}

TEST_P(PresenceConformance, OneResourceHasOneNumber) {
  commit(store(), {interval("1", "09:00:00", "10:00:00"), used({.id = "2", .time = "2026-03-04T09:00:00Z"}),
                   interval("3", "2026-03-05T09:00:00", "2026-03-05T10:00:00", "ana", "seats")});
  reopen();
  commit(store(), {interval("4", "2026-03-06T09:00:00", "2026-03-06T10:00:00")});
  const auto snapshot = store().snapshot();
  std::vector<core::ResourceNumber> numbers;
  ASSERT_TRUE(snapshot->presence(bank, {at(march), at(april)}, [&](core::Day, auto products) {
    for (const auto& product : products) {
      for (const core::Presence& piece : product.pieces) numbers.push_back(piece.resource);
    }
  }));
  ASSERT_TRUE(snapshot->usage(
      bank, {at(march), at(april)}, [](auto) { return false; },
      [&](const ProductUsage& usage) { numbers.push_back(usage.resources.front().resource); }));
  EXPECT_EQ(numbers, std::vector<core::ResourceNumber>(4, numbers[0]));
  EXPECT_EQ(*snapshot->names_of(numbers), std::vector<std::string_view>(4, "ana"));
  EXPECT_TRUE(snapshot->names_of({})->empty());
}

}  // namespace
}  // namespace tallystick::store::test
