#pragma once
#include <memory>

namespace rocksdb {
class MergeOperator;
}

namespace tallystick::bench {

/// Adds DayRollup rows up, byte for byte as they lie in memory.
[[nodiscard]] std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge();

}  // namespace tallystick::bench
