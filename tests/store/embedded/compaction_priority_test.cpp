#include "store/embedded/compaction_priority.hpp"

#include <gtest/gtest.h>
#include <rocksdb/listener.h>
#include <sys/resource.h>

#include <future>

namespace tallystick::store::embedded {
namespace {

int niceness_of_this_thread() {
  return ::getpriority(PRIO_PROCESS, 0);
}

TEST(CompactionPriority, OnlyTheThreadThatMergesGivesWay) {
  const int before = niceness_of_this_thread();
  const auto of_merging = std::async(std::launch::async, [] {
                            make_compaction_priority()->OnCompactionBegin(nullptr, {});
                            return niceness_of_this_thread();
                          }).get();
  EXPECT_GT(of_merging, 0);
  EXPECT_GE(of_merging, before);  // these tests may have been started as giving way already
  EXPECT_EQ(niceness_of_this_thread(), before);
}

}  // namespace
}  // namespace tallystick::store::embedded
