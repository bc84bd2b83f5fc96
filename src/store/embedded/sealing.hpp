#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "store/embedded/database.hpp"
#include "store/embedded/live_tails.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// Seals tails in the background: writes them as sorted runs, makes those part of the database together with the new
/// watermark, and forgets the log up to it. A crash at any point leaves either all of the log or all of the runs.
class Sealing {
 public:
  /// `tails` must outlive this.
  Sealing(std::shared_ptr<Database> database, LiveTails& tails);
  /// Finishes what is being sealed.
  ~Sealing();
  Sealing(const Sealing&) = delete;
  Sealing& operator=(const Sealing&) = delete;

  /// Makes the active tail the one that is being sealed, unless one is already. For the committing thread.
  void begin();

  /// Why the last attempt failed, told once; the tail was kept, and is tried again from here on.
  [[nodiscard]] std::optional<StoreError> take_failure();

 private:
  void run();
  [[nodiscard]] StoreStatus seal(const std::shared_ptr<const Tail>& tail);

  std::shared_ptr<Database> database_;
  LiveTails& tails_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_due_ = false;
  bool is_stopping_ = false;
  std::optional<StoreError> failure_;

  std::thread thread_;  // last: the members above are ready before it runs
};

}  // namespace tallystick::store::embedded
