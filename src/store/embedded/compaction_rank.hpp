#pragma once
#include <memory>

namespace rocksdb {
class EventListener;
}

namespace tallystick::store::embedded {

/// Makes threads of the database that merge runs take the rank of merging.
[[nodiscard]] std::shared_ptr<rocksdb::EventListener> make_compaction_rank();

}  // namespace tallystick::store::embedded
