#include "store/embedded/tail.hpp"

#include <algorithm>

namespace tallystick::store::embedded {
namespace {

constexpr std::size_t text_block_bytes = 256UL << 10U;

// References: the upper bits say in which list, the lower ones where in it.
enum class HeldBy : std::uint32_t { event = 0, correction = 1, nothing_yet = 2 };
constexpr unsigned place_bits = 30;
constexpr std::uint32_t place_mask = (1U << place_bits) - 1;

constexpr std::uint32_t refer(HeldBy list, std::size_t place) {
  return (static_cast<std::uint32_t>(list) << place_bits) | static_cast<std::uint32_t>(place);
}
constexpr HeldBy list_of(std::uint32_t reference) {
  return HeldBy{reference >> place_bits};
}

}  // namespace

TailStreams::TailStreams(const OfProducts& events, std::uint64_t sequence) {
  std::size_t size = 0;
  products_.reserve(events.size());
  for (const auto& [product, of_product] : events) {
    products_.push_back(product);
    size += of_product.size();
  }
  std::ranges::sort(products_);
  events_.reserve(size);
  for (const ProductNumber product : products_) {
    const auto& of_product = events.find(product)->second;
    events_.insert(events_.end(), of_product.begin(), of_product.end());
    while (!events_.empty() && events_.back()->sequence > sequence) events_.pop_back();
    ends_.push_back(events_.size());
  }
}

TailStreams::Events TailStreams::of(ProductNumber product) const {
  const auto found = std::ranges::lower_bound(products_, product);
  if (found == products_.end() || *found != product) return {};
  const auto at = static_cast<std::size_t>(found - products_.begin());
  const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
  return Events(events_).subspan(begin, ends_[at] - begin);
}

void Tail::append(std::uint64_t sequence, std::span<const LoggedEvent> events) {
  for (const LoggedEvent& event : events) {
    std::visit([this, sequence](const auto& logged) { add(sequence, logged); }, event);
  }
  size_.fetch_add(events.size(), std::memory_order_relaxed);
  last_sequence_.store(sequence, std::memory_order_release);  // who reads it sees the group
}

std::optional<PairState> Tail::find(const PairHash& pair) const {
  const auto known = pairs_.find(pair);
  if (known == pairs_.end()) return std::nullopt;
  const auto reference = static_cast<std::uint32_t>(*known);
  const std::size_t place = reference & place_mask;
  switch (list_of(reference)) {
    case HeldBy::event: {
      const TailEvent& event = events_[place];
      return PairState{PairState::Kind::usage, event.organization, event.content, event.place()};
    }
    case HeldBy::correction:
      return PairState{PairState::Kind::correction, voids_[place].organization, voids_[place].content, {}};
    case HeldBy::nothing_yet:
      break;
  }
  return PairState{PairState::Kind::pending, awaited_[place].organization, 0, {}};
}

Tail::View Tail::view(OrganizationNumber organization, std::uint64_t sequence) const {
  View view;
  Shard& shard = shard_of(organization);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.organizations.find(organization);
  if (found == shard.organizations.end()) return view;
  view.streams = TailStreams(found->second.events, sequence);
  view.voided = found->second.voided;
  while (!view.voided.empty() && view.voided.back().sequence > sequence) view.voided.pop_back();
  return view;
}

std::vector<PendingPair> Tail::pending() const {
  std::vector<PendingPair> pending;
  for (const PendingPair& awaited : awaited_) {
    const auto known = pairs_.find(awaited.pair);
    if (list_of(static_cast<std::uint32_t>(*known)) == HeldBy::nothing_yet) pending.push_back(awaited);
  }
  return pending;
}

std::vector<PairHash> Tail::pairs() const {
  std::vector<PairHash> pairs;
  pairs.reserve(pairs_.size());
  for (const Reference reference : pairs_) pairs.push_back(pair_of(reference));
  return pairs;
}

const PairHash& Tail::pair_of(Reference reference) const {
  const std::size_t place = static_cast<std::uint32_t>(reference) & place_mask;
  switch (list_of(static_cast<std::uint32_t>(reference))) {
    case HeldBy::event:
      return events_[place].pair;
    case HeldBy::correction:
      return voids_[place].pair;
    case HeldBy::nothing_yet:
      break;
  }
  return awaited_[place].pair;
}

void Tail::hold(const PairHash& pair, Reference reference) {
  if (pairs_.insert(reference).second) return;
  // A void named the pair before anything had it.
  pairs_.erase(pair);
  pairs_.insert(reference);
}

void Tail::add(std::uint64_t sequence, const LoggedUsage& event) {
  if (event.source != kept_source_) kept_source_ = keep(event.source);
  const TailEvent& kept = events_.push_back({.organization = event.organization,
                                             .product = event.place.product,
                                             .resource = event.place.resource,
                                             .content = event.content,
                                             .event = {.time = event.place.time,
                                                       .until = event.place.until,
                                                       .quantity = event.quantity,
                                                       .source = kept_source_,
                                                       .id = keep(event.id)},
                                             .pair = event.pair,
                                             .sequence = sequence});
  hold(event.pair, Reference{refer(HeldBy::event, events_.size() - 1)});
  const VoidedEvent voided{event.pair, event.place, sequence};
  show(event.organization, &kept, event.is_voided ? &voided : nullptr);
}

void Tail::add(std::uint64_t sequence, const LoggedVoid& event) {
  voids_.push_back({event.organization, event.pair, event.content, keep(event.source), keep(event.id),
                    keep(event.target_source), keep(event.target_id)});
  hold(event.pair, Reference{refer(HeldBy::correction, voids_.size() - 1)});
  if (event.target_place) {
    const VoidedEvent voided{event.target, *event.target_place, sequence};
    return show(event.organization, nullptr, &voided);
  }
  if (!pairs_.contains(event.target)) {
    awaited_.push_back({event.organization, event.target});
    pairs_.insert(Reference{refer(HeldBy::nothing_yet, awaited_.size() - 1)});
  }
  // Whoever has only voids is met by sealing too.
  show(event.organization, nullptr, nullptr);
}

Tail::Shard& Tail::shard_of(OrganizationNumber organization) const {
  return shards_[value_of(organization) % shard_count];
}

void Tail::show(OrganizationNumber organization, const TailEvent* event, const VoidedEvent* voided) {
  organizations_end_ = std::max(organizations_end_, value_of(organization) + 1);
  Shard& shard = shard_of(organization);
  const std::lock_guard lock(shard.mutex);
  OfOrganization& shown = shard.organizations[organization];
  if (event != nullptr) shown.events[event->product].push_back(event);
  if (voided != nullptr) shown.voided.push_back(*voided);
}

std::string_view Tail::keep(std::string_view text) {
  if (texts_.empty() || texts_.back().capacity() - texts_.back().size() < text.size()) {
    texts_.emplace_back().reserve(std::max(text_block_bytes, text.size()));
  }
  std::string& block = texts_.back();
  const std::size_t start = block.size();
  block.append(text);
  return std::string_view(block).substr(start);
}

}  // namespace tallystick::store::embedded
