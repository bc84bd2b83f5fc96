#include "store/embedded/voided_events.hpp"

#include <memory>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

enum class RowKind : std::uint8_t { voided_day = 0, correction = 1 };

std::string key_up_to(OrganizationNumber organization, core::Day day) {
  std::string key;
  ByteWriter writer(key);
  writer.u8(static_cast<std::uint8_t>(RowKind::voided_day));
  writer.u32_ordered(value_of(organization));
  writer.u32_ordered(static_cast<std::uint32_t>(day.time_since_epoch().count()));
  return key;
}

// False where the row is none of ours.
bool read_row(std::string_view key, std::string_view value, VoidedDay& voided) {
  ByteReader key_reader(key);
  static_cast<void>(key_reader.raw(sizeof(std::uint8_t) + sizeof(std::uint32_t)));
  voided.day = core::Day{std::chrono::days{key_reader.u32_ordered()}};
  voided.pair = read_hash(key_reader);
  ByteReader value_reader(value);
  voided.product = ProductNumber{value_reader.number32()};
  voided.resource = ResourceNumber{value_reader.number32()};
  voided.is_interval = value_reader.flag();
  return key_reader.is_done() && value_reader.is_done();
}

}  // namespace

std::string voided_day_key(OrganizationNumber organization, core::Day day, const PairHash& pair) {
  std::string key = key_up_to(organization, day);
  key.append(view_of(pair));
  return key;
}

std::string voided_day_value(const EventPlace& place) {
  std::string value;
  ByteWriter writer(value);
  writer.number(value_of(place.product));
  writer.number(value_of(place.resource));
  writer.u8(place.until ? 1 : 0);
  return value;
}

std::string void_key(OrganizationNumber organization, const PairHash& pair) {
  std::string key;
  ByteWriter writer(key);
  writer.u8(static_cast<std::uint8_t>(RowKind::correction));
  writer.u32_ordered(value_of(organization));
  writer.raw(view_of(pair));
  return key;
}

std::string void_value(const TailVoid& correction) {
  std::string value;
  ByteWriter writer(value);
  writer.text(correction.source);
  writer.text(correction.id);
  writer.text(correction.target_source);
  writer.text(correction.target_id);
  return value;
}

VoidedDayReader::VoidedDayReader(Database& database, const rocksdb::Snapshot* snapshot, OrganizationNumber organization)
    : database_(database), organization_(organization) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  row_.reset(database.rocks().NewIterator(options, database.family(Family::voids)));
}

StoreStatus VoidedDayReader::read(core::Day first, core::Day last, const UseVoided& use) {
  const std::string end = key_up_to(organization_, last + std::chrono::days{1});
  VoidedDay voided;
  for (row_->Seek(key_up_to(organization_, first)); row_->Valid() && view_of(row_->key()) < end; row_->Next()) {
    if (!read_row(view_of(row_->key()), view_of(row_->value()), voided)) {
      return fail(database_.corrupt("a voided event of an unknown form"));
    }
    use(voided);
  }
  if (!row_->status().ok()) return fail(database_.error("read voided events", row_->status()));
  return {};
}

}  // namespace tallystick::store::embedded
