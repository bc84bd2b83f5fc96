#include "tallystick/core/event.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace tallystick::core {
namespace {

using namespace std::chrono_literals;

const TimePoint now = parse_time("2026-03-31T12:00:00Z").value();
constexpr OrganizationId blue_harbor{{0x22}};

UsageEvent good_event() {
  return {.source = "acd/eu-1",
          .id = "5d7c",
          .organization = blue_harbor,
          .product = "api-requests",
          .resource = "ana@example.com",
          .time = parse_time("2026-03-04T09:15:00Z").value(),
          .quantity = Decimal::from_integer(1),
          .until = std::nullopt};
}

std::vector<EventFault> check(const Event& event, MeteringKind kind) {
  return check_event(event, {.organization_known = true, .metering = &kind, .now = now});
}

struct Row {
  const char* name;
  MeteringKind kind;
  std::function<void(UsageEvent&)> change;
  std::optional<EventField> fault;  // absent: the event is good
};

TEST(CheckEvent, KeepsEveryRuleOfOneUsageEvent) {
  const TimePoint time = good_event().time;
  const Row rows[] = {
      {"as it is", MeteringKind::sum, [](UsageEvent&) {}, std::nullopt},
      {"empty source", MeteringKind::sum, [](UsageEvent& e) { e.source.clear(); }, EventField::source},
      {"256 bytes of source", MeteringKind::sum, [](UsageEvent& e) { e.source.assign(256, 's'); }, std::nullopt},
      {"257 bytes of source", MeteringKind::sum, [](UsageEvent& e) { e.source.assign(257, 's'); }, EventField::source},
      {"empty id", MeteringKind::sum, [](UsageEvent& e) { e.id.clear(); }, EventField::id},
      {"256 bytes of id", MeteringKind::sum, [](UsageEvent& e) { e.id.assign(256, 'i'); }, std::nullopt},
      {"an id of 10 KB", MeteringKind::sum, [](UsageEvent& e) { e.id.assign(10'240, 'i'); }, EventField::id},
      {"empty resource", MeteringKind::sum, [](UsageEvent& e) { e.resource.clear(); }, EventField::resource},
      {"512 bytes of resource", MeteringKind::sum, [](UsageEvent& e) { e.resource.assign(512, 'r'); }, std::nullopt},
      {"513 bytes", MeteringKind::sum, [](UsageEvent& e) { e.resource.assign(513, 'r'); }, EventField::resource},
      {"24 h ahead", MeteringKind::sum, [](UsageEvent& e) { e.time = now + 24h; }, std::nullopt},
      {"beyond 24 h ahead", MeteringKind::sum, [](UsageEvent& e) { e.time = now + 24h + 1ms; }, EventField::time},
      {"1970", MeteringKind::sum, [](UsageEvent& e) { e.time = TimePoint{}; }, std::nullopt},
      {"before 1970", MeteringKind::sum, [](UsageEvent& e) { e.time = TimePoint{-1ms}; }, EventField::time},
      {"quantity 0", MeteringKind::sum, [](UsageEvent& e) { e.quantity = Decimal(); }, std::nullopt},
      {"negative quantity", MeteringKind::sum, [](UsageEvent& e) { e.quantity = Decimal::from_units(-1); },
       EventField::quantity},
      {"until on sum", MeteringKind::sum, [=](UsageEvent& e) { e.until = time + 1h; }, EventField::until},
      {"until on max", MeteringKind::max, [=](UsageEvent& e) { e.until = time + 1h; }, EventField::until},
      {"until on latest", MeteringKind::latest, [=](UsageEvent& e) { e.until = time + 1h; }, EventField::until},
      {"until on unique", MeteringKind::unique, [=](UsageEvent& e) { e.until = time + 1h; }, std::nullopt},
      {"until at time", MeteringKind::unique, [=](UsageEvent& e) { e.until = time; }, EventField::until},
      {"until before time", MeteringKind::unique, [=](UsageEvent& e) { e.until = time - 1ms; }, EventField::until},
      {"366 days", MeteringKind::unique, [=](UsageEvent& e) { e.until = time + 366 * 24h; }, std::nullopt},
      {"over 366 days", MeteringKind::unique, [=](UsageEvent& e) { e.until = time + 366 * 24h + 1ms; },
       EventField::until},
      {"duration without until", MeteringKind::duration, [](UsageEvent&) {}, EventField::until},
      {"concurrent without until", MeteringKind::concurrent, [](UsageEvent&) {}, EventField::until},
      {"duration", MeteringKind::duration, [=](UsageEvent& e) { e.until = time + 1s; }, std::nullopt},
      {"two of a duration", MeteringKind::duration,
       [=](UsageEvent& e) {
         e.until = time + 1s;
         e.quantity = Decimal::from_integer(2);
       },
       EventField::quantity},
  };
  for (const Row& row : rows) {
    UsageEvent event = good_event();
    row.change(event);
    const auto faults = check(event, row.kind);
    if (!row.fault) {
      EXPECT_TRUE(faults.empty()) << row.name << ": " << (faults.empty() ? "" : faults[0].message);
      continue;
    }
    ASSERT_EQ(faults.size(), 1U) << row.name;
    EXPECT_EQ(faults[0].field, *row.fault) << row.name;
    EXPECT_FALSE(faults[0].message.empty()) << row.name;
  }
}

TEST(CheckEvent, TellsAllFaultsAtOnce) {
  UsageEvent event = good_event();
  event.id.clear();
  event.resource.clear();
  event.quantity = Decimal::from_integer(-1);
  const auto faults = check_event(event, {.organization_known = false, .metering = nullptr, .now = now});
  std::vector<EventField> fields;
  fields.reserve(faults.size());
  for (const auto& fault : faults) fields.push_back(fault.field);
  EXPECT_EQ(fields, (std::vector{EventField::id, EventField::organization, EventField::resource, EventField::quantity,
                                 EventField::product}));
}

TEST(CheckEvent, VoidsNeedATargetThatIsNotThemselves) {
  const VoidEvent good{
      .source = "fix", .id = "1", .organization = blue_harbor, .target_source = "acd/eu-1", .target_id = "5d7c"};
  const EventContext context{.organization_known = true, .metering = nullptr, .now = now};
  EXPECT_TRUE(check_event(good, context).empty());

  VoidEvent nameless = good;
  nameless.target_id.clear();
  ASSERT_EQ(check_event(nameless, context).size(), 1U);
  EXPECT_EQ(check_event(nameless, context)[0].field, EventField::target_id);

  VoidEvent itself = good;
  itself.target_source = good.source;
  itself.target_id = good.id;
  ASSERT_EQ(check_event(itself, context).size(), 1U);
  EXPECT_EQ(check_event(itself, context)[0].field, EventField::target_id);
}

}  // namespace
}  // namespace tallystick::core
