#pragma once
#include <atomic>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/embedded/stored_event.hpp"

namespace tallystick::store::embedded {

/// A usage event in memory. Texts live as long as the tail.
struct TailEvent {
  core::MeteredEvent event;
  PairHash pair;
  ResourceNumber resource{};
  std::uint64_t sequence = 0;
};

/// A usage event that a void took out, in the tail or sealed before.
struct VoidedEvent {
  PairHash pair;
  EventPlace place;
  std::uint64_t sequence = 0;  ///< since which commit
};

/// A void as it was sent.
struct TailVoid {
  OrganizationNumber organization{};
  PairHash pair;
  std::string_view source;
  std::string_view id;
  std::string_view target_source;
  std::string_view target_id;
};

/// The events of one product of one organization, in the order of their commits. What was appended is never moved.
class TailStream {
 public:
  void append(const TailEvent& event);
  /// The events of commits up to `sequence`.
  [[nodiscard]] std::vector<std::span<const TailEvent>> up_to(std::uint64_t sequence) const;

 private:
  struct Chunk {
    std::unique_ptr<TailEvent[]> events;
    std::size_t capacity = 0;
    std::size_t size = 0;
  };
  std::vector<Chunk> chunks_;
};

/// What the log holds since the last sealing, in memory: one thread appends, any thread reads.
class Tail {
 public:
  using StreamKey = std::pair<OrganizationNumber, ProductNumber>;
  using Pairs = boost::unordered_flat_map<PairHash, PairState, PairHashInTable>;
  using Voided = std::map<OrganizationNumber, std::vector<VoidedEvent>>;

  /// Adds the events of one group. Sequences grow.
  void append(std::uint64_t sequence, std::span<const LoggedEvent> events);

  /// What the tail knows of a pair; nullptr where it knows nothing. For the appending thread alone, until the tail is
  /// complete.
  [[nodiscard]] const PairState* find(const PairHash& pair) const;

  /// Accepted events, voids included.
  [[nodiscard]] std::uint64_t size() const { return size_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t last_sequence() const { return last_sequence_.load(std::memory_order_relaxed); }

  /// One organization's part, as commits up to a sequence left it. Spans live as long as the tail.
  struct View {
    using Events = std::vector<std::span<const TailEvent>>;
    std::vector<std::pair<ProductNumber, Events>> streams;  ///< in the order of their products
    std::vector<VoidedEvent> voided;
    [[nodiscard]] std::span<const std::span<const TailEvent>> of(ProductNumber product) const;
  };
  [[nodiscard]] View view(OrganizationNumber organization, std::uint64_t sequence) const;

  // The whole of a tail that is complete: nothing is appended any more.
  [[nodiscard]] const std::map<StreamKey, TailStream>& streams() const { return streams_; }
  [[nodiscard]] const Pairs& pairs() const { return pairs_; }
  [[nodiscard]] const Voided& voided() const { return voided_; }
  [[nodiscard]] const std::vector<TailVoid>& voids() const { return voids_; }

 private:
  void know(const LoggedUsage& event);
  void know(const LoggedVoid& event);
  void show(std::uint64_t sequence, const LoggedUsage& event);
  void show(std::uint64_t sequence, const LoggedVoid& event);
  TailStream& stream(const StreamKey& key);
  std::string_view keep(std::string_view text);

  // Of the appending thread.
  Pairs pairs_;
  boost::unordered_flat_map<std::uint64_t, TailStream*> stream_index_;
  std::deque<std::string> texts_;
  std::string_view kept_source_;
  std::vector<TailVoid> voids_;

  mutable std::shared_mutex mutex_;  // guards what readers see
  std::map<StreamKey, TailStream> streams_;
  Voided voided_;

  std::atomic<std::uint64_t> size_{0};
  std::atomic<std::uint64_t> last_sequence_{0};
};

}  // namespace tallystick::store::embedded
