#include "store/embedded/compaction_rank.hpp"

#include <rocksdb/listener.h>

#include "turns/thread_turns.hpp"

namespace tallystick::store::embedded {
namespace {

class CompactionRank final : public rocksdb::EventListener {
 public:
  // On the thread that is about to merge.
  void OnCompactionBegin(rocksdb::DB* /*database*/, const rocksdb::CompactionJobInfo& /*job*/) override {
    turns::take_rank(turns::Rank::merging);
  }
};

}  // namespace

std::shared_ptr<rocksdb::EventListener> make_compaction_rank() {
  return std::make_shared<CompactionRank>();
}

}  // namespace tallystick::store::embedded
