#pragma once
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/dictionary.hpp"
#include "store/embedded/pair_filter.hpp"
#include "store/embedded/pair_hash.hpp"
#include "store/embedded/pair_rows.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/embedded/tail.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// Decides what becomes of a group of batches: which events are new, which repeat, which voids are refused. Writes
/// nothing; borrows the group. In four steps, in this order: look_up, decide, number, and then events().
class CommitGroup {
 public:
  /// Tails from the newest to the oldest; absent ones are nullptr.
  CommitGroup(std::span<const EventBatch> batches, const PairHasher& hasher,
              std::vector<std::shared_ptr<const Tail>> tails);

  /// Finds what is known of every pair of the group and of the voids' targets.
  [[nodiscard]] StoreStatus look_up(Database& database, const Dictionary& dictionary, const PairFilter& filter);
  /// Batch by batch, event by event: later ones see what earlier ones did.
  [[nodiscard]] std::vector<BatchOutcome> decide();
  /// Gives the accepted events' names their numbers, and the voids their targets' places.
  void number(DictionaryAdditions& names);

  /// The accepted events in their order. Texts are the group's.
  [[nodiscard]] const std::vector<LoggedEvent>& events() const { return logged_; }
  /// The pairs that something is known of once these are stored: theirs, and those that voids wait for.
  [[nodiscard]] std::vector<PairHash> pairs() const;

 private:
  struct Hashed {
    const core::Event* event = nullptr;
    PairHash pair;
    PairHash target;  // of a void
  };
  struct Accepted {
    const Hashed* hashed;
    ContentHash content;
    bool is_awaited;       // a void of it came before
    bool is_target_known;  // of a void: its target is a usage event that came before
  };

  [[nodiscard]] BatchOutcome decide_batch(std::span<const Hashed> batch);
  [[nodiscard]] const PairState* find(const PairHash& pair) const;
  [[nodiscard]] LoggedUsage log(const Accepted& accepted, const core::UsageEvent& event, DictionaryAdditions& names);
  [[nodiscard]] LoggedVoid log(const Accepted& accepted, const core::VoidEvent& event,
                               DictionaryAdditions& names) const;

  const PairHasher& hasher_;
  std::vector<std::shared_ptr<const Tail>> tails_;
  std::vector<std::size_t> batch_sizes_;
  std::vector<Hashed> hashed_;
  bool has_voids_ = false;
  KnownPairs stored_;   // what was known before the group
  KnownPairs decided_;  // what the group itself adds
  std::vector<Accepted> accepted_;
  std::vector<LoggedEvent> logged_;
};

}  // namespace tallystick::store::embedded
