#pragma once
#include <atomic>
#include <memory>
#include <thread>

#include "store/embedded/database.hpp"
#include "store/embedded/pair_filter.hpp"

namespace tallystick::store::embedded {

/// Adds the pairs that the database holds at a start to a filter, in the background: until it is done, commits ask the
/// database. A read that fails leaves the filter incomplete, which costs time and nothing else.
class PairFilterFilling {
 public:
  /// `filter` must outlive this.
  PairFilterFilling(std::shared_ptr<Database> database, PairFilter& filter);
  /// Gives up what is left to be added.
  ~PairFilterFilling();
  PairFilterFilling(const PairFilterFilling&) = delete;
  PairFilterFilling& operator=(const PairFilterFilling&) = delete;

 private:
  void run();

  std::shared_ptr<Database> database_;
  PairFilter& filter_;
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;  // last: the members above are ready before it runs
};

}  // namespace tallystick::store::embedded
