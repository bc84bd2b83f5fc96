#include "store/embedded/compaction_priority.hpp"

#include <rocksdb/listener.h>
#include <sys/resource.h>

namespace tallystick::store::embedded {
namespace {

// About a tenth of the share of a thread that answers, while both want a processor.
constexpr int niceness = 10;

class CompactionPriority final : public rocksdb::EventListener {
 public:
  void OnCompactionBegin(rocksdb::DB* /*database*/, const rocksdb::CompactionJobInfo& /*job*/) override {
    // The thread that calls, for on Linux that is what 0 means. Without the right to, merging is as it was.
    if (::getpriority(PRIO_PROCESS, 0) < niceness) static_cast<void>(::setpriority(PRIO_PROCESS, 0, niceness));
  }
};

}  // namespace

std::shared_ptr<rocksdb::EventListener> make_compaction_priority() {
  return std::make_shared<CompactionPriority>();
}

}  // namespace tallystick::store::embedded
