#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace rocksdb {
class MergeOperator;
}

namespace tallystick::store::embedded {

/// Makes one row's value (rollup_entries.hpp) of several: entries of one resource and day are added up, all others are
/// copied unread. One pass, whatever the number of rows. False, and `merged` has no meaning, where the bytes of a row
/// break the format or a sum overflows; bodies that are only copied are not looked into.
[[nodiscard]] bool merge_rollup_rows(std::span<const std::string_view> rows, std::string& merged);

/// Does so when rows of several seals meet in a compaction or a read.
[[nodiscard]] std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge();

}  // namespace tallystick::store::embedded
