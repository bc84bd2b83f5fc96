#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>

#include "store/embedded/stored_event.hpp"

namespace tallystick::store::embedded {

/// Which pairs the database may hold, in memory. Nearly every event is new, and asking here costs a fraction of asking
/// the database. It never denies a pair that is there; of those that are not it takes one in a hundred or so for one.
///
/// Blocked Bloom filters: a pair is eight bits in one block of 32 bytes. Each filter is four times as large as the one
/// before, the last one as large as still fits. Any thread may ask while others add.
class PairFilter {
 public:
  /// Makes room for so many pairs at once, or for half as many where no more fit. Where more memory than `bytes_max`
  /// would be needed, it knows nothing any more, and every pair may be there.
  PairFilter(std::uint64_t pairs_expected, std::uint64_t bytes_max);

  /// What is added again takes no room.
  void add(std::span<const PairHash> pairs);
  /// All pairs that the database held before were added: until then every pair may be there.
  void set_complete() { is_complete_.store(true, std::memory_order_release); }

  [[nodiscard]] bool may_hold(const PairHash& pair) const;
  /// It ran out of memory: what is added is lost, and every pair may be there for ever.
  [[nodiscard]] bool is_full() const { return is_full_.load(std::memory_order_acquire); }
  /// Fetches what may_hold will look at for this pair.
  void prefetch(const PairHash& pair) const;
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  static constexpr std::size_t words_per_block = 8;
  struct Layer {
    explicit Layer(std::uint64_t pairs);
    [[nodiscard]] std::size_t first_word_of(const PairHash& pair) const;
    [[nodiscard]] bool may_hold(const PairHash& pair) const;
    /// For one thread at a time. False: it may have been there already.
    bool add(const PairHash& pair);

    std::uint64_t pairs_max;
    std::uint64_t blocks;
    std::unique_ptr<std::atomic<std::uint32_t>[]> words;  ///< nullptr where there is no memory for them
  };
  static constexpr std::size_t layers_max = 16;

  [[nodiscard]] std::uint64_t pairs_that_fit() const;
  void make_room(std::uint64_t pairs_wanted, std::uint64_t pairs_min);

  const std::uint64_t bytes_max_;
  std::mutex adding_;             // guards what only adders look at
  std::uint64_t pairs_left_ = 0;  // in the last layer
  std::array<std::unique_ptr<Layer>, layers_max> layers_;
  std::atomic<std::size_t> layer_count_{0};
  std::atomic<bool> is_complete_{false};
  std::atomic<bool> is_full_{false};
};

}  // namespace tallystick::store::embedded
