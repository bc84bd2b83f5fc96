#include "store/embedded/event_blocks.hpp"

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t block_version = 1;

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

BlockEvent read_entry(ByteReader& reader, std::string_view last_source) {
  BlockEvent entry;
  entry.resource = ResourceNumber{reader.number32()};
  entry.event.time = reader.time();
  entry.event.until = reader.optional_time();
  entry.event.quantity = reader.decimal();
  entry.event.source = reader.flag() ? reader.text() : last_source;
  entry.event.id = reader.text();
  return entry;
}

}  // namespace

std::string event_block_key(const EventBlockKey& key) {
  std::string bytes = key_up_to(key.organization, key.product, key.day, key.first);
  ByteWriter writer(bytes);
  writer.u64_ordered(key.seal);
  writer.u32_ordered(key.number);
  return bytes;
}

void EventBlockWriter::add(const BlockEvent& entry) {
  ByteWriter writer(bytes_);
  if (size_ == 0) writer.u8(block_version);
  writer.number(value_of(entry.resource));
  writer.time(entry.event.time);
  writer.optional_time(entry.event.until);
  writer.decimal(entry.event.quantity);
  const bool has_source = size_ == 0 || entry.event.source != last_source_;
  writer.u8(has_source ? 1 : 0);
  if (has_source) {
    writer.text(entry.event.source);
    last_source_ = entry.event.source;
  }
  writer.text(entry.event.id);
  ++size_;
}

void EventBlockWriter::clear() {
  bytes_.clear();
  last_source_.clear();
  size_ = 0;
}

StoreStatus EventBlockReader::read(OrganizationNumber organization, ProductNumber product, const core::Period& part,
                                   const UseBlock& use) {
  if (!row_) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    row_.reset(database_.rocks().NewIterator(options, database_.family(Family::events)));
  }
  const core::Day day = core::day_of(part.start);
  const std::string from = key_up_to(organization, product, day, core::TimePoint{day});
  // Blocks that begin at or after the end hold nothing of the part.
  const std::string to = key_up_to(organization, product, day, part.end);
  for (row_->Seek(from); row_->Valid() && view_of(row_->key()) < to; row_->Next()) {
    ByteReader reader(view_of(row_->value()));
    if (reader.u8() != block_version) return fail(database_.corrupt("an event block of an unknown form"));
    block_.clear();
    while (reader.has_more()) {
      block_.push_back(read_entry(reader, block_.empty() ? std::string_view() : block_.back().event.source));
    }
    if (!reader.is_done()) return fail(database_.corrupt("an event block that is cut short"));
    if (auto used = use(block_); !used) return used;
  }
  if (!row_->status().ok()) return fail(database_.error("read events", row_->status()));
  return {};
}

}  // namespace tallystick::store::embedded
