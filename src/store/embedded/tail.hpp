#pragma once
#include <array>
#include <atomic>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/stored_event.hpp"

namespace tallystick::store::embedded {

inline constexpr std::size_t memory_line_bytes = 64;

/// A usage event in memory. Texts live as long as the tail. What adding up looks at lies in one line of memory.
struct alignas(memory_line_bytes) TailEvent {
  OrganizationNumber organization{};
  ProductNumber product{};
  ResourceNumber resource{};
  ContentHash content = 0;
  core::MeteredEvent event;
  PairHash pair;
  std::uint64_t sequence = 0;

  [[nodiscard]] EventPlace place() const { return {product, resource, event.time, event.until}; }
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
  ContentHash content = 0;
  std::string_view source;
  std::string_view id;
  std::string_view target_source;
  std::string_view target_id;
};

/// A pair that no event has, but a void names.
struct PendingPair {
  OrganizationNumber organization{};
  PairHash pair;
};

/// Elements one after the other, in pieces that are never moved.
template <class Element>
class SteadyArray {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const Element& operator[](std::size_t at) const { return chunks_[at / chunk_size][at % chunk_size]; }
  const Element& push_back(const Element& element) {
    if (size_ % chunk_size == 0) chunks_.push_back(std::make_unique_for_overwrite<Element[]>(chunk_size));
    return chunks_.back()[size_++ % chunk_size] = element;
  }

 private:
  static constexpr std::size_t chunk_size = 1U << 14U;
  std::vector<std::unique_ptr<Element[]>> chunks_;
  std::size_t size_ = 0;
};

/// One organization's events by product, those of one product in the order of their commits.
class TailStreams {
 public:
  using Events = std::span<const TailEvent* const>;
  using OfProducts = boost::unordered_flat_map<ProductNumber, std::vector<const TailEvent*>>;

  TailStreams() = default;
  /// Those of commits up to `sequence`.
  TailStreams(const OfProducts& events, std::uint64_t sequence);

  /// The products that there are, in the order of their numbers.
  [[nodiscard]] const std::vector<ProductNumber>& products() const { return products_; }
  /// Empty where there are none. Lives as long as this.
  [[nodiscard]] Events of(ProductNumber product) const;

 private:
  std::vector<const TailEvent*> events_;
  std::vector<ProductNumber> products_;
  std::vector<std::size_t> ends_;  // of the products, in events_
};

/// Asks memory for an event that is soon looked at: they lie far apart.
inline void fetch_ahead_of(TailStreams::Events events, std::size_t at) {
  constexpr std::size_t ahead = 16;
  if (at + ahead < events.size()) __builtin_prefetch(events[at + ahead]);
}

/// What the log holds since the last sealing, in memory: one thread appends, any thread reads. Events lie in the order
/// of their commits, whosoever they are: to append is to write on where the last event ended. Lists say where those of
/// each product of each organization are.
class Tail {
 public:
  /// Takes any number of events; has room for the pairs of so many.
  explicit Tail(std::uint64_t events_expected = 0) : pairs_(events_expected, PairOf{this}, PairOf{this}) {}
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  /// Adds the events of one group. Sequences grow.
  void append(std::uint64_t sequence, std::span<const LoggedEvent> events);

  /// What the tail knows of a pair; absent where it knows nothing. For the appending thread alone, until the tail is
  /// complete.
  [[nodiscard]] std::optional<PairState> find(const PairHash& pair) const;

  /// Accepted events, voids included.
  [[nodiscard]] std::uint64_t size() const { return size_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t last_sequence() const { return last_sequence_.load(std::memory_order_acquire); }

  /// One organization's part, as commits up to a sequence left it. Events live as long as the tail.
  struct View {
    TailStreams streams;
    std::vector<VoidedEvent> voided;
  };
  [[nodiscard]] View view(OrganizationNumber organization, std::uint64_t sequence) const;

  // The whole of a tail that is complete: nothing is appended any more.
  /// Organizations have numbers below this one.
  [[nodiscard]] std::uint32_t organizations_end() const { return organizations_end_; }
  [[nodiscard]] const std::vector<TailVoid>& voids() const { return voids_; }
  [[nodiscard]] std::vector<PendingPair> pending() const;
  /// Every pair that find() knows.
  [[nodiscard]] std::vector<PairHash> pairs() const;

 private:
  // A pair is held once, by what has it: a reference says by what.
  enum class Reference : std::uint32_t {};
  struct PairOf {
    using is_transparent = void;
    using is_avalanching = void;
    const Tail* tail;
    std::size_t operator()(const PairHash& pair) const { return PairHashInTable()(pair); }
    std::size_t operator()(Reference reference) const { return PairHashInTable()(tail->pair_of(reference)); }
    bool operator()(const PairHash& a, Reference b) const { return a == tail->pair_of(b); }
    bool operator()(Reference a, const PairHash& b) const { return tail->pair_of(a) == b; }
    bool operator()(Reference a, Reference b) const { return tail->pair_of(a) == tail->pair_of(b); }
  };
  [[nodiscard]] const PairHash& pair_of(Reference reference) const;

  // What readers see of an organization.
  struct OfOrganization {
    TailStreams::OfProducts events;
    std::vector<VoidedEvent> voided;
  };
  // Many locks, each for a few organizations and held for one event: a reader hardly ever waits for the appending
  // thread, which the kernel may stop anywhere, and that one never for long.
  struct Shard {
    std::mutex mutex;
    boost::unordered_flat_map<OrganizationNumber, OfOrganization> organizations;
  };
  static constexpr std::size_t shard_count = 64;

  [[nodiscard]] Shard& shard_of(OrganizationNumber organization) const;
  void show(OrganizationNumber organization, const TailEvent* event, const VoidedEvent* voided);
  void hold(const PairHash& pair, Reference reference);
  void add(std::uint64_t sequence, const LoggedUsage& event);
  void add(std::uint64_t sequence, const LoggedVoid& event);
  std::string_view keep(std::string_view text);

  // Of the appending thread.
  boost::unordered_flat_set<Reference, PairOf, PairOf> pairs_;
  std::deque<std::string> texts_;
  std::string_view kept_source_;
  std::vector<TailVoid> voids_;
  std::vector<PendingPair> awaited_;  // also those that came since

  SteadyArray<TailEvent> events_;
  std::uint32_t organizations_end_ = 0;

  mutable std::array<Shard, shard_count> shards_;
  std::atomic<std::uint64_t> size_{0};
  std::atomic<std::uint64_t> last_sequence_{0};
};

}  // namespace tallystick::store::embedded
