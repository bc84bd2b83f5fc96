#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "store/memory/memory_store.hpp"
#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

// Random histories on a small world, where pairs, moments and names meet all the time. The embedded store seals every
// few events, so that runs are merged, compacted and replayed while the history goes on.
namespace tallystick::store::test {
namespace {

using Batch = std::vector<core::Event>;
using Group = std::vector<Batch>;

// Around the edges of a day, a month and a year; the last one is far from the others.
const std::vector<std::string> moments{
    "2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00Z",     "2026-01-01T00:00:00.001Z", "2026-01-01T12:00:00Z",
    "2026-01-01T23:59:59.999Z", "2026-01-02T00:00:00Z",     "2026-01-31T23:00:00Z",     "2026-02-01T00:00:00Z",
    "2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00.001Z", "2026-03-01T06:30:00Z",     "2027-01-15T08:00:00Z"};
constexpr std::int64_t ms_per_hour = 3'600'000;
const std::vector<std::int64_t> lengths_ms{1,
                                           ms_per_hour,
                                           12 * ms_per_hour,
                                           24 * ms_per_hour,
                                           24 * ms_per_hour + 1,
                                           40 * 24 * ms_per_hour,
                                           366 * 24 * ms_per_hour};
const std::vector<std::string> quantities{"0", "1", "2.5", "3", "0.000000001", "999999999999999999.999999999"};
const std::vector<std::string> sources{"s", "t"};
const std::vector<std::string> ids{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
const std::vector<std::string> products{"minutes", "devices"};
const std::vector<std::string> resources{"ana", "ben", "cem"};
constexpr std::uint8_t organizations = 2;

rc::Gen<std::string> one_of(const std::vector<std::string>& texts) {
  return rc::gen::elementOf(texts);
}
rc::Gen<core::OrganizationId> any_organization() {
  return rc::gen::map(rc::gen::inRange<int>(0, organizations),
                      [](int number) { return organization(static_cast<std::uint8_t>(number)); });
}
rc::Gen<core::TimePoint> any_moment() {
  return rc::gen::map(one_of(moments), [](const std::string& text) { return at(text); });
}

core::Event any_usage() {
  core::UsageEvent event;
  event.source = *one_of(sources);
  event.id = *one_of(ids);
  event.organization = *any_organization();
  event.product = *one_of(products);
  event.resource = *one_of(resources);
  event.time = *any_moment();
  event.quantity = quantity(*one_of(quantities));
  if (*rc::gen::inRange(0, 3) == 0) event.until = event.time + core::milliseconds{*rc::gen::elementOf(lengths_ms)};
  return event;
}

core::Event any_void() {
  return core::VoidEvent{*one_of(sources), *one_of(ids), *any_organization(), *one_of(sources), *one_of(ids)};
}

Batch any_batch() {
  Batch batch;
  for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
    batch.push_back(*rc::gen::inRange(0, 4) == 0 ? any_void() : any_usage());
  }
  return batch;
}

Group any_group() {
  Group group;
  for (int left = *rc::gen::inRange(1, 4); left > 0; --left) group.push_back(any_batch());
  return group;
}

core::Period any_range() {
  core::TimePoint start = *any_moment();
  core::TimePoint end = *any_moment();
  if (end < start) std::swap(start, end);
  const int nudge = *rc::gen::inRange(-1, 2);
  return {start + core::milliseconds{nudge}, end + core::milliseconds{*rc::gen::inRange(0, 3)}};
}

// The rules of domain.md on pairs and voids, once more and by linear search: what both stores are measured by.
class Ledger {
 public:
  std::vector<BatchOutcome> take(const Group& group) {
    std::vector<BatchOutcome> outcomes;
    for (const Batch& batch : group) outcomes.push_back(take(batch));
    return outcomes;
  }
  [[nodiscard]] const Batch& accepted() const { return accepted_; }

 private:
  BatchOutcome take(const Batch& batch) {
    const Batch before = accepted_;
    BatchOutcome outcome;
    for (std::uint32_t index = 0; index < batch.size(); ++index) {
      const core::Event& event = batch[index];
      const core::Event* known = find(core::organization_of(event), core::source_of(event), core::id_of(event));
      if (known != nullptr) {
        if (*known == event) {
          ++outcome.duplicates;
        } else {
          outcome.conflicts.push_back(index);
        }
        continue;
      }
      if (const auto* correction = std::get_if<core::VoidEvent>(&event)) {
        const core::Event* target = find(correction->organization, correction->target_source, correction->target_id);
        if (target != nullptr && std::holds_alternative<core::VoidEvent>(*target)) {
          outcome.refused_voids.push_back(index);
          continue;
        }
      }
      accepted_.push_back(event);
    }
    outcome.accepted = accepted_.size() - before.size();
    if (!outcome.refused_voids.empty()) {
      accepted_ = before;
      outcome.accepted = 0;
      outcome.duplicates = 0;
      outcome.conflicts.clear();
    }
    return outcome;
  }

  const core::Event* find(const core::OrganizationId& organization, const std::string& source, const std::string& id) {
    const auto known = std::find_if(accepted_.begin(), accepted_.end(), [&](const core::Event& event) {
      return core::organization_of(event) == organization && core::source_of(event) == source &&
             core::id_of(event) == id;
    });
    return known == accepted_.end() ? nullptr : &*known;
  }

  Batch accepted_;
};

void expect_same(const std::vector<BatchOutcome>& outcomes, const std::vector<BatchOutcome>& right) {
  RC_ASSERT(outcomes.size() == right.size());
  for (std::size_t i = 0; i < right.size(); ++i) {
    RC_ASSERT(outcomes[i].accepted == right[i].accepted);
    RC_ASSERT(outcomes[i].duplicates == right[i].duplicates);
    RC_ASSERT(outcomes[i].conflicts == right[i].conflicts);
    RC_ASSERT(outcomes[i].refused_voids == right[i].refused_voids);
  }
}

// A snapshot and what had been accepted when it was taken.
struct Held {
  std::unique_ptr<UsageSnapshot> snapshot;
  Batch accepted;
};

template <class Answer>
void expect_right(const core::Period& range, const Answer& answer, const Answer& right) {
  if (answer == right) return;
  RC_LOG() << "range " << core::to_string(range.start) << " to " << core::to_string(range.end) << "\n";
  RC_LOG() << "answer " << testing::PrintToString(answer) << "\nright  " << testing::PrintToString(right) << "\n";
  RC_FAIL("the answer is not the right one");
}

// From the first to the last day that any usage event touches, voided or not.
std::optional<core::Period> expected_days(const Batch& accepted, const core::OrganizationId& id) {
  std::optional<core::Period> days;
  for (const core::Event& event : accepted) {
    const auto* usage = std::get_if<core::UsageEvent>(&event);
    if (usage == nullptr || usage->organization != id) continue;
    const core::TimePoint last = usage->until ? *usage->until - core::milliseconds{1} : usage->time;
    const core::TimePoint start{core::day_of(usage->time)};
    const core::TimePoint end{core::day_of(last) + std::chrono::days{1}};
    days = days ? core::Period{std::min(days->start, start), std::max(days->end, end)} : core::Period{start, end};
  }
  return days;
}

void check(const UsageSnapshot& snapshot, const Batch& accepted) {
  const core::Period range = any_range();
  for (std::uint8_t number = 0; number < organizations; ++number) {
    const core::OrganizationId id = organization(number);
    const Seen right = expected(accepted, id, range);
    expect_right(range, seen(snapshot, id, range), right);
    expect_right(range, pools(snapshot, id, range), pools(right));
    expect_right(range, present(snapshot, id, range), expected_presence(accepted, id, range));
    expect_right(range, told(snapshot, id, range), expected_told(accepted, id, range));
    const auto days = snapshot.days_with_events(id);
    RC_ASSERT(days.has_value());
    RC_ASSERT(*days == expected_days(accepted, id));
  }
}

void live_through(StoreUnderTest& under_test) {
  const std::unique_ptr<Store> memory = make_memory_store();
  Ledger ledger;
  std::vector<Held> held;
  for (int left = *rc::gen::inRange(1, 25); left > 0; --left) {
    const Group group = any_group();
    const auto right = ledger.take(group);
    expect_same(commit_group(*memory, group), right);
    expect_same(commit_group(under_test.store(), group), right);
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
        held.clear();  // a snapshot keeps the directory in use
        under_test.reopen();
        break;
      case 1:
      case 2:
        held.push_back({under_test.store().snapshot(), ledger.accepted()});
        break;
      default:
        break;
    }
    check(*memory->snapshot(), ledger.accepted());
    check(*under_test.store().snapshot(), ledger.accepted());
    for (const Held& earlier : held) check(*earlier.snapshot, earlier.accepted);
  }

  held.clear();
  under_test.reopen();
  for (int round = 0; round < 10; ++round) check(*under_test.store().snapshot(), ledger.accepted());
  const auto again = commit_group(under_test.store(), {ledger.accepted()});
  RC_ASSERT(again[0].duplicates == ledger.accepted().size());
  RC_ASSERT(under_test.store().figures().events_stored == ledger.accepted().size());
}

RC_GTEST_PROP(RandomHistory, TheEmbeddedStoreAnswersAsTheRulesSay, ()) {
  const auto seal_after_events = *rc::gen::inRange<std::uint64_t>(1, 12);
  const auto under_test = make_embedded(small_settings(seal_after_events));
  live_through(*under_test);
}

}  // namespace
}  // namespace tallystick::store::test
