#include "store/embedded/catalog_codec.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t value_version = 1;

// A count that no value of these bytes can have would only exhaust memory: reading stops at the first missing byte.
template <class Element, class ReadElement>
std::vector<Element> read_list(ByteReader& reader, ReadElement read_element) {
  std::vector<Element> list;
  for (std::uint64_t left = reader.number(); left > 0 && reader.ok(); --left) list.push_back(read_element(reader));
  return list;
}

void write_texts(ByteWriter& writer, const std::vector<std::string>& texts) {
  writer.number(texts.size());
  for (const std::string& text : texts) writer.text(text);
}
std::vector<std::string> read_texts(ByteReader& reader) {
  return read_list<std::string>(reader, [](ByteReader& r) { return std::string(r.text()); });
}

void write_optional(ByteWriter& writer, const std::optional<std::int64_t>& value) {
  writer.u8(value ? 1 : 0);
  if (value) writer.signed_number(*value);
}
std::optional<std::int64_t> read_optional_number(ByteReader& reader) {
  return reader.flag() ? std::optional(reader.signed_number()) : std::nullopt;
}

void write_optional(ByteWriter& writer, const std::optional<core::Decimal>& value) {
  writer.u8(value ? 1 : 0);
  if (value) writer.decimal(*value);
}
std::optional<core::Decimal> read_optional_decimal(ByteReader& reader) {
  return reader.flag() ? std::optional(reader.decimal()) : std::nullopt;
}

template <class Enum>
Enum read_enum(ByteReader& reader, Enum last) {
  const std::uint8_t value = reader.u8();
  if (value > static_cast<std::uint8_t>(last)) reader.refuse();
  return static_cast<Enum>(value);
}

void write(ByteWriter& writer, const core::Metering& metering) {
  writer.u8(static_cast<std::uint8_t>(metering.kind));
  writer.optional_text(metering.family);
  write_optional(writer, metering.rank);
  write_optional(writer, metering.step_seconds);
  writer.u8(metering.unit ? 1 : 0);
  if (metering.unit) writer.u8(static_cast<std::uint8_t>(*metering.unit));
}
core::Metering read_metering(ByteReader& reader) {
  core::Metering metering;
  metering.kind = read_enum(reader, core::MeteringKind::concurrent);
  metering.family = reader.optional_text();
  metering.rank = read_optional_number(reader);
  metering.step_seconds = read_optional_number(reader);
  if (reader.flag()) metering.unit = read_enum(reader, core::MeteringUnit::second);
  return metering;
}

core::FairUse read_fair_use(ByteReader& reader) {
  core::FairUse grant;
  grant.product = reader.optional_text();
  grant.each = read_optional_decimal(reader);
  grant.organization = read_optional_decimal(reader);
  return grant;
}

void write(ByteWriter& writer, const core::Organization& organization) {
  writer.uuid(organization.id);
  writer.text(organization.name);
}
void read(ByteReader& reader, core::Organization& organization) {
  organization.id = reader.uuid();
  organization.name = reader.text();
}

void write(ByteWriter& writer, const core::Trust& trust) {
  writer.uuid(trust.trustee);
  writer.uuid(trust.trustor);
  writer.u8(trust.enabled ? 1 : 0);
}
void read(ByteReader& reader, core::Trust& trust) {
  trust.trustee = reader.uuid();
  trust.trustor = reader.uuid();
  trust.enabled = reader.flag();
}

void write(ByteWriter& writer, const core::OAuthClient& client) {
  writer.text(client.id);
  writer.uuid(client.organization);
  writer.text(client.secret_hash);
  write_texts(writer, client.permissions);
  writer.signed_number(client.token_seconds);
  write_texts(writer, client.redirect_uris);
}
void read(ByteReader& reader, core::OAuthClient& client) {
  client.id = reader.text();
  client.organization = reader.uuid();
  client.secret_hash = reader.text();
  client.permissions = read_texts(reader);
  client.token_seconds = reader.signed_number();
  client.redirect_uris = read_texts(reader);
}

void write(ByteWriter& writer, const core::Product& product) {
  writer.text(product.key);
  writer.text(product.name);
  writer.optional_text(product.short_name);
  writer.text(product.part_number);
  writer.text(product.grouping);
  writer.text(product.unit);
  write(writer, product.metering);
  writer.number(product.list_price.size());
  for (const auto& [currency, price] : product.list_price) {
    writer.text(currency);
    writer.decimal(price);
  }
  writer.u8(product.third_party ? 1 : 0);
  writer.u8(product.cancellable ? 1 : 0);
  writer.number(product.fair_use.size());
  for (const core::FairUse& grant : product.fair_use) {
    writer.optional_text(grant.product);
    write_optional(writer, grant.each);
    write_optional(writer, grant.organization);
  }
  writer.u8(product.rolls_up ? 1 : 0);
  if (product.rolls_up) {
    writer.text(product.rolls_up->into);
    writer.decimal(product.rolls_up->units_per_token);
  }
}
void read(ByteReader& reader, core::Product& product) {
  product.key = reader.text();
  product.name = reader.text();
  product.short_name = reader.optional_text();
  product.part_number = reader.text();
  product.grouping = reader.text();
  product.unit = reader.text();
  product.metering = read_metering(reader);
  for (std::uint64_t left = reader.number(); left > 0 && reader.ok(); --left) {
    std::string currency(reader.text());
    product.list_price[std::move(currency)] = reader.decimal();
  }
  product.third_party = reader.flag();
  product.cancellable = reader.flag();
  product.fair_use = read_list<core::FairUse>(reader, read_fair_use);
  if (reader.flag()) {
    std::string into(reader.text());
    product.rolls_up = core::RollUp{std::move(into), reader.decimal()};
  }
}

void write_day(ByteWriter& writer, core::Day day) {
  writer.signed_number(day.time_since_epoch().count());
}
core::Day read_day(ByteReader& reader) {
  return core::Day{std::chrono::days{reader.signed_number()}};
}

void write_items(ByteWriter& writer, const std::vector<core::ContractItem>& items) {
  writer.number(items.size());
  for (const core::ContractItem& item : items) {
    writer.text(item.product);
    writer.decimal(item.prepay_quantity);
    write_optional(writer, item.prepay_price);
    write_optional(writer, item.overage_price);
    writer.number(item.overage_tiers.size());
    for (const core::PriceTier& tier : item.overage_tiers) {
      write_optional(writer, tier.up_to);
      writer.decimal(tier.price);
    }
    writer.decimal(item.bundle_quantity);
    writer.text(item.notes);
  }
}
core::PriceTier read_tier(ByteReader& reader) {
  core::PriceTier tier;
  tier.up_to = read_optional_decimal(reader);
  tier.price = reader.decimal();
  return tier;
}
core::ContractItem read_item(ByteReader& reader) {
  core::ContractItem item;
  item.product = reader.text();
  item.prepay_quantity = reader.decimal();
  item.prepay_price = read_optional_decimal(reader);
  item.overage_price = read_optional_decimal(reader);
  item.overage_tiers = read_list<core::PriceTier>(reader, read_tier);
  item.bundle_quantity = reader.decimal();
  item.notes = reader.text();
  return item;
}
core::Amendment read_amendment(ByteReader& reader) {
  core::Amendment amendment;
  amendment.date = read_day(reader);
  amendment.items = read_list<core::ContractItem>(reader, read_item);
  return amendment;
}

void write(ByteWriter& writer, const core::Contract& contract) {
  writer.uuid(contract.id);
  writer.uuid(contract.organization);
  writer.text(contract.number);
  writer.text(contract.currency);
  writer.text(contract.subscription_type);
  write_day(writer, contract.effective);
  write_day(writer, contract.end);
  writer.u8(contract.ramp ? 1 : 0);
  if (contract.ramp) {
    write_day(writer, contract.ramp->start);
    write_day(writer, contract.ramp->end);
  }
  write_optional(writer, contract.minimum_monthly_amount);
  writer.u8(contract.billing_day ? 1 : 0);
  if (contract.billing_day) writer.number(*contract.billing_day);
  write_items(writer, contract.items);
  writer.number(contract.amendments.size());
  for (const core::Amendment& amendment : contract.amendments) {
    write_day(writer, amendment.date);
    write_items(writer, amendment.items);
  }
}
void read(ByteReader& reader, core::Contract& contract) {
  contract.id = reader.uuid();
  contract.organization = reader.uuid();
  contract.number = reader.text();
  contract.currency = reader.text();
  contract.subscription_type = reader.text();
  contract.effective = read_day(reader);
  contract.end = read_day(reader);
  if (reader.flag()) {
    const core::Day start = read_day(reader);
    contract.ramp = core::Ramp{start, read_day(reader)};
  }
  contract.minimum_monthly_amount = read_optional_decimal(reader);
  if (reader.flag()) contract.billing_day = reader.number32();
  contract.items = read_list<core::ContractItem>(reader, read_item);
  contract.amendments = read_list<core::Amendment>(reader, read_amendment);
}

void write(ByteWriter& writer, const Token& token) {
  writer.text(token.client_id);
  writer.time(token.expires);
  writer.text(token.secret_hash);
}
void read(ByteReader& reader, Token& token) {
  token.client_id = reader.text();
  token.expires = reader.time();
  token.secret_hash = reader.text();
}

template <class Entity>
std::string encode_entity(const Entity& entity) {
  std::string value;
  ByteWriter writer(value);
  writer.u8(value_version);
  write(writer, entity);
  return value;
}

template <class Entity>
bool decode_entity(std::string_view value, Entity& entity) {
  ByteReader reader(value);
  if (reader.u8() != value_version) return false;
  read(reader, entity);
  return reader.is_done();
}

}  // namespace

std::string encode(const core::Organization& organization) {
  return encode_entity(organization);
}
std::string encode(const core::Trust& trust) {
  return encode_entity(trust);
}
std::string encode(const core::OAuthClient& client) {
  return encode_entity(client);
}
std::string encode(const core::Product& product) {
  return encode_entity(product);
}
std::string encode(const core::Contract& contract) {
  return encode_entity(contract);
}
std::string encode(const Token& token) {
  return encode_entity(token);
}

bool decode(std::string_view value, core::Organization& organization) {
  return decode_entity(value, organization);
}
bool decode(std::string_view value, core::Trust& trust) {
  return decode_entity(value, trust);
}
bool decode(std::string_view value, core::OAuthClient& client) {
  return decode_entity(value, client);
}
bool decode(std::string_view value, core::Product& product) {
  return decode_entity(value, product);
}
bool decode(std::string_view value, core::Contract& contract) {
  return decode_entity(value, contract);
}
bool decode(std::string_view value, Token& token) {
  return decode_entity(value, token);
}

}  // namespace tallystick::store::embedded
