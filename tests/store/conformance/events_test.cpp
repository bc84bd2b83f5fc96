#include <optional>
#include <string>

#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using EventsConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, EventsConformance, testing::ValuesIn(all_adapters()), name_of);

Told told_of_march(const Store& store) {
  return told(*store.snapshot(), bank, {at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")});
}

std::optional<core::Period> days_of(const Store& store, const core::OrganizationId& organization) {
  const auto days = store.snapshot()->days_with_events(organization);
  EXPECT_TRUE(days.has_value());
  return days.value_or(std::nullopt);
}

TEST_P(EventsConformance, NothingStoredNothingTold) {
  EXPECT_TRUE(told_of_march(store()).empty());
  EXPECT_EQ(days_of(store(), bank), std::nullopt);
}

TEST_P(EventsConformance, EventsAreToldAsTheyWereSent) {
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z", .quantity = "2.500"}),
                   used({.id = "1", .time = "2026-03-05T09:00:00Z", .resource = "ben", .source = "t"}),
                   used({.id = "2",
                         .time = "2026-03-06T00:00:00Z",
                         .until = "2026-03-09T00:00:00.001Z",
                         .product = "calls",
                         .resource = "\xC3\xBC"}),
                   used({.id = "3", .time = "2026-03-04T09:00:00Z", .organization = organization(2)})});
  const Told all{{{"s", "1"}, "minutes ana 2026-03-04T09:00:00.000Z 2.5"},
                 {{"t", "1"}, "minutes ben 2026-03-05T09:00:00.000Z 1"},
                 {{"s", "2"}, "calls \xC3\xBC 2026-03-06T00:00:00.000Z 1 until 2026-03-09T00:00:00.001Z"}};
  EXPECT_EQ(told_of_march(store()), all);
  reopen();
  EXPECT_EQ(told_of_march(store()), all);
}

// Each row is a range and the ids of the events that cover a moment of it.
TEST_P(EventsConformance, AnEventIsToldOnceWhereItCoversAMomentOfTheRange) {
  commit(store(), {used({.id = "a", .time = "2026-03-01T00:00:00Z"}), used({.id = "b", .time = "2026-03-01T12:00:00Z"}),
                   used({.id = "c", .time = "2026-02-20T08:00:00Z", .until = "2026-03-03T00:00:00Z"}),
                   used({.id = "d", .time = "2026-03-02T10:00:00Z", .until = "2026-03-02T11:00:00Z"}),
                   used({.id = "e", .time = "2026-03-04T00:00:00Z", .product = "devices"})});
  struct Row {
    std::string_view from;
    std::string_view to;
    std::string ids;
  };
  const std::vector<Row> rows{{"2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z", "abcde"},
                              {"2026-03-01T00:00:00Z", "2026-03-01T00:00:00.001Z", "ac"},
                              {"2026-03-01T00:00:00.001Z", "2026-03-01T12:00:00Z", "c"},
                              {"2026-03-01T12:00:00Z", "2026-03-02T10:00:00Z", "bc"},
                              {"2026-03-02T10:59:59.999Z", "2026-03-02T12:00:00Z", "cd"},
                              {"2026-03-02T11:00:00Z", "2026-03-02T23:59:59.999Z", "c"},
                              {"2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z", ""},
                              {"2026-03-03T00:00:00Z", "2026-03-04T00:00:00.001Z", "e"},
                              {"2026-02-19T00:00:00Z", "2026-02-20T08:00:00Z", ""},
                              {"2026-02-20T08:00:00Z", "2026-02-20T08:00:00.001Z", "c"},
                              {"2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", ""}};
  for (const Row& row : rows) {
    std::string ids;
    for (const auto& event : told(*store().snapshot(), bank, {at(row.from), at(row.to)})) ids += event.first.second;
    EXPECT_EQ(ids, row.ids) << row.from << " to " << row.to;
  }
}

TEST_P(EventsConformance, VoidedEventsAreNotTold) {
  commit(store(), {voided("v1", "early"), used({.id = "kept", .time = "2026-03-04T09:00:00Z"})});
  commit(store(),
         {used({.id = "early", .time = "2026-03-04T10:00:00Z"}), used({.id = "late", .time = "2026-03-04T11:00:00Z"}),
          used({.id = "long", .time = "2026-02-01T00:00:00Z", .until = "2026-03-20T00:00:00Z"})});
  // One by one, so that a store that seals has some voids before, and some after, their targets.
  for (const auto* id : {"x", "y", "z"}) commit(store(), {used({.id = id, .time = "2026-03-05T09:00:00Z"})});
  commit(store(), {voided("v2", "late")});
  commit(store(), {voided("v3", "long"), voided("v4", "z")});
  const std::string text = "minutes ana 2026-03-05T09:00:00.000Z 1";
  const Told all{{{"s", "kept"}, "minutes ana 2026-03-04T09:00:00.000Z 1"}, {{"s", "x"}, text}, {{"s", "y"}, text}};
  EXPECT_EQ(told_of_march(store()), all);
  reopen();
  EXPECT_EQ(told_of_march(store()), all);
}

TEST_P(EventsConformance, ASnapshotTellsWhatWasThere) {
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z"})});
  // Nothing of it may outlive the test: an open snapshot holds the directory.
  const auto before = store().snapshot();
  commit(store(), {used({.id = "2", .time = "2026-05-04T09:00:00Z"}), voided("v", "1")});
  const core::Period year{at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")};
  EXPECT_EQ(told(*before, bank, year), (Told{{{"s", "1"}, "minutes ana 2026-03-04T09:00:00.000Z 1"}}));
  EXPECT_EQ(before->days_with_events(bank).value(),
            (core::Period{at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z")}));
}

TEST_P(EventsConformance, DaysReachFromTheFirstToTheLastThatAnyEventTouches) {
  commit(store(), {used({.id = "1", .time = "2026-03-04T09:00:00Z"})});
  EXPECT_EQ(days_of(store(), bank), (core::Period{at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z")}));
  commit(store(), {used({.id = "2", .time = "2026-03-06T09:00:00Z", .until = "2026-04-10T00:00:00Z"}),
                   used({.id = "3", .time = "2026-01-31T23:59:59.999Z", .product = "devices"}),
                   used({.id = "4", .time = "2027-01-01T00:00:00Z", .organization = organization(2)})});
  commit(store(), {voided("v", "3")});
  const core::Period all{at("2026-01-31T00:00:00Z"), at("2026-04-10T00:00:00Z")};
  EXPECT_EQ(days_of(store(), bank), all);
  reopen();
  EXPECT_EQ(days_of(store(), bank), all);
}

}  // namespace
}  // namespace tallystick::store::test
