#include "tallystick/core/presence.hpp"

#include <algorithm>
#include <tuple>

namespace tallystick::core {
namespace {

// Not a function: sorting calls it in line, and a month may have ten million pieces.
constexpr auto is_before = [](const Presence& a, const Presence& b) {
  return std::tie(a.resource, a.start_ms) < std::tie(b.resource, b.start_ms);
};

std::uint32_t ms_into(Day day, TimePoint moment) {
  return static_cast<std::uint32_t>((moment - TimePoint{day}).count());
}

}  // namespace

std::optional<Presence> presence_on(Day day, ResourceNumber resource, const Period& interval) {
  const auto part = interval.intersection({TimePoint{day}, TimePoint{day + std::chrono::days{1}}});
  if (!part) return std::nullopt;
  return Presence{resource, ms_into(day, part->start), ms_into(day, part->end)};
}

void merge_presence(std::vector<Presence>& pieces) {
  // Mostly what comes is in order, or is two things that are.
  const auto second = std::is_sorted_until(pieces.begin(), pieces.end(), is_before);
  if (std::is_sorted(second, pieces.end(), is_before)) {
    std::inplace_merge(pieces.begin(), second, pieces.end(), is_before);
  } else {
    std::sort(pieces.begin(), pieces.end(), is_before);
  }
  auto merged = pieces.begin();
  for (auto piece = pieces.begin(); piece != pieces.end(); ++piece) {
    if (merged != pieces.begin()) {
      Presence& last = *(merged - 1);
      if (last.resource == piece->resource && piece->start_ms <= last.end_ms) {
        last.end_ms = std::max(last.end_ms, piece->end_ms);
        continue;
      }
    }
    *merged++ = *piece;
  }
  pieces.erase(merged, pieces.end());
}

std::vector<Presence> presence_outside(std::span<const Presence> pieces, std::span<const Presence> taken) {
  std::vector<Presence> rest;
  rest.reserve(pieces.size());
  auto other = taken.begin();
  for (Presence piece : pieces) {
    // Nothing that ends before this piece matters to it or to those after it.
    while (other != taken.end() && (other->resource < piece.resource ||
                                    (other->resource == piece.resource && other->end_ms <= piece.start_ms))) {
      ++other;
    }
    for (auto over = other; over != taken.end() && over->resource == piece.resource && over->start_ms < piece.end_ms;
         ++over) {
      if (piece.start_ms < over->start_ms) rest.push_back({piece.resource, piece.start_ms, over->start_ms});
      piece.start_ms = std::min(over->end_ms, piece.end_ms);
    }
    if (piece.start_ms < piece.end_ms) rest.push_back(piece);
  }
  return rest;
}

}  // namespace tallystick::core
