// Compiled without RTTI, as Debian's RocksDB is: a class that derives from one of its own needs it so.
#include "contenders/rollup_merge.hpp"

#include <rocksdb/merge_operator.h>

#include <cstring>

#include "contenders/keyed_event.hpp"

namespace tallystick::bench {
namespace {

class RollupMerge final : public rocksdb::AssociativeMergeOperator {
 public:
  bool Merge(const rocksdb::Slice& /*key*/, const rocksdb::Slice* existing, const rocksdb::Slice& value,
             std::string* merged, rocksdb::Logger* /*logger*/) const override {
    DayRollup sum;
    if (existing != nullptr) {
      if (existing->size() != sizeof sum) return false;
      std::memcpy(&sum, existing->data(), sizeof sum);
    }
    DayRollup added;
    if (value.size() != sizeof added) return false;
    std::memcpy(&added, value.data(), sizeof added);
    sum.add(added);
    merged->assign(reinterpret_cast<const char*>(&sum), sizeof sum);
    return true;
  }
  [[nodiscard]] const char* Name() const override { return "day rollup"; }
};

}  // namespace

std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge() {
  return std::make_shared<RollupMerge>();
}

}  // namespace tallystick::bench
