#include <span>
#include <string>
#include <utility>

#include "tallystick/core/metering.hpp"
#include "tallystick/wire/catalog_document.hpp"
#include "wire/account_read.hpp"
#include "wire/catalog_keys.hpp"
#include "wire/contract_read.hpp"
#include "wire/document_object.hpp"
#include "wire/json_reader.hpp"
#include "wire/seller_read.hpp"
#include "wire/yaml_reader.hpp"

namespace tallystick::wire {
namespace {

namespace key = catalog_key;

// Far beyond any catalog, and a bound of the memory that one can take.
constexpr std::size_t catalog_values_max = 1'000'000;

core::Organization read_organization(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Organization organization;
  organization.id = object.required(key::id, read_uuid).value_or(core::OrganizationId());
  organization.name = object.required_text(key::name);
  object.finish();
  return organization;
}

core::Trust read_trust(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Trust trust;
  trust.trustee = object.required(key::trustee, read_uuid).value_or(core::OrganizationId());
  trust.trustor = object.required(key::trustor, read_uuid).value_or(core::OrganizationId());
  trust.enabled = object.optional(key::enabled, read_boolean).value_or(trust.enabled);
  object.finish();
  return trust;
}

template <class Row>
std::string must_be_one_of(std::span<const Row> table) {
  std::string fault = "must be one of ";
  for (const Row& row : table) fault.append(&row == table.data() ? "" : ", ").append(row.name);
  return fault;
}

std::optional<core::MeteringKind> read_metering_kind(const Value& value, const Path& at, FaultList& faults) {
  const auto name = read_string(value, at, faults);
  if (!name) return std::nullopt;
  const auto kind = core::find_metering_kind(*name);
  if (!kind) faults.add(at, must_be_one_of(core::metering_rules()));
  return kind;
}

std::optional<core::MeteringUnit> read_metering_unit(const Value& value, const Path& at, FaultList& faults) {
  const auto name = read_string(value, at, faults);
  if (!name) return std::nullopt;
  const auto unit = core::find_metering_unit(*name);
  if (!unit) faults.add(at, must_be_one_of(core::metering_units()));
  return unit;
}

// Of the right shape; which kind takes which keys is not looked at here.
core::Metering read_metering(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Metering metering;
  metering.kind = object.required(key::kind, read_metering_kind).value_or(metering.kind);
  metering.family = object.optional(key::family, read_string);
  metering.rank = object.optional(key::rank, read_integer);
  metering.step_seconds = object.optional(key::step_seconds, read_integer);
  metering.unit = object.optional(key::unit, read_metering_unit);
  object.finish();
  return metering;
}

core::FairUse read_fair_use(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::FairUse grant;
  grant.product = object.optional(key::product, read_string);
  grant.each = object.optional(key::each, read_decimal);
  grant.organization = object.optional(key::organization, read_decimal);
  object.finish();
  return grant;
}

core::RollUp read_roll_up(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::RollUp roll_up;
  roll_up.into = object.required_text(key::into);
  roll_up.units_per_token = object.required(key::units_per_token, read_decimal).value_or(core::Decimal());
  object.finish();
  return roll_up;
}

std::map<std::string, core::Decimal> read_prices(const Value& value, const Path& at, DocumentReading& reading) {
  std::map<std::string, core::Decimal> prices;
  if (value.kind != Value::Kind::object) {
    reading.faults.add(at, words::object);
    return prices;
  }
  for (const Value& price : value.items()) {
    const auto amount = read_decimal(price, at.member(price.name), reading.faults);
    prices.insert_or_assign(std::string(price.name), amount.value_or(core::Decimal()));
  }
  return prices;
}

core::Product read_product(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Product product;
  product.key = object.required_text(key::key);
  product.name = object.required_text(key::name);
  product.short_name = object.optional(key::short_name, read_string);
  product.part_number = object.required_text(key::part_number);
  product.grouping = object.required_text(key::grouping);
  product.unit = object.required_text(key::unit);
  if (const Value* metering = object.required_value(key::metering)) {
    product.metering = read_metering(*metering, at.member(key::metering), reading);
  }
  if (const Value* prices = object.find(key::list_price)) {
    product.list_price = read_prices(*prices, at.member(key::list_price), reading);
  }
  product.third_party = object.optional(key::third_party, read_boolean).value_or(product.third_party);
  product.cancellable = object.optional(key::cancellable, read_boolean).value_or(product.cancellable);
  product.fair_use = object.array(key::fair_use, read_fair_use);
  if (const Value* roll_up = object.find(key::rolls_up)) {
    product.rolls_up = read_roll_up(*roll_up, at.member(key::rolls_up), reading);
  }
  object.finish();
  return product;
}

core::CatalogDocument read_document(const Value& root, DocumentReading& reading) {
  const Path at;
  reading.survey(root, at);
  DocumentObject object(root, at, reading);
  core::CatalogDocument document;
  document.organizations = object.array(key::organizations, read_organization);
  document.trusts = object.array(key::trusts, read_trust);
  document.clients = object.array(key::clients, read_client);
  document.products = object.array(key::products, read_product);
  document.contracts = object.array(key::contracts, read_contract);
  document.sellers = object.array(key::sellers, read_seller);
  if (const Value* settings = object.find(key::settings)) {
    document.settings = read_settings(*settings, at.member(key::settings), reading);
  }
  document.users = object.array(key::users, read_user);
  document.saml = object.array(key::saml, read_saml_issuer);
  object.finish();
  return document;
}

}  // namespace

Result<ReadCatalog, CatalogReadFailure> read_catalog(std::string_view text, DocumentFormat format,
                                                     const SecretVariables& variables) {
  ValueTree tree;
  JsonReader json(catalog_values_max);
  const auto root = format == DocumentFormat::yaml ? read_yaml(text, catalog_values_max, tree) : json.read(text);
  if (!root) return fail(CatalogReadFailure{true, root.error(), {}});

  DocumentReading reading(variables);
  ReadCatalog read;
  read.document = read_document(**root, reading);
  read.positions = std::move(reading.positions);
  if (reading.faults.is_empty()) return read;
  DecodeFaults faults = reading.faults.take();
  add_positions(faults, read);
  return fail(CatalogReadFailure{false, "The document is not a catalog.", std::move(faults)});
}

void add_positions(DecodeFaults& faults, const ReadCatalog& read) {
  for (core::Fault& fault : faults) {
    // A key that is missing has no place of its own; its object has.
    std::string_view pointer = fault.pointer;
    auto found = read.positions.find(std::string(pointer));
    while (found == read.positions.end() && !pointer.empty()) {
      pointer = pointer.substr(0, pointer.rfind('/'));
      found = read.positions.find(std::string(pointer));
    }
    if (found == read.positions.end()) continue;
    const Place place{static_cast<std::uint32_t>(found->second.line), static_cast<std::uint32_t>(found->second.column)};
    fault.message.insert(0, place_prefix(place));
  }
}

}  // namespace tallystick::wire
