#include "tallystick/core/metering.hpp"
#include "tallystick/wire/catalog_document.hpp"
#include "wire/catalog_keys.hpp"
#include "wire/json_writer.hpp"

// What a reader would take for itself is left out: a default, an empty list, a price that is not there. So a document
// that is read, written and read again is the same, and applying what GET /catalog answers changes nothing.
namespace tallystick::wire {
namespace {

namespace key = catalog_key;

void write_text(JsonWriter& writer, std::string_view name, std::string_view text) {
  writer.plain_key(name);
  writer.string(text);
}
void write_boolean(JsonWriter& writer, std::string_view name, bool value, bool default_value) {
  if (value == default_value) return;
  writer.plain_key(name);
  writer.boolean(value);
}
void write_texts(JsonWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  writer.plain_key(name);
  writer.begin_array();
  for (const auto& text : texts) writer.string(text);
  writer.end_array();
}

template <class T, class Write>
void write_array(JsonWriter& writer, std::string_view name, const std::vector<T>& elements, Write write) {
  if (elements.empty()) return;
  writer.plain_key(name);
  writer.begin_array();
  for (const T& element : elements) {
    writer.begin_object();
    write(writer, element);
    writer.end_object();
  }
  writer.end_array();
}

void write_organization(JsonWriter& writer, const core::Organization& organization) {
  write_text(writer, key::id, organization.id.to_string());
  write_text(writer, key::name, organization.name);
}

void write_trust(JsonWriter& writer, const core::Trust& trust) {
  write_text(writer, key::trustee, trust.trustee.to_string());
  write_text(writer, key::trustor, trust.trustor.to_string());
  write_boolean(writer, key::enabled, trust.enabled, core::Trust().enabled);
}

void write_client(JsonWriter& writer, const core::CatalogDocument::Client& declared) {
  const core::OAuthClient& client = declared.client;
  write_text(writer, key::id, client.id);
  write_text(writer, key::organization, client.organization.to_string());
  if (!declared.secret.empty()) write_text(writer, key::secret, declared.secret);
  if (!client.secret_hash.empty()) write_text(writer, key::secret_hash, client.secret_hash);
  write_texts(writer, key::permissions, client.permissions);
  if (client.token_seconds != core::OAuthClient().token_seconds) {
    writer.plain_key(key::token_seconds);
    writer.integer(client.token_seconds);
  }
  write_texts(writer, key::redirect_uris, client.redirect_uris);
}

void write_prices(JsonWriter& writer, const std::map<std::string, core::Decimal>& prices) {
  if (prices.empty()) return;
  writer.plain_key(key::list_price);
  writer.begin_object();
  for (const auto& [currency, price] : prices) {
    writer.key(currency);
    writer.string(price.to_string());
  }
  writer.end_object();
}

void write_fair_use(JsonWriter& writer, const core::FairUse& grant) {
  if (grant.product) write_text(writer, key::product, *grant.product);
  if (grant.each) write_text(writer, key::each, grant.each->to_string());
  if (grant.organization) write_text(writer, key::organization, grant.organization->to_string());
}

void write_product(JsonWriter& writer, const core::Product& product) {
  write_text(writer, key::key, product.key);
  write_text(writer, key::name, product.name);
  if (product.short_name) write_text(writer, key::short_name, *product.short_name);
  write_text(writer, key::part_number, product.part_number);
  write_text(writer, key::grouping, product.grouping);
  write_text(writer, key::unit, product.unit);
  writer.plain_key(key::metering);
  writer.begin_object();
  write_text(writer, key::kind, core::to_string(product.metering.kind));
  writer.end_object();
  write_prices(writer, product.list_price);
  write_boolean(writer, key::third_party, product.third_party, core::Product().third_party);
  write_boolean(writer, key::cancellable, product.cancellable, core::Product().cancellable);
  if (product.rolls_up) {
    writer.plain_key(key::rolls_up);
    writer.begin_object();
    write_text(writer, key::into, product.rolls_up->into);
    write_text(writer, key::units_per_token, product.rolls_up->units_per_token.to_string());
    writer.end_object();
  }
  write_array(writer, key::fair_use, product.fair_use, write_fair_use);
}

void write_document(JsonWriter& writer, const core::CatalogDocument& document) {
  writer.begin_object();
  write_array(writer, key::organizations, document.organizations, write_organization);
  write_array(writer, key::trusts, document.trusts, write_trust);
  write_array(writer, key::clients, document.clients, write_client);
  write_array(writer, key::products, document.products, write_product);
  writer.end_object();
}

}  // namespace

std::string catalog_to_json(const core::Catalog& catalog) {
  core::CatalogDocument document{catalog.organizations, catalog.trusts, {}, catalog.products};
  for (const core::OAuthClient& client : catalog.clients) {
    auto& declared = document.clients.emplace_back();
    declared.client = client;
    declared.client.secret_hash.clear();
  }
  std::string text;
  JsonWriter writer(text, JsonWriter::Layout::pretty);
  write_document(writer, document);
  text += '\n';
  return text;
}

std::string catalog_document_to_json(const core::CatalogDocument& document) {
  std::string text;
  JsonWriter writer(text);
  write_document(writer, document);
  return text;
}

}  // namespace tallystick::wire
