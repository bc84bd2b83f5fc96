#include "store/embedded/pair_filter_filling.hpp"

#include <utility>
#include <vector>

#include "store/embedded/pair_rows.hpp"
#include "turns/thread_turns.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::size_t pairs_at_once = 4096;

}  // namespace

PairFilterFilling::PairFilterFilling(std::shared_ptr<Database> database, PairFilter& filter)
    : database_(std::move(database)), filter_(filter), thread_([this] { run(); }) {}

PairFilterFilling::~PairFilterFilling() {
  is_stopping_ = true;
  thread_.join();
}

void PairFilterFilling::run() {
  turns::take_rank(turns::Rank::merging);
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> row(
      database_->rocks().NewIterator(options, database_->family(Family::dedupe)));
  std::vector<PairHash> pairs;
  for (row->SeekToFirst(); row->Valid() && !is_stopping_ && !filter_.is_full(); row->Next()) {
    const auto pair = pair_of_key(view_of(row->key()));
    if (!pair) return;
    pairs.push_back(*pair);
    if (pairs.size() < pairs_at_once) continue;
    filter_.add(pairs);
    pairs.clear();
  }
  if (!row->status().ok() || is_stopping_ || filter_.is_full()) return;
  filter_.add(pairs);
  filter_.set_complete();
}

}  // namespace tallystick::store::embedded
