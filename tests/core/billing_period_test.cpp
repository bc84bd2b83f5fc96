#include "tallystick/core/billing_period.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tallystick::core {
namespace {

using std::chrono::days;

Day day(std::string_view text) {
  return parse_date(text).value();
}

TimePoint noon(std::string_view text) {
  return TimePoint{day(text)} + std::chrono::hours{12};
}

Contract contract(std::string_view effective, std::string_view end, std::optional<unsigned> billing_day) {
  Contract made;
  made.effective = day(effective);
  made.end = day(end);
  made.billing_day = billing_day;
  return made;
}

TEST(BillingPeriodContaining, FollowsTheBillingDay) {
  struct Row {
    const char* effective;
    const char* end;
    std::optional<unsigned> billing_day;
    const char* day;
    const char* start;
    const char* period_end;
    std::int64_t whole_days;
  };
  const Row rows[] = {
      // domain.md: a contract activated on 21 October has the period 21 October to 21 November.
      {"2025-10-21", "2026-10-21", std::nullopt, "2025-11-20", "2025-10-21", "2025-11-21", 31},
      {"2025-10-21", "2026-10-21", std::nullopt, "2025-11-21", "2025-11-21", "2025-12-21", 30},
      // 31 Jan, 28 Feb, 31 Mar.
      {"2026-01-31", "2027-01-31", 31, "2026-02-27", "2026-01-31", "2026-02-28", 28},
      {"2026-01-31", "2027-01-31", 31, "2026-02-28", "2026-02-28", "2026-03-31", 31},
      {"2026-01-31", "2027-01-31", 31, "2026-03-31", "2026-03-31", "2026-04-30", 30},
      // A leap year has 29 February.
      {"2028-01-31", "2029-01-31", 31, "2028-02-28", "2028-01-31", "2028-02-29", 29},
      {"2028-01-30", "2029-01-30", 30, "2028-03-29", "2028-02-29", "2028-03-30", 30},
      {"2028-01-29", "2029-01-29", 29, "2028-02-29", "2028-02-29", "2028-03-29", 29},
      // Short first and last periods keep the days of the whole one.
      {"2026-05-10", "2027-01-01", 1, "2026-05-31", "2026-05-10", "2026-06-01", 31},
      {"2026-05-01", "2026-07-11", 1, "2026-07-10", "2026-07-01", "2026-07-11", 31},
      {"2026-05-10", "2026-05-12", 1, "2026-05-11", "2026-05-10", "2026-05-12", 31},
      // Over the turn of a year.
      {"2026-01-15", "2028-01-15", 15, "2027-01-01", "2026-12-15", "2027-01-15", 31},
  };
  for (const Row& row : rows) {
    const auto period = billing_period_containing(contract(row.effective, row.end, row.billing_day), day(row.day));
    ASSERT_TRUE(period) << row.day;
    EXPECT_EQ(to_string(period->start), row.start) << row.day;
    EXPECT_EQ(to_string(period->end), row.period_end) << row.day;
    EXPECT_EQ(period->whole_days(), row.whole_days) << row.day;
  }
}

TEST(BillingPeriodContaining, IsAbsentOutsideTheContract) {
  const Contract year = contract("2026-01-01", "2027-01-01", 1);
  EXPECT_FALSE(billing_period_containing(year, day("2025-12-31")));
  EXPECT_TRUE(billing_period_containing(year, day("2026-01-01")));
  EXPECT_TRUE(billing_period_containing(year, day("2026-12-31")));
  EXPECT_FALSE(billing_period_containing(year, day("2027-01-01")));
}

struct IndexRow {
  const char* now;
  std::uint64_t index;
  const char* start;  // nullptr: there is none
};

void expect_starts(std::span<const Contract> contracts, std::span<const IndexRow> rows) {
  for (const IndexRow& row : rows) {
    const auto found = billing_period_at(contracts, noon(row.now), row.index);
    if (row.start == nullptr) {
      EXPECT_FALSE(found) << row.now << " index " << row.index;
      continue;
    }
    ASSERT_TRUE(found) << row.now << " index " << row.index;
    EXPECT_EQ(to_string(found->period.start), row.start) << row.now << " index " << row.index;
  }
}

TEST(BillingPeriodAt, CountsBackFromNow) {
  const Contract contracts[] = {contract("2026-01-01", "2027-01-01", 1)};
  const IndexRow rows[] = {
      {"2026-03-15", 0, "2026-03-01"}, {"2026-03-15", 1, "2026-02-01"}, {"2026-03-15", 2, "2026-01-01"},
      {"2026-03-15", 3, nullptr},      {"2026-03-15", ~0ULL, nullptr},  {"2025-12-31", 0, nullptr},
      {"2025-12-31", 1, nullptr},
  };
  expect_starts(contracts, rows);
}

TEST(BillingPeriodAt, WithoutAPeriodNowTheLastCompletedOneIs1) {
  const Contract contracts[] = {contract("2026-01-01", "2026-03-11", 1)};
  const IndexRow rows[] = {
      {"2026-03-10", 0, "2026-03-01"}, {"2026-03-11", 0, nullptr}, {"2026-03-11", 1, "2026-03-01"},
      {"2026-03-11", 3, "2026-01-01"}, {"2026-03-11", 4, nullptr},
  };
  expect_starts(contracts, rows);
}

TEST(BillingPeriodAt, WalksIntoPredecessorsAndSkipsGaps) {
  // A year by the month, two months without a contract, then periods from the 15th.
  const Contract contracts[] = {contract("2025-01-01", "2025-12-20", 1), contract("2026-02-20", "2027-02-20", 15)};
  const IndexRow rows[] = {
      {"2026-03-20", 0, "2026-03-15"}, {"2026-03-20", 1, "2026-02-20"},  {"2026-03-20", 2, "2025-12-01"},
      {"2026-03-20", 3, "2025-11-01"}, {"2026-03-20", 13, "2025-01-01"}, {"2026-03-20", 14, nullptr},
      {"2026-01-10", 0, nullptr},      {"2026-01-10", 1, "2025-12-01"},  {"2026-01-10", 12, "2025-01-01"},
      {"2026-01-10", 13, nullptr},
  };
  expect_starts(contracts, rows);
}

TEST(BillingPeriodsUntil, AreThoseThatHaveBegun) {
  const Contract made = contract("2026-01-20", "2026-04-11", 1);
  struct Row {
    const char* last;
    std::vector<std::string> starts;
  };
  const Row rows[] = {
      {"2026-01-19", {}},
      {"2026-01-20", {"2026-01-20"}},
      {"2026-01-31", {"2026-01-20"}},
      {"2026-02-01", {"2026-01-20", "2026-02-01"}},
      {"2026-04-01", {"2026-01-20", "2026-02-01", "2026-03-01", "2026-04-01"}},
      {"2030-01-01", {"2026-01-20", "2026-02-01", "2026-03-01", "2026-04-01"}},
  };
  for (const Row& row : rows) {
    std::vector<std::string> starts;
    for (const BillingPeriod& period : billing_periods_until(made, day(row.last))) {
      starts.push_back(to_string(period.start));
    }
    EXPECT_EQ(starts, row.starts) << row.last;
  }
}

TEST(BillingMonthContaining, GoesOnBeforeAndAfterTheContract) {
  struct Row {
    std::optional<unsigned> billing_day;
    const char* day;
    const char* start;
    const char* end;
  };
  const Row rows[] = {
      {std::nullopt, "2026-06-20", "2026-05-21", "2026-06-21"},  // effective on a 21st
      {std::nullopt, "2026-06-21", "2026-06-21", "2026-07-21"},
      {std::nullopt, "2025-01-01", "2024-12-21", "2025-01-21"},
      {31, "2027-02-27", "2027-01-31", "2027-02-28"},
      {31, "2027-02-28", "2027-02-28", "2027-03-31"},
      {1, "2026-03-31", "2026-03-01", "2026-04-01"},  // short in the contract, whole here
  };
  for (const Row& row : rows) {
    const auto month = billing_month_containing(contract("2025-10-21", "2026-03-15", row.billing_day), day(row.day));
    EXPECT_EQ(to_string(month.start), row.start) << row.day;
    EXPECT_EQ(to_string(month.end), row.end) << row.day;
    EXPECT_EQ(month.days(), month.whole_days()) << row.day;
  }
}

TEST(BillingPeriodId, IsNamedByItsStartInTheContract) {
  Contract made = contract("2026-01-31", "2027-01-31", std::nullopt);
  made.id = Uuid::parse("c0ffee00-0000-4000-8000-000000000042").value();
  const auto february = billing_period_containing(made, day("2026-03-15")).value();
  // uuid.uuid5(UUID("c0ffee00-…-42"), "billingperiod/2026-02-28") of Python.
  EXPECT_EQ(billing_period_id(made, february).to_string(), "efcb354b-53a3-585e-ad01-48865d8817b9");
}

rc::Gen<Contract> contracts() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 20'000), rc::gen::inRange(1, 1'500), rc::gen::inRange(0U, 32U)),
      [](const std::tuple<int, int, unsigned>& parts) {
        const auto& [start, length, billing_day] = parts;
        Contract made;
        made.effective = Day{days{start}};
        made.end = made.effective + days{length};
        if (billing_day > 0) made.billing_day = billing_day;
        return made;
      });
}

RC_GTEST_PROP(BillingPeriodProperty, PeriodsTileTheContract, ()) {
  const Contract made = *contracts();
  Day next = made.effective;
  while (next < made.end) {
    const auto period = billing_period_containing(made, next);
    RC_ASSERT(period.has_value());
    RC_ASSERT(period->start == next);
    RC_ASSERT(period->start < period->end);
    RC_ASSERT(period->days() <= period->whole_days());
    RC_ASSERT(period->whole_days() >= 28 && period->whole_days() <= 31);
    RC_ASSERT(billing_period_containing(made, period->end - days{1}) == period);
    next = period->end;
  }
  RC_ASSERT(next == made.end);
}

RC_GTEST_PROP(BillingPeriodProperty, EachIndexIsTheNeighbourOfTheOneBefore, ()) {
  const Contract made = *contracts();
  const Day today =
      made.effective + days{*rc::gen::inRange<int>(0, static_cast<int>((made.end - made.effective).count()))};
  const std::span<const Contract> all(&made, 1);
  Day expected_end;
  for (std::uint64_t index = 0;; ++index) {
    const auto found = billing_period_at(all, TimePoint{today}, index);
    if (!found) {
      RC_ASSERT(index > 0);
      RC_ASSERT(expected_end == made.effective);
      return;
    }
    if (index == 0) RC_ASSERT(found->period.span().contains(TimePoint{today}));
    if (index > 0) RC_ASSERT(found->period.end == expected_end);
    expected_end = found->period.start;
  }
}

RC_GTEST_PROP(BillingPeriodProperty, PeriodsUntilADayAreThoseOfTheDaysUpToIt, ()) {
  const Contract made = *contracts();
  const Day last = made.effective + days{*rc::gen::inRange(-40, 1'600)};
  std::vector<BillingPeriod> expected;
  for (Day at = made.effective; at <= last && at < made.end; at += days{1}) {
    const auto period = billing_period_containing(made, at);
    RC_ASSERT(period.has_value());
    if (expected.empty() || expected.back() != *period) expected.push_back(*period);
  }
  RC_ASSERT(billing_periods_until(made, last) == expected);
}

RC_GTEST_PROP(BillingPeriodProperty, TheMonthOfADayIsTheWholeOfItsPeriod, ()) {
  const Contract made = *contracts();
  const Day at = made.effective + days{*rc::gen::inRange(-800, 2'300)};
  const BillingPeriod month = billing_month_containing(made, at);
  RC_ASSERT(month.span().contains(TimePoint{at}));
  RC_ASSERT(month.start == month.whole_start && month.end == month.whole_end);
  RC_ASSERT(billing_month_containing(made, month.end).start == month.end);
  if (const auto period = billing_period_containing(made, at)) {
    RC_ASSERT(period->whole_start == month.start && period->whole_end == month.end);
    RC_ASSERT(agrees_on_period(made, made, *period));
  }
}

}  // namespace
}  // namespace tallystick::core
