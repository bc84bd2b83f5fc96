#include "app/writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/awaited.hpp"
#include "app/guarded_store.hpp"
#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

using Committed = store::Stored<store::BatchOutcome>;
using Sizes = std::vector<std::size_t>;

class WriterTest : public testing::Test {
 protected:
  WriterTest() {
    store_.commit_door.before = [this] { disk_.pass(); };
  }

  Writer::Batch batch(std::size_t events, test::Awaited<Committed>& committed, bool is_valid = true) {
    std::vector<core::Event> made;
    for (std::size_t i = 0; i < events; ++i) made.push_back(test::usage({.id = std::to_string(next_id_++)}));
    return {std::make_shared<const std::vector<core::Event>>(std::move(made)), [is_valid] { return is_valid; },
            committed.callback()};
  }

  test::GuardedStore store_;
  test::Gate disk_;
  int next_id_ = 0;
};

TEST_F(WriterTest, WaitingBatchesBecomeOneGroup) {
  Writer writer(store_, {.queue_events_max = 100, .group_events_max = 10});
  std::vector<test::Awaited<Committed>> committed(6);
  ASSERT_TRUE(writer.enqueue(batch(1, committed[0])));
  disk_.await_arrivals(1);
  for (const auto& [index, events] : {std::pair(1, 4), {2, 6}, {3, 1}, {4, 25}, {5, 2}}) {
    ASSERT_TRUE(writer.enqueue(batch(static_cast<std::size_t>(events), committed[static_cast<std::size_t>(index)])));
  }
  EXPECT_EQ(writer.queued_events(), 39U);
  disk_.open();
  EXPECT_EQ(committed[1].take().value().accepted, 4U);
  EXPECT_EQ(committed[2].take().value().accepted, 6U);
  EXPECT_EQ(committed[4].take().value().accepted, 25U);
  EXPECT_EQ(committed[5].take().value().accepted, 2U);
  EXPECT_EQ(writer.queued_events(), 0U) << "room is there when the answer is";
  EXPECT_EQ(store_.groups, (std::vector<Sizes>{{1}, {4, 6}, {1}, {25}, {2}})) << "a batch above the limit goes alone";
}

TEST_F(WriterTest, AFullQueueTakesNothing) {
  Writer writer(store_, {.queue_events_max = 10, .group_events_max = 10});
  test::Awaited<Committed> running;
  test::Awaited<Committed> waiting;
  test::Awaited<Committed> refused;
  ASSERT_TRUE(writer.enqueue(batch(4, running)));
  disk_.await_arrivals(1);
  ASSERT_TRUE(writer.enqueue(batch(6, waiting)));
  EXPECT_FALSE(writer.enqueue(batch(1, refused))) << "what is being written counts too";
  EXPECT_EQ(writer.queued_events(), 10U);
  disk_.open();
  EXPECT_TRUE(waiting.take());
  EXPECT_FALSE(writer.enqueue(batch(11, refused))) << "never";
  EXPECT_FALSE(refused.has_answer());
  test::Awaited<Committed> later;
  EXPECT_TRUE(writer.enqueue(batch(10, later)));
  EXPECT_EQ(later.take().value().accepted, 10U);
}

TEST_F(WriterTest, ABatchThatIsNoLongerValidIsLeftOut) {
  Writer writer(store_, {.queue_events_max = 100, .group_events_max = 100});
  test::Awaited<Committed> running;
  test::Awaited<Committed> good;
  test::Awaited<Committed> stale;
  ASSERT_TRUE(writer.enqueue(batch(1, running)));
  disk_.await_arrivals(1);
  ASSERT_TRUE(writer.enqueue(batch(3, stale, false)));
  ASSERT_TRUE(writer.enqueue(batch(2, good)));
  disk_.open();
  EXPECT_EQ(good.take().value().accepted, 2U);
  EXPECT_FALSE(stale.has_answer());
  EXPECT_EQ(store_.groups, (std::vector<Sizes>{{1}, {2}}));
  EXPECT_EQ(writer.queued_events(), 0U);
  test::Awaited<Committed> all_stale;
  ASSERT_TRUE(writer.enqueue(batch(5, all_stale, false)));
  test::Awaited<bool> done;
  writer.run_alone([answer = done.callback()] { answer(true); });
  EXPECT_TRUE(done.take());
  EXPECT_EQ(writer.queued_events(), 0U);
  EXPECT_EQ(store_.groups.size(), 2U) << "no group of nothing";
}

TEST_F(WriterTest, AChangeRunsBetweenTheBatchesAroundIt) {
  Writer writer(store_, {});
  std::vector<test::Awaited<Committed>> committed(3);
  ASSERT_TRUE(writer.enqueue(batch(1, committed[0])));
  disk_.await_arrivals(1);
  ASSERT_TRUE(writer.enqueue(batch(2, committed[1])));
  test::Awaited<std::size_t> groups_before_change;
  writer.run_alone([&, answer = groups_before_change.callback()] { answer(store_.groups.size()); });
  ASSERT_TRUE(writer.enqueue(batch(3, committed[2])));
  disk_.open();
  EXPECT_EQ(groups_before_change.take(), 2U);
  EXPECT_TRUE(committed[2].take());
  EXPECT_EQ(store_.groups, (std::vector<Sizes>{{1}, {2}, {3}})) << "a change parts two groups";
}

TEST_F(WriterTest, AFailedGroupFailsEachOfItsBatches) {
  store_.commit_door.error = test::disk_error();
  Writer writer(store_, {});
  std::vector<test::Awaited<Committed>> committed(3);
  for (auto& each : committed) ASSERT_TRUE(writer.enqueue(batch(2, each)));
  disk_.open();
  for (auto& each : committed) {
    const Committed answer = each.take();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message, "the disk is gone");
  }
  EXPECT_EQ(writer.queued_events(), 0U);
  EXPECT_EQ(store_.figures().events_stored, 0U);
}

TEST_F(WriterTest, FinishesWhatIsQueuedAtTheEnd) {
  disk_.open();
  std::vector<test::Awaited<Committed>> committed(50);
  test::Awaited<bool> changed;
  {
    Writer writer(store_, {.queue_events_max = 100, .group_events_max = 7});
    for (auto& each : committed) ASSERT_TRUE(writer.enqueue(batch(2, each)));
    writer.run_alone([answer = changed.callback()] { answer(true); });
  }
  for (auto& each : committed) EXPECT_TRUE(each.has_answer());
  EXPECT_TRUE(changed.has_answer());
  EXPECT_EQ(store_.figures().events_stored, 100U);
}

}  // namespace
}  // namespace tallystick::app
