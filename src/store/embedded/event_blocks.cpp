#include "store/embedded/event_blocks.hpp"

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t block_version = 2;
// In the first byte of each entry's id.
constexpr unsigned has_until = 1;
constexpr unsigned has_source = 2;
constexpr std::size_t key_bytes_before_day = 2 * sizeof(std::uint32_t);

// The part of the key that all blocks of a day share, and where within them a moment lies.
std::string key_up_to(OrganizationNumber organization, ProductNumber product, core::Day day, core::TimePoint moment) {
  std::string key;
  ByteWriter writer(key);
  writer.u32_ordered(value_of(organization));
  writer.u32_ordered(value_of(product));
  writer.u32_ordered(static_cast<std::uint32_t>(day.time_since_epoch().count()));
  writer.u32_ordered(static_cast<std::uint32_t>((moment - core::TimePoint{day}).count()));
  return key;
}

// The first moment that a block's key names; absent where the key is none of ours.
std::optional<core::TimePoint> moment_of(std::string_view key) {
  ByteReader reader(key);
  static_cast<void>(reader.raw(key_bytes_before_day));
  const core::Day day{std::chrono::days{reader.u32_ordered()}};
  const core::milliseconds moment{reader.u32_ordered()};
  return reader.ok() ? std::optional(core::TimePoint{day} + moment) : std::nullopt;
}

// An entry after `last`, which before the first one has the block's first moment and no source.
BlockEvent read_entry(ByteReader& reader, PackedTextReader& ids, const core::MeteredEvent& last) {
  BlockEvent entry;
  const auto [id, flags] = ids.next(reader);
  entry.event.id = id;
  entry.event.source = (flags & has_source) != 0 ? reader.text() : last.source;
  entry.resource = ResourceNumber{reader.number32()};
  entry.event.time = last.time + core::milliseconds{reader.signed_number()};
  if ((flags & has_until) != 0) entry.event.until = entry.event.time + core::milliseconds{reader.signed_number()};
  entry.event.quantity = reader.decimal();
  return entry;
}

}  // namespace

std::string event_block_key(const EventBlockKey& key) {
  std::string bytes = key_up_to(key.organization, key.product, key.day, key.first);
  ByteWriter writer(bytes);
  // Seals only tell their blocks apart: in any order, and short.
  writer.number(key.seal);
  writer.u32_ordered(key.number);
  return bytes;
}

void EventBlockWriter::begin(core::TimePoint first) {
  bytes_.clear();
  ByteWriter(bytes_).u8(block_version);
  ids_.clear();
  last_source_.clear();
  last_time_ = first;
  size_ = 0;
}

void EventBlockWriter::add(const BlockEvent& entry) {
  ByteWriter writer(bytes_);
  const core::MeteredEvent& event = entry.event;
  const bool is_other_source = size_ == 0 || event.source != last_source_;
  ids_.add(bytes_, event.id,
           static_cast<std::uint8_t>((event.until ? has_until : 0U) | (is_other_source ? has_source : 0U)));
  if (is_other_source) {
    writer.text(event.source);
    last_source_ = event.source;
  }
  writer.number(value_of(entry.resource));
  writer.signed_number((event.time - last_time_).count());
  last_time_ = event.time;
  if (event.until) writer.signed_number((*event.until - event.time).count());
  writer.decimal(event.quantity);
  ++size_;
}

StoreStatus EventBlockReader::read(OrganizationNumber organization, ProductNumber product, const core::Period& part,
                                   const UseBlock& use) {
  open();
  const core::Day day = core::day_of(part.start);
  const std::string from = key_up_to(organization, product, day, core::TimePoint{day});
  // Blocks that begin at or after the end hold nothing of the part.
  const std::string to = key_up_to(organization, product, day, part.end);
  for (row_->Seek(from); row_->Valid() && view_of(row_->key()) < to; row_->Next()) {
    if (auto read = read_block(view_of(row_->key()), view_of(row_->value())); !read) return read;
    if (auto used = use(block_); !used) return used;
  }
  if (!row_->status().ok()) return fail(database_.error("read events", row_->status()));
  return {};
}

Stored<std::optional<DayOfProduct>> EventBlockReader::first_from(OrganizationNumber organization,
                                                                 const DayOfProduct& from) {
  open();
  row_->Seek(key_up_to(organization, from.product, from.day, core::TimePoint{from.day}));
  return place_of_row(organization);
}

Stored<std::optional<core::Day>> EventBlockReader::last_day(OrganizationNumber organization, ProductNumber product) {
  open();
  row_->SeekForPrev(key_up_to(organization, after(product), core::Day{}, core::TimePoint{core::Day{}}));
  const auto place = place_of_row(organization);
  if (!place) return fail(place.error());
  return *place && (*place)->product == product ? std::optional((*place)->day) : std::nullopt;
}

void EventBlockReader::open() {
  if (row_) return;
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  row_.reset(database_.rocks().NewIterator(options, database_.family(Family::events)));
}

Stored<std::optional<DayOfProduct>> EventBlockReader::place_of_row(OrganizationNumber organization) const {
  if (!row_->status().ok()) return fail(database_.error("read events", row_->status()));
  if (!row_->Valid()) return std::nullopt;
  ByteReader key(view_of(row_->key()));
  const OrganizationNumber owner{key.u32_ordered()};
  const ProductNumber product{key.u32_ordered()};
  const core::Day day{std::chrono::days{key.u32_ordered()}};
  if (!key.ok()) return fail(database_.corrupt("an event block of an unknown form"));
  return owner == organization ? std::optional(DayOfProduct{product, day}) : std::nullopt;
}

StoreStatus EventBlockReader::read_block(std::string_view key, std::string_view value) {
  const auto first = moment_of(key);
  ByteReader reader(value);
  if (!first || reader.u8() != block_version) return fail(database_.corrupt("an event block of an unknown form"));
  block_.clear();
  texts_.clear();
  PackedTextReader ids(texts_);
  core::MeteredEvent before;
  before.time = *first;
  while (reader.has_more() && block_.size() < event_block_events_max) {
    block_.push_back(read_entry(reader, ids, block_.empty() ? before : block_.back().event));
  }
  if (!reader.is_done()) return fail(database_.corrupt("an event block that is cut short"));
  return {};
}

}  // namespace tallystick::store::embedded
