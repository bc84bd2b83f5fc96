#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/lying_store.hpp"
#include "app/verify_store.hpp"
#include "store/memory/memory_store.hpp"
#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

namespace tallystick::app {
namespace {

using store::test::at;
using store::test::bank;
using store::test::organization;
using store::test::quantity;
using store::test::used;
using store::test::voided;
using test::LyingStore;

const std::vector<core::OrganizationId> organizations{bank, organization(2), organization(3)};

void declare_organizations(store::Store& store) {
  store::CatalogChange change;
  for (const auto& id : organizations) change.put.organizations.push_back({id, "name"});
  ASSERT_TRUE(store.save_catalog(change));
}

Verification verify(const store::Store& store) {
  return verify_store(store, [](std::uint64_t, std::uint64_t) {});
}

std::vector<std::string> texts_of(const Verification& verified) {
  std::vector<std::string> texts;
  for (const Finding& finding : verified.findings) texts.push_back(to_string(finding));
  return texts;
}

// Two organizations with moments and intervals in two months, voids before and after their targets, and two last
// quantities at one time.
class VerifyUsage : public testing::Test {
 protected:
  VerifyUsage() {
    declare_organizations(*store_);
    store::test::commit(
        *store_,
        {voided("v1", "gone"), used({.id = "a", .time = "2026-03-04T09:00:00Z", .quantity = "2.5"}),
         used({.id = "gone", .time = "2026-03-04T10:00:00Z", .quantity = "100"}),
         used({.id = "c", .time = "2026-03-20T09:00:00Z", .quantity = "4"}),
         used({.id = "b", .time = "2026-03-20T09:00:00Z", .quantity = "1"}),
         used({.id = "d", .time = "2026-03-05T09:00:00Z", .resource = "ben"}),
         used({.id = "e", .time = "2026-04-05T09:00:00Z", .quantity = "7"}),
         used({.id = "f", .time = "2026-03-30T22:00:00Z", .until = "2026-04-02T01:00:00Z", .product = "calls"}),
         used({.id = "g", .time = "2026-03-31T01:00:00Z", .until = "2026-03-31T02:00:00Z", .product = "calls"}),
         used({.id = "h", .time = "2026-03-31T05:00:00Z", .product = "devices", .organization = organization(2)})});
    store::test::commit(*store_, {used({.id = "late", .time = "2026-03-06T10:00:00Z", .quantity = "50"})});
    store::test::commit(*store_, {voided("v2", "late")});
  }

  [[nodiscard]] std::vector<std::string> found(LyingStore::Lies lies) const {
    return texts_of(verify(LyingStore(*store_, std::move(lies))));
  }

  const std::string march = "organization " + bank.to_string() + ", month 2026-03, product ";
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
};

TEST_F(VerifyUsage, FindsNothingInARightStore) {
  const Verification verified = verify(*store_);
  EXPECT_EQ(texts_of(verified), std::vector<std::string>{});
  EXPECT_EQ(verified.organizations, 3U);
  // Ten and one were sent besides the voids, and two of these were voided. The interval over two months counts once.
  EXPECT_EQ(verified.events, 8U);
  EXPECT_EQ(verified.closed_periods, 0U);
  EXPECT_EQ(verified.invoices, 0U);
}

TEST_F(VerifyUsage, SaysHowMuchIsDone) {
  std::vector<std::uint64_t> steps;
  static_cast<void>(verify_store(*store_, [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, 3U) << "March and April of one organization, March of the other";
    steps.push_back(done);
  }));
  EXPECT_EQ(steps, (std::vector<std::uint64_t>{1, 2, 3}));
}

// Each row changes one resource's aggregate of one month, and names what is then found.
TEST_F(VerifyUsage, FindsEachFieldThatIsWrong) {
  struct Row {
    std::function<void(core::ResourceAggregate&)> change;
    std::string found;
  };
  const std::vector<Row> rows{
      {[](auto& usage) { usage.sum = quantity("7.6"); }, "sum is 7.6, must be 7.5"},
      {[](auto& usage) { usage.count = 2; }, "number of events is 2, must be 3"},
      {[](auto& usage) { usage.max = quantity("2.5"); }, "largest quantity is 2.5, must be 4"},
      {[](auto& usage) { usage.first_seen = at("2026-03-20T09:00:00Z"); },
       "first event's time is 2026-03-20T09:00:00.000Z, must be 2026-03-04T09:00:00.000Z"},
      {[](auto& usage) { usage.last_time = at("2026-03-21T00:00:00Z"); },
       "last event's time is 2026-03-21T00:00:00.000Z, must be 2026-03-20T09:00:00.000Z"},
      {[](auto& usage) { usage.last_quantity = quantity("1"); }, "last quantity is 1, must be 4"}};
  for (const Row& row : rows) {
    LyingStore::Lies lies;
    lies.usage = [&](std::string_view product, bool is_pooled, std::vector<core::ResourceUsage>& resources) {
      if (is_pooled || product != "minutes") return;
      for (core::ResourceUsage& resource : resources) {
        if (resource.usage.count == 3) row.change(resource.usage);
      }
    };
    EXPECT_EQ(found(lies), std::vector<std::string>{march + "minutes, resource ana: " + row.found});
  }
}

TEST_F(VerifyUsage, FindsUsageThatIsMissing) {
  LyingStore::Lies lies;
  lies.usage = [](std::string_view product, bool is_pooled, std::vector<core::ResourceUsage>& resources) {
    if (!is_pooled && product == "minutes" && resources.size() == 2)
      std::erase_if(resources, [](const auto& resource) { return resource.usage.count == 1; });
  };
  EXPECT_EQ(found(lies),
            std::vector<std::string>{march + "minutes, resource ben: usage is absent, must be 1 event with the "
                                             "sum 1"});
}

TEST_F(VerifyUsage, FindsAWholeProductThatIsMissing) {
  LyingStore::Lies lies;
  lies.usage = [](std::string_view product, bool, std::vector<core::ResourceUsage>& resources) {
    if (product == "devices") resources.clear();
  };
  EXPECT_EQ(found(lies),
            std::vector<std::string>{"organization " + organization(2).to_string() +
                                     ", month 2026-03, product devices, resource ana: usage is absent, must be 1 event "
                                     "with the sum 1"});
}

TEST_F(VerifyUsage, FindsUsageWithoutEvents) {
  LyingStore::Lies lies;
  lies.usage = [](std::string_view product, bool is_pooled, std::vector<core::ResourceUsage>& resources) {
    if (is_pooled || product != "devices") return;
    core::ResourceUsage other = resources.front();
    other.resource = core::ResourceNumber{static_cast<std::uint32_t>(other.resource) + 1};
    other.usage.sum = quantity("5");
    resources.push_back(other);
  };
  EXPECT_EQ(found(lies), std::vector<std::string>{"organization " + organization(2).to_string() +
                                                  ", month 2026-03, product devices, resource ben: usage is 1 event "
                                                  "with the sum 5, must be absent"});
}

TEST_F(VerifyUsage, ManyWrongResourcesOfAProductAreOneFinding) {
  LyingStore::Lies lies;
  lies.usage = [](std::string_view product, bool is_pooled, std::vector<core::ResourceUsage>& resources) {
    if (is_pooled || product != "minutes" || resources.size() != 2) return;
    for (core::ResourceUsage& resource : resources) resource.usage.count += 1;
  };
  EXPECT_EQ(found(lies), std::vector<std::string>{
                             march + "minutes, resource ana (1 of 2 that differ): number of events is 4, must be 3"});
}

TEST_F(VerifyUsage, FindsAPoolThatIsNotTheSumOfItsResources) {
  LyingStore::Lies lies;
  lies.usage = [](std::string_view product, bool is_pooled, std::vector<core::ResourceUsage>& resources) {
    if (is_pooled && product == "minutes" && resources.front().usage.count == 4) resources.front().usage.sum = {};
  };
  EXPECT_EQ(found(lies), std::vector<std::string>{march + "minutes, all resources: sum is 0, must be 8.5"});
}

TEST_F(VerifyUsage, FindsPresenceThatIsWrong) {
  LyingStore::Lies lies;
  lies.presence = [](core::Day day, std::string_view, std::vector<core::Presence>& pieces) {
    if (core::to_string(day) == "2026-04-02") pieces.front().end_ms += 1;
  };
  EXPECT_EQ(found(lies),
            std::vector<std::string>{"organization " + bank.to_string() +
                                     ", month 2026-04, product calls on 2026-04-02: presence is ana from "
                                     "2026-04-02T00:00:00.000Z to 2026-04-02T01:00:00.001Z, must be ana from "
                                     "2026-04-02T00:00:00.000Z to 2026-04-02T01:00:00.000Z"});
}

TEST_F(VerifyUsage, FindsPresenceThatIsMissing) {
  LyingStore::Lies lies;
  lies.presence = [](core::Day, std::string_view, std::vector<core::Presence>& pieces) { pieces.clear(); };
  const std::string must_be = ": presence is absent, must be ana from ";
  EXPECT_EQ(found(lies),
            (std::vector<std::string>{march + "calls on 2026-03-30 (1 of 2 days that differ)" + must_be +
                                          "2026-03-30T22:00:00.000Z to 2026-03-31T00:00:00.000Z",
                                      "organization " + bank.to_string() +
                                          ", month 2026-04, product calls on 2026-04-01 (1 of 2 days that differ)" +
                                          must_be + "2026-04-01T00:00:00.000Z to 2026-04-02T00:00:00.000Z"}));
}

TEST_F(VerifyUsage, GoesOnWhereUsageCannotBeRead) {
  LyingStore::Lies lies;
  lies.usage_error = store::StoreError{store::StoreError::Kind::io, "the disk is gone"};
  const auto texts = found(lies);
  ASSERT_EQ(texts.size(), 6U) << "resources and pools of three months";
  EXPECT_EQ(texts.front(), "organization " + bank.to_string() +
                               ", month 2026-03: usage is unreadable (the disk is gone), must be readable");
}

TEST_F(VerifyUsage, FindsFilesThatAreDamaged) {
  LyingStore::Lies lies;
  lies.files_error = store::StoreError{store::StoreError::Kind::corrupt, "block 7 differs"};
  EXPECT_EQ(found(lies),
            std::vector<std::string>{"data directory: a file is unreadable (block 7 differs), must be readable"});
}

// Random histories, in memory and sealed every few events: nothing is found, and every event that counts was looked at.
core::Event any_event(int number) {
  const core::OrganizationId owner = *rc::gen::elementOf(organizations);
  if (*rc::gen::inRange(0, 5) == 0) {
    return voided("v" + std::to_string(number), std::to_string(*rc::gen::inRange(0, 40)), owner);
  }
  core::UsageEvent event;
  event.source = *rc::gen::element<std::string>("s", "s", "s", "t");
  event.id = std::to_string(number);
  event.organization = owner;
  event.product = *rc::gen::element<std::string>("minutes", "devices", "calls");
  event.resource = *rc::gen::element<std::string>("ana", "ben", "cem");
  event.time =
      at(*rc::gen::element<std::string>("2026-01-31T23:59:59.999Z", "2026-02-01T00:00:00Z", "2026-02-10T12:00:00Z",
                                        "2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00Z", "2027-01-15T08:00:00Z"));
  event.quantity = quantity(*rc::gen::element<std::string>("0", "1", "2.5", "999999999999999999.999999999"));
  if (*rc::gen::inRange(0, 3) == 0) {
    event.until =
        event.time + core::milliseconds{*rc::gen::element<std::int64_t>(1, 3'600'000, 86'400'001, 40LL * 86'400'000)};
  }
  return event;
}

RC_GTEST_PROP(VerifyRandomHistories, FindNothingAndLookAtEveryEventThatCounts, ()) {
  const auto seal_after_events = *rc::gen::element<std::uint64_t>(1'000'000, 1, 5);
  const auto under_test = store::test::make_embedded(store::test::small_settings(seal_after_events));
  const auto memory = store::make_memory_store();
  declare_organizations(*memory);
  declare_organizations(under_test->store());
  std::vector<core::Event> sent;
  for (int number = 0, count = *rc::gen::inRange(1, 60); number < count;) {
    std::vector<core::Event> batch;
    for (int left = *rc::gen::inRange(1, 10); left > 0 && number < count; --left) batch.push_back(any_event(number++));
    store::test::commit(*memory, batch);
    store::test::commit(under_test->store(), batch);
    sent.insert(sent.end(), batch.begin(), batch.end());
    if (*rc::gen::inRange(0, 10) == 0) under_test->reopen();
  }
  const core::Period always{core::event_time_min, at("2030-01-01T00:00:00Z")};
  std::size_t counting = 0;
  for (const auto& id : organizations) {
    counting += store::test::expected_told(sent, id, always).size();
  }
  for (const store::Store* store : {memory.get(), &under_test->store()}) {
    const Verification verified = verify(*store);
    RC_ASSERT(texts_of(verified) == std::vector<std::string>{});
    RC_ASSERT(verified.events == counting);
  }
}

}  // namespace
}  // namespace tallystick::app
