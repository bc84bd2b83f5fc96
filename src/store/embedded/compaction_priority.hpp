#pragma once
#include <memory>

namespace rocksdb {
class EventListener;
}

namespace tallystick::store::embedded {

/// Makes threads of the database that merge runs give way to those that answer: merging has time, but whoever waits for
/// a turn of a processor behind it has not. Runs stay few enough all the same, since giving way is not stopping.
[[nodiscard]] std::shared_ptr<rocksdb::EventListener> make_compaction_priority();

}  // namespace tallystick::store::embedded
