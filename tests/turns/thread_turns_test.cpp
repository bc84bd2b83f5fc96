#include "turns/thread_turns.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>

namespace tallystick::turns {
namespace {

int niceness_of_this_thread() {
  return ::getpriority(PRIO_PROCESS, 0);
}

int niceness_after(Rank rank) {
  return std::async(std::launch::async,
                    [rank] {
                      take_rank(rank);
                      return niceness_of_this_thread();
                    })
      .get();
}

TEST(ThreadTurns, WhoStoresGivesWayAndWhoMergesMore) {
  const int before = niceness_of_this_thread();
  if (before >= niceness_after(Rank::storing)) GTEST_SKIP() << "these tests were started with niceness " << before;
  EXPECT_EQ(niceness_after(Rank::answering), before);
  EXPECT_GT(niceness_after(Rank::storing), before);
  EXPECT_GT(niceness_after(Rank::merging), niceness_after(Rank::storing));
  EXPECT_EQ(niceness_of_this_thread(), before) << "only the thread that asks changes";
}

TEST(ThreadTurns, WhoGaveWayMoreStaysAsItIs) {
  const int merging = niceness_after(Rank::merging);
  auto afterwards = std::async(std::launch::async, [] {
    take_rank(Rank::merging);
    take_rank(Rank::storing);
    take_rank(Rank::answering);
    return niceness_of_this_thread();
  });
  EXPECT_EQ(afterwards.get(), merging);
}

}  // namespace
}  // namespace tallystick::turns
