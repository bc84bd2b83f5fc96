#include "store/embedded/billing_codec.hpp"

#include <algorithm>

#include "store/embedded/catalog_codec.hpp"
#include "store/embedded/contract_codec.hpp"
#include "store/embedded/field_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t value_version = 1;

void write_digest(ByteWriter& writer, const Digest& digest) {
  writer.raw({reinterpret_cast<const char*>(digest.data()), digest.size()});
}
Digest read_digest(ByteReader& reader) {
  Digest digest{};
  const std::string_view bytes = reader.raw(digest.size());
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

// Values of the catalog keep the version in which they were written.
template <class Entity>
Entity read_entity(ByteReader& reader) {
  Entity entity;
  if (!decode(reader.text(), entity)) reader.refuse();
  return entity;
}

void write(ByteWriter& writer, const ClosedPeriod& period) {
  writer.text(encode(period.contract));
  write_day(writer, period.start);
  write_day(writer, period.end);
  writer.time(period.closed_at);
  write_digest(writer, period.products);
  writer.uuid(period.invoice);
}
void read(ByteReader& reader, ClosedPeriod& period) {
  period.contract = read_entity<core::Contract>(reader);
  period.start = read_day(reader);
  period.end = read_day(reader);
  period.closed_at = reader.time();
  period.products = read_digest(reader);
  period.invoice = reader.uuid();
}

void write(ByteWriter& writer, const FrozenText& text) {
  writer.text(text.json);
  write_digest(writer, text.sha256);
}
void read(ByteReader& reader, FrozenText& text) {
  text.json = reader.text();
  text.sha256 = read_digest(reader);
}

void write(ByteWriter& writer, const ClosedPeriodTexts& texts) {
  write(writer, texts.overview);
  write(writer, texts.detail);
}
void read(ByteReader& reader, ClosedPeriodTexts& texts) {
  read(reader, texts.overview);
  read(reader, texts.detail);
}

void write(ByteWriter& writer, const ProductBook& book) {
  writer.number(book.products.size());
  for (const core::Product& product : book.products) writer.text(encode(product));
}
void read(ByteReader& reader, ProductBook& book) {
  book.products = read_list<core::Product>(reader, read_entity<core::Product>);
}

core::BilledAmount read_billed(ByteReader& reader) {
  core::BilledAmount billed;
  billed.thing.contract = reader.uuid();
  billed.thing.period_start = read_day(reader);
  billed.thing.product = reader.text();
  billed.amount = reader.decimal();
  billed.overage_quantity = reader.decimal();
  return billed;
}

void write(ByteWriter& writer, const InvoiceEntry& entry) {
  writer.uuid(entry.id);
  writer.uuid(entry.organization);
  writer.uuid(entry.contract);
  writer.text(entry.seller);
  writer.number(entry.sequence);
  writer.text(entry.number);
  write_enum(writer, entry.kind);
  write_day(writer, entry.date);
  writer.text(entry.currency);
  writer.decimal(entry.amount);
  writer.u8(entry.credits ? 1 : 0);
  if (entry.credits) writer.uuid(*entry.credits);
  writer.number(entry.billed.size());
  for (const core::BilledAmount& billed : entry.billed) {
    writer.uuid(billed.thing.contract);
    write_day(writer, billed.thing.period_start);
    writer.text(billed.thing.product);
    writer.decimal(billed.amount);
    writer.decimal(billed.overage_quantity);
  }
}
void read(ByteReader& reader, InvoiceEntry& entry) {
  entry.id = reader.uuid();
  entry.organization = reader.uuid();
  entry.contract = reader.uuid();
  entry.seller = reader.text();
  entry.sequence = reader.number();
  entry.number = reader.text();
  entry.kind = read_enum(reader, InvoiceKind::credit_note);
  entry.date = read_day(reader);
  entry.currency = reader.text();
  entry.amount = reader.decimal();
  if (reader.flag()) entry.credits = reader.uuid();
  entry.billed = read_list<core::BilledAmount>(reader, read_billed);
}

void write(ByteWriter& writer, const Settlement& settlement) {
  writer.decimal(settlement.paid);
  writer.decimal(settlement.credited);
}
void read(ByteReader& reader, Settlement& settlement) {
  settlement.paid = reader.decimal();
  settlement.credited = reader.decimal();
}

void write(ByteWriter& writer, const Payment& payment) {
  writer.uuid(payment.invoice);
  writer.text(payment.idempotency_key);
  writer.decimal(payment.amount);
  write_day(writer, payment.date);
  writer.text(payment.reference);
  writer.time(payment.recorded_at);
}
void read(ByteReader& reader, Payment& payment) {
  payment.invoice = reader.uuid();
  payment.idempotency_key = reader.text();
  payment.amount = reader.decimal();
  payment.date = read_day(reader);
  payment.reference = reader.text();
  payment.recorded_at = reader.time();
}

template <class Record>
std::string encode_record(const Record& record) {
  return encode_versioned(value_version, record, [](ByteWriter& writer, const Record& each) { write(writer, each); });
}

template <class Record>
bool decode_record(std::string_view value, Record& record) {
  return decode_versioned(value, value_version, record,
                          [](ByteReader& reader, Record& each, std::uint8_t /*version*/) { read(reader, each); });
}

}  // namespace

std::string encode(const ClosedPeriod& period) {
  return encode_record(period);
}
std::string encode(const ClosedPeriodTexts& texts) {
  return encode_record(texts);
}
std::string encode(const FrozenText& text) {
  return encode_record(text);
}
std::string encode(const ProductBook& book) {
  return encode_record(book);
}
std::string encode(const InvoiceEntry& entry) {
  return encode_record(entry);
}
std::string encode(const Settlement& settlement) {
  return encode_record(settlement);
}
std::string encode(const Payment& payment) {
  return encode_record(payment);
}

bool decode(std::string_view value, ClosedPeriod& period) {
  return decode_record(value, period);
}
bool decode(std::string_view value, ClosedPeriodTexts& texts) {
  return decode_record(value, texts);
}
bool decode(std::string_view value, FrozenText& text) {
  return decode_record(value, text);
}
bool decode(std::string_view value, ProductBook& book) {
  return decode_record(value, book);
}
bool decode(std::string_view value, InvoiceEntry& entry) {
  return decode_record(value, entry);
}
bool decode(std::string_view value, Settlement& settlement) {
  return decode_record(value, settlement);
}
bool decode(std::string_view value, Payment& payment) {
  return decode_record(value, payment);
}

}  // namespace tallystick::store::embedded
