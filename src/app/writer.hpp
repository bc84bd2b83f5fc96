#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "store/store.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// The only thread that changes usage and the catalog (docs/adr/0008). Waiting batches become one durable group; a
/// catalog change runs between two groups, so that no event is stored against a product that was just removed.
class Writer {
 public:
  struct Settings {
    std::size_t queue_events_max = 200'000;  ///< waiting and being written; beyond it `enqueue` refuses
    std::size_t group_events_max = 20'000;   ///< in one durable write; a larger batch is a group by itself
  };

  /// Runs on the writer thread after the batch is durable, or could not be stored. Must be quick and not throw.
  using OnCommitted = std::function<void(store::Stored<store::BatchOutcome>)>;
  /// Runs on the writer thread just before the batch is written; false takes it out of the group without a further
  /// call (it has answered by itself). Events checked against an older catalog are looked at again here.
  using StillValid = std::function<bool()>;

  Writer(store::Store& store, Settings settings);
  /// Finishes what is queued.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  struct Batch {
    std::shared_ptr<const std::vector<core::Event>> events;
    StillValid still_valid;
    OnCommitted on_committed;
  };
  /// False: the queue is full and nothing was taken. Any thread.
  [[nodiscard]] bool enqueue(Batch batch);

  /// Runs `change` on the writer thread, after everything queued before it and alone. It must not throw. Any thread.
  void run_alone(std::function<void()> change);

  /// Events waiting or being written now.
  [[nodiscard]] std::size_t queued_events() const;
  /// A batch of more events than this is refused however empty the queue is.
  [[nodiscard]] std::size_t queue_events_max() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
