#include "app/ingest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Taken = Result<IngestOutcome, IngestRefusal>;
using Events = std::vector<core::Event>;

class IngestTest : public test::ServiceTest {
 protected:
  Taken take(Events events) {
    test::Awaited<Taken> taken;
    ingest_.take(std::move(events), taken.callback());
    return taken.take();
  }

  Writer writer_{store_, {.queue_events_max = 50, .group_events_max = 10}};
  Ingest ingest_{writer_, *current_, clock_};
};

TEST_F(IngestTest, CountsAcceptedDuplicatesAndConflicts) {
  const auto first = take({test::usage({.id = "1"}), test::usage({.id = "2"})});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->accepted, 2U);
  const auto second = take({test::usage({.id = "3"}), test::usage({.id = "1"}),
                            test::usage({.id = "2", .quantity = "5"}), test::usage({.id = "3"})});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->accepted, 1U);
  EXPECT_EQ(second->duplicates, 2U);
  ASSERT_EQ(second->conflicts.size(), 1U);
  EXPECT_EQ(second->conflicts[0].index, 2U);
  EXPECT_EQ(second->conflicts[0].source, "test");
  EXPECT_EQ(second->conflicts[0].id, "2");
}

TEST_F(IngestTest, TheOutcomeAloneHoldsTheEvents) {
  const auto taken = take({test::usage({.id = "1"}), test::usage({.id = "2"})});
  ASSERT_TRUE(taken);
  ASSERT_TRUE(taken->events);
  EXPECT_EQ(taken->events->size(), 2U);
  EXPECT_EQ(taken->events.use_count(), 1);
}

TEST_F(IngestTest, AnEmptyBatchIsAnsweredAtOnce) {
  test::Awaited<Taken> taken;
  ingest_.take({}, taken.callback());
  ASSERT_TRUE(taken.has_answer());
  const auto outcome = taken.take();
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->accepted + outcome->duplicates + outcome->conflicts.size(), 0U);
  EXPECT_EQ(store_.commit_door.calls, 0);
}

TEST_F(IngestTest, OneBadEventRefusesTheBatchAndAllFaultsAreTold) {
  const auto taken =
      take({test::usage({.id = "1"}), test::usage({.id = "2", .product = "ghost"}),
            test::usage({.id = "3", .organization = test::stranger}), test::usage({.id = "", .quantity = "-1"})});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().problem.kind, core::ProblemKind::invalid);
  std::vector<std::pair<std::size_t, core::EventField>> places;
  for (const auto& fault : taken.error().faults) places.emplace_back(fault.index, fault.fault.field);
  using core::EventField;
  EXPECT_EQ(
      places,
      (std::vector<std::pair<std::size_t, EventField>>{
          {1, EventField::product}, {2, EventField::organization}, {3, EventField::id}, {3, EventField::quantity}}));
  EXPECT_EQ(store_.figures().events_stored, 0U);
}

TEST_F(IngestTest, TheBuiltInOrganizationHasNoUsage) {
  const auto taken = take({test::usage({.id = "1", .organization = core::operator_organization_id})});
  ASSERT_FALSE(taken);
  ASSERT_EQ(taken.error().faults.size(), 1U);
  EXPECT_EQ(taken.error().faults[0].fault.field, core::EventField::organization);
}

TEST_F(IngestTest, TimesAreComparedWithTheClock) {
  const auto ahead = test::usage({.id = "1", .time = "2026-04-02T00:00:00.001Z"});
  ASSERT_EQ(ingest_.check({ahead}).size(), 1U);
  EXPECT_EQ(ingest_.check({ahead})[0].fault.field, core::EventField::time);
  ASSERT_TRUE(clock_.set(test::at("2026-04-01T00:00:00.001Z")));
  EXPECT_TRUE(ingest_.check({ahead}).empty());
}

TEST_F(IngestTest, AtMostAHundredFaultsAreTold) {
  Events events;
  for (int i = 0; i < 40; ++i) {
    events.push_back(test::usage({.id = "", .product = "ghost", .quantity = "-1"}));
  }
  EXPECT_EQ(ingest_.check(events).size(), core::faults_reported_max);
  const auto taken = take(events);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().faults.size(), core::faults_reported_max);
}

TEST_F(IngestTest, AVoidOfAVoidIsAFaultOfItsTarget) {
  ASSERT_TRUE(take({test::usage({.id = "1"}), test::void_of("1", "2")}));
  const auto taken = take({test::usage({.id = "3"}), test::void_of("2", "4")});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().problem.kind, core::ProblemKind::invalid);
  ASSERT_EQ(taken.error().faults.size(), 1U);
  EXPECT_EQ(taken.error().faults[0].index, 1U);
  EXPECT_EQ(taken.error().faults[0].fault.field, core::EventField::target_id);
  EXPECT_NE(taken.error().faults[0].fault.message.find("cannot be voided"), std::string::npos);
  EXPECT_EQ(store_.figures().events_stored, 2U);
}

TEST_F(IngestTest, ABatchThatNeverFitsIsTooLarge) {
  Events events;
  for (int i = 0; i < 51; ++i) events.push_back(test::usage({.id = std::to_string(i)}));
  const auto taken = take(events);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().problem.kind, core::ProblemKind::too_large);
  events.pop_back();
  EXPECT_TRUE(take(events));
}

TEST_F(IngestTest, AFullQueueComesBackLater) {
  test::Gate disk;
  store_.commit_door.before = [&] { disk.pass(); };
  test::Awaited<Taken> running;
  Events half;
  for (int i = 0; i < 30; ++i) half.push_back(test::usage({.id = std::to_string(i)}));
  ingest_.take(half, running.callback());
  test::Awaited<Taken> refused;
  ingest_.take(half, refused.callback());
  ASSERT_TRUE(refused.has_answer());
  const auto answer = refused.take();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().problem.kind, core::ProblemKind::overloaded);
  EXPECT_EQ(answer.error().problem.retry_after_s, 1);
  disk.open();
  EXPECT_TRUE(running.take());
}

TEST_F(IngestTest, FailuresOfTheStore) {
  store_.commit_door.error = test::disk_error();
  const auto failed = take({test::usage({.id = "1"})});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().problem.kind, core::ProblemKind::storage_failed);
  EXPECT_EQ(failed.error().problem.message, "the disk is gone");
}

TEST_F(IngestTest, AStoreThatFellBehindIsOverload) {
  store_.commit_door.error = store::StoreError{store::StoreError::Kind::overloaded, "sealing fell behind"};
  const auto behind = take({test::usage({.id = "1"})});
  ASSERT_FALSE(behind);
  EXPECT_EQ(behind.error().problem.kind, core::ProblemKind::overloaded);
  EXPECT_EQ(behind.error().problem.retry_after_s, 1);
}

TEST_F(IngestTest, WhoMayAddForWhom) {
  Caller customer;
  customer.organization = test::bank;
  Caller operating;
  operating.organization = core::operator_organization_id;
  EXPECT_TRUE(Ingest::may_add_for(customer, test::bank));
  EXPECT_FALSE(Ingest::may_add_for(customer, test::partner));
  EXPECT_TRUE(Ingest::may_add_for(operating, test::bank));
  EXPECT_TRUE(Ingest::may_add_for(operating, test::stranger));
}

}  // namespace
}  // namespace tallystick::app
