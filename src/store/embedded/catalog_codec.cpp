#include "store/embedded/catalog_codec.hpp"

#include <algorithm>
#include <utility>

#include "store/embedded/field_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t value_version = 1;
constexpr std::uint8_t token_version = 2;
constexpr std::uint8_t token_version_with_people = 2;

void write(ByteWriter& writer, const core::Metering& metering) {
  write_enum(writer, metering.kind);
  writer.optional_text(metering.family);
  write_optional(writer, metering.rank);
  write_optional(writer, metering.step_seconds);
  writer.u8(metering.unit ? 1 : 0);
  if (metering.unit) write_enum(writer, *metering.unit);
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

void write(ByteWriter& writer, const core::Settings& settings) {
  write_optional(writer, settings.close_grace_hours);
}
void read(ByteReader& reader, core::Settings& settings) {
  settings.close_grace_hours = read_optional_number(reader);
}

void write(ByteWriter& writer, const core::User& user) {
  writer.text(user.id);
  writer.uuid(user.organization);
  writer.text(user.email);
  writer.text(user.secret_hash);
  write_texts(writer, user.permissions);
}
void read(ByteReader& reader, core::User& user) {
  user.id = reader.text();
  user.organization = reader.uuid();
  user.email = reader.text();
  user.secret_hash = reader.text();
  user.permissions = read_texts(reader);
}

void write(ByteWriter& writer, const core::SamlIssuer& issuer) {
  writer.uuid(issuer.organization);
  writer.text(issuer.issuer);
  writer.text(issuer.certificate);
}
void read(ByteReader& reader, core::SamlIssuer& issuer) {
  issuer.organization = reader.uuid();
  issuer.issuer = reader.text();
  issuer.certificate = reader.text();
}

void write(ByteWriter& writer, const Token& token) {
  writer.text(token.client_id);
  writer.time(token.expires);
  writer.text(token.secret_hash);
  write_enum(writer, token.use);
  writer.text(token.user_id);
  writer.u8(token.client_was_authenticated ? 1 : 0);
  writer.raw({reinterpret_cast<const char*>(token.family.data()), token.family.size()});
}
void read(ByteReader& reader, Token& token, std::uint8_t version) {
  token.client_id = reader.text();
  token.expires = reader.time();
  token.secret_hash = reader.text();
  if (version < token_version_with_people) return;
  token.use = read_enum(reader, TokenUse::spent);
  token.user_id = reader.text();
  token.client_was_authenticated = reader.flag();
  const std::string_view family = reader.raw(token.family.size());
  std::copy(family.begin(), family.end(), token.family.begin());
}

template <class Entity>
std::string encode_entity(const Entity& entity) {
  return encode_versioned(value_version, entity, [](ByteWriter& writer, const Entity& each) { write(writer, each); });
}

template <class Entity>
bool decode_entity(std::string_view value, Entity& entity) {
  return decode_versioned(value, value_version, entity,
                          [](ByteReader& reader, Entity& each, std::uint8_t /*version*/) { read(reader, each); });
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
std::string encode(const core::Settings& settings) {
  return encode_entity(settings);
}
std::string encode(const core::User& user) {
  return encode_entity(user);
}
std::string encode(const core::SamlIssuer& issuer) {
  return encode_entity(issuer);
}
std::string encode(const Token& token) {
  return encode_versioned(token_version, token, [](ByteWriter& writer, const Token& each) { write(writer, each); });
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
bool decode(std::string_view value, core::Settings& settings) {
  return decode_entity(value, settings);
}
bool decode(std::string_view value, core::User& user) {
  return decode_entity(value, user);
}
bool decode(std::string_view value, core::SamlIssuer& issuer) {
  return decode_entity(value, issuer);
}
bool decode(std::string_view value, Token& token) {
  return decode_versioned(value, token_version, token,
                          [](ByteReader& reader, Token& each, std::uint8_t version) { read(reader, each, version); });
}

}  // namespace tallystick::store::embedded
