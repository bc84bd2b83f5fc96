#include "store/embedded/tail.hpp"

#include <algorithm>
#include <limits>
#include <mutex>

namespace tallystick::store::embedded {
namespace {

constexpr std::size_t chunk_events_min = 8;
constexpr std::size_t chunk_events_max = 1024;
constexpr std::size_t text_block_bytes = 256UL << 10U;

// How many elements were there after the commit `sequence`; they are in the order of their commits.
template <class Elements>
std::size_t count_up_to(const Elements& elements, std::uint64_t sequence) {
  const auto end = std::partition_point(elements.begin(), elements.end(),
                                        [&](const auto& element) { return element.sequence <= sequence; });
  return static_cast<std::size_t>(end - elements.begin());
}

}  // namespace

void TailStream::append(const TailEvent& event) {
  if (chunks_.empty() || chunks_.back().size == chunks_.back().capacity) {
    const std::size_t capacity =
        chunks_.empty() ? chunk_events_min : std::min(chunk_events_max, chunks_.back().capacity * 2);
    chunks_.push_back({std::make_unique<TailEvent[]>(capacity), capacity, 0});
  }
  Chunk& chunk = chunks_.back();
  chunk.events[chunk.size++] = event;
}

std::vector<std::span<const TailEvent>> TailStream::up_to(std::uint64_t sequence) const {
  std::vector<std::span<const TailEvent>> spans;
  for (const Chunk& chunk : chunks_) {
    const std::span<const TailEvent> events(chunk.events.get(), chunk.size);
    const std::size_t count = count_up_to(events, sequence);
    if (count > 0) spans.push_back(events.first(count));
    if (count < events.size()) break;
  }
  return spans;
}

void Tail::append(std::uint64_t sequence, std::span<const LoggedEvent> events) {
  for (const LoggedEvent& event : events) {
    std::visit([this](const auto& logged) { know(logged); }, event);
  }
  const std::unique_lock lock(mutex_);
  for (const LoggedEvent& event : events) {
    std::visit([this, sequence](const auto& logged) { show(sequence, logged); }, event);
  }
  size_.fetch_add(events.size(), std::memory_order_relaxed);
  last_sequence_.store(sequence, std::memory_order_relaxed);
}

const PairState* Tail::find(const PairHash& pair) const {
  const auto known = pairs_.find(pair);
  return known == pairs_.end() ? nullptr : &known->second;
}

std::span<const std::span<const TailEvent>> Tail::View::of(ProductNumber product) const {
  const auto stream = std::ranges::lower_bound(streams, product, {}, [](const auto& entry) { return entry.first; });
  if (stream == streams.end() || stream->first != product) return {};
  return stream->second;
}

Tail::View Tail::view(OrganizationNumber organization, std::uint64_t sequence) const {
  View view;
  const std::shared_lock lock(mutex_);
  for (auto stream = streams_.lower_bound({organization, ProductNumber{0}});
       stream != streams_.end() && stream->first.first == organization; ++stream) {
    auto spans = stream->second.up_to(sequence);
    if (!spans.empty()) view.streams.emplace_back(stream->first.second, std::move(spans));
  }
  if (const auto voided = voided_.find(organization); voided != voided_.end()) {
    const auto count = static_cast<std::ptrdiff_t>(count_up_to(voided->second, sequence));
    view.voided.assign(voided->second.begin(), voided->second.begin() + count);
  }
  return view;
}

void Tail::know(const LoggedUsage& event) {
  pairs_[event.pair] = {PairState::Kind::usage, event.organization, event.content, event.place};
}

void Tail::know(const LoggedVoid& event) {
  pairs_[event.pair] = {PairState::Kind::correction, event.organization, event.content, {}};
  // Of a target that has come nothing changes but that it is voided.
  if (!event.target_place) pairs_.try_emplace(event.target, PairState{.organization = event.organization, .place = {}});
  voids_.push_back({event.organization, event.pair, keep(event.source), keep(event.id), keep(event.target_source),
                    keep(event.target_id)});
}

void Tail::show(std::uint64_t sequence, const LoggedUsage& event) {
  if (event.source != kept_source_) kept_source_ = keep(event.source);
  stream({event.organization, event.place.product})
      .append({.event = {.time = event.place.time,
                         .until = event.place.until,
                         .quantity = event.quantity,
                         .source = kept_source_,
                         .id = keep(event.id)},
               .pair = event.pair,
               .resource = event.place.resource,
               .sequence = sequence});
  if (event.is_voided) voided_[event.organization].push_back({event.pair, event.place, sequence});
}

void Tail::show(std::uint64_t sequence, const LoggedVoid& event) {
  if (event.target_place) voided_[event.organization].push_back({event.target, *event.target_place, sequence});
}

TailStream& Tail::stream(const StreamKey& key) {
  const std::uint64_t packed =
      (std::uint64_t{value_of(key.first)} << std::numeric_limits<std::uint32_t>::digits) | value_of(key.second);
  const auto [entry, is_new] = stream_index_.try_emplace(packed, nullptr);
  if (is_new) entry->second = &streams_[key];
  return *entry->second;
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
