#include "store/embedded/presence_reading.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tallystick::store::embedded {
namespace {

core::Day last_day_of(const core::Period& period) {
  return core::day_of(period.end - core::milliseconds{1});
}

// Cuts pieces of a day off where the range begins or ends within it.
void clip(core::Day day, const core::Period& range, std::vector<core::Presence>& pieces) {
  const core::Period whole = period_of(day);
  const auto part = whole.intersection(range);
  if (part == whole) return;
  const auto ms_into = [&](core::TimePoint moment) {
    return static_cast<std::uint32_t>((moment - whole.start).count());
  };
  const std::uint32_t start_ms = part ? ms_into(part->start) : 0;
  const std::uint32_t end_ms = part ? ms_into(part->end) : 0;
  std::erase_if(pieces, [&](core::Presence& piece) {
    piece.start_ms = std::max(piece.start_ms, start_ms);
    piece.end_ms = std::min(piece.end_ms, end_ms);
    return piece.start_ms >= piece.end_ms;
  });
}

}  // namespace

PresenceReading::PresenceReading(UsageSources sources, core::Period range)
    : sources_(std::move(sources)),
      range_(range),
      last_day_(last_day_of(range)),
      voided_(sources_, core::day_of(range.start), last_day_),
      tail_days_(find_in_tails()),
      blocks_(sources_.database, sources_.snapshot, sources_.number, core::day_of(range.start)),
      sealed_events_(sources_.database, sources_.snapshot) {}

StoreStatus PresenceReading::read(const UsageSnapshot::UseDay& use) {
  while (true) {
    const auto day = next_day();
    if (!day) return fail(day.error());
    if (!*day || **day > last_day_) return {};
    if (auto read = read_sealed(**day); !read) return read;
    read_tails(**day);
    if (auto handed_over = hand_over(**day, use); !handed_over) return handed_over;
  }
}

PresenceReading::TailDays PresenceReading::find_in_tails() const {
  std::vector<TailDays::Item> items;
  for (const Tail::View& tail : sources_.tails) {
    for (const ProductNumber product : tail.streams.products()) {
      for (const TailEvent* event : tail.streams.of(product)) {
        if (!event->event.until) continue;
        const auto part = range_.intersection({event->event.time, *event->event.until});
        if (!part || voided_.is_voided_in_tail(event->pair)) continue;
        items.push_back({core::day_of(part->start), last_day_of(*part), {product, event->resource, *part}});
      }
    }
  }
  return TailDays(std::move(items));
}

Stored<std::optional<core::Day>> PresenceReading::next_day() const {
  auto sealed = blocks_.next_day();
  const auto in_tails = tail_days_.next();
  if (!sealed || !in_tails) return sealed;
  return *sealed ? std::min(*sealed, in_tails) : in_tails;
}

StoreStatus PresenceReading::read_sealed(core::Day day) {
  const auto next = blocks_.next_day();
  if (!next) return fail(next.error());
  if (*next != day) return {};
  auto read = blocks_.read_day(
      day, [this](ProductNumber product) -> auto& { return products_[product].pieces; });
  if (!read) return read;
  const auto voided = voided_.on(day);
  if (!voided) return fail(voided.error());
  for (auto& [product, of_product] : products_) {
    if (of_product.pieces.empty()) continue;
    if (auto recounted = recount(day, product, of_product.pieces, **voided); !recounted) return recounted;
  }
  return {};
}

StoreStatus PresenceReading::recount(core::Day day, ProductNumber product, std::vector<core::Presence>& pieces,
                                     const VoidedUsage& voided) {
  const VoidedUsage::Resources* resources = voided.touched(product, day);
  if (resources == nullptr) return {};
  std::erase_if(pieces, [&](const core::Presence& piece) { return resources->contains(piece.resource); });
  return sealed_events_.read(sources_.number, product, period_of(day), [&](std::span<const BlockEvent> block) {
    for (const BlockEvent& entry : block) {
      const core::MeteredEvent& event = entry.event;
      if (!event.until || !resources->contains(entry.resource)) continue;
      if (voided.contains(sources_.hasher.pair(sources_.organization, event.source, event.id))) continue;
      if (const auto piece = core::presence_on(day, entry.resource, {event.time, *event.until})) {
        pieces.push_back(*piece);
      }
    }
    return StoreStatus();
  });
}

void PresenceReading::read_tails(core::Day day) {
  for (const auto& item : tail_days_.go_to(day)) {
    const auto piece = core::presence_on(day, item.what.resource, item.what.interval);
    if (piece) products_[item.what.product].pieces.push_back(*piece);
  }
}

StoreStatus PresenceReading::hand_over(core::Day day, const UsageSnapshot::UseDay& use) {
  answer_.clear();
  for (auto& [product, of_product] : products_) {
    clip(day, range_, of_product.pieces);
    if (of_product.pieces.empty()) continue;
    core::merge_presence(of_product.pieces);
    if (auto found = find_key(product, of_product); !found) return found;
    answer_.push_back({of_product.key, of_product.pieces});
  }
  if (!answer_.empty()) use(day, answer_);
  for (auto& [product, of_product] : products_) of_product.pieces.clear();
  return {};
}

StoreStatus PresenceReading::find_key(ProductNumber product, OfProduct& of_product) const {
  if (!of_product.key.empty()) return {};
  const std::array<std::uint32_t, 1> number{value_of(product)};
  const auto keys = sources_.dictionary.table(Dictionary::Kind::product).names_of(number);
  if (!keys) return fail(sources_.database.corrupt("presence of a product without a key"));
  of_product.key = keys->front();
  return {};
}

}  // namespace tallystick::store::embedded
