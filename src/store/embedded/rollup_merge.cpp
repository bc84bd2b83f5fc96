#include "store/embedded/rollup_merge.hpp"

#include <rocksdb/merge_operator.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <deque>
#include <limits>
#include <vector>

#include "store/embedded/rollup_entries.hpp"

namespace tallystick::store::embedded {
namespace {

// Entries are added up without looking at the month: what they hold is relative to its days.
constexpr core::Day any_month{};

// The cursors of all rows, in the order of their entries: a tournament in which each game keeps who lost, so that the
// next winner is found on one path from a leaf to the top.
class Tournament {
 public:
  explicit Tournament(std::span<const std::string_view> rows) : leaves_(std::bit_ceil(rows.size())) {
    losers_.assign(leaves_, 0);
    cursors_.reserve(rows.size());
    for (const std::string_view row : rows) cursors_.emplace_back(row);
    // 0 loses to no one: it leaves the games one by one as the players come in.
    for (std::size_t leaf = 0; leaf < leaves_; ++leaf) play(leaf);
  }

  [[nodiscard]] bool has_entry() const { return winner_ != is_through; }
  /// The lowest of all; of one position in any order.
  [[nodiscard]] const RollupEntry& entry() const { return cursors_[leaf()].entry(); }
  [[nodiscard]] bool stands_at(RollupPosition position) const { return winner_ >> leaf_bits == position.value(); }
  void next() { play(leaf()); }
  /// Whether all rows were read, and made sense.
  [[nodiscard]] bool is_done() const { return std::ranges::all_of(cursors_, &RollupCursor::is_done); }

 private:
  // A player is the position where its cursor stands, and its leaf.
  static constexpr unsigned leaf_bits = 64 - RollupPosition::bits;
  static constexpr std::uint64_t is_through = std::numeric_limits<std::uint64_t>::max();

  [[nodiscard]] std::size_t leaf() const { return winner_ & ((std::uint64_t{1} << leaf_bits) - 1); }

  void play(std::size_t leaf) {
    std::uint64_t player = is_through;
    if (leaf < cursors_.size() && cursors_[leaf].next()) {
      player = cursors_[leaf].entry().position.value() << leaf_bits | leaf;
    }
    for (std::size_t game = (leaf + leaves_) / 2; game > 0; game /= 2) {
      const std::uint64_t loser = std::max(player, losers_[game]);
      player = std::min(player, losers_[game]);
      losers_[game] = loser;
    }
    winner_ = player;
  }

  std::size_t leaves_;
  std::vector<std::uint64_t> losers_;  // of games 1 to leaves - 1; those below game n are 2n and 2n + 1
  std::vector<RollupCursor> cursors_;
  std::uint64_t winner_ = is_through;
};

class RollupMerge final : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    if (in.existing_value == nullptr && in.operand_list.size() == 1) {
      out->existing_operand = in.operand_list.front();
      return true;
    }
    return merge(in.existing_value, in.operand_list, out->new_value);
  }

  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands, std::string* merged,
                         rocksdb::Logger*) const override {
    return merge(nullptr, operands, *merged);
  }

  const char* Name() const override { return "tallystick.rollup.4"; }

 private:
  template <class Operands>
  static bool merge(const rocksdb::Slice* existing, const Operands& operands, std::string& merged) {
    std::vector<std::string_view> rows;
    rows.reserve(operands.size() + 1);
    if (existing != nullptr) rows.emplace_back(existing->data(), existing->size());
    for (const rocksdb::Slice& operand : operands) rows.emplace_back(operand.data(), operand.size());
    return merge_rollup_rows(rows, merged);
  }
};

}  // namespace

bool merge_rollup_rows(std::span<const std::string_view> rows, std::string& merged) {
  RollupWriter writer;
  std::size_t bytes = 0;
  for (const std::string_view row : rows) bytes += row.size();
  writer.reserve(bytes);
  Tournament rest(rows);
  while (rest.has_entry()) {
    const RollupEntry entry = rest.entry();
    rest.next();
    if (!rest.stands_at(entry.position)) {
      writer.copy(entry);
      continue;
    }
    core::AggregateFold sum;
    if (!decode_entry(entry, any_month, sum)) return false;
    for (; rest.stands_at(entry.position); rest.next()) {
      core::AggregateFold other;
      if (!decode_entry(rest.entry(), any_month, other) || !sum.add(other)) return false;
    }
    writer.add(entry.position, any_month, sum);
  }
  if (!rest.is_done()) return false;
  merged = writer.take();
  return true;
}

std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge() {
  return std::make_shared<RollupMerge>();
}

}  // namespace tallystick::store::embedded
