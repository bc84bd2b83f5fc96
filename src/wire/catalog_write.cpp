#include <optional>

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
// An empty one is not there.
void write_optional_text(JsonWriter& writer, std::string_view name, std::string_view text) {
  if (!text.empty()) write_text(writer, name, text);
}
void write_boolean(JsonWriter& writer, std::string_view name, bool value, bool default_value) {
  if (value == default_value) return;
  writer.plain_key(name);
  writer.boolean(value);
}
void write_integer(JsonWriter& writer, std::string_view name, std::int64_t value) {
  writer.plain_key(name);
  writer.integer(value);
}
void write_texts(JsonWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  writer.plain_key(name);
  writer.begin_array();
  for (const auto& text : texts) writer.string(text);
  writer.end_array();
}

void write_decimal(JsonWriter& writer, std::string_view name, core::Decimal value) {
  write_text(writer, name, value.to_string());
}
void write_decimal(JsonWriter& writer, std::string_view name, const std::optional<core::Decimal>& value) {
  if (value) write_decimal(writer, name, *value);
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
  write_optional_text(writer, key::secret, declared.secret);
  write_optional_text(writer, key::secret_hash, client.secret_hash);
  write_texts(writer, key::permissions, client.permissions);
  if (client.token_seconds != core::OAuthClient().token_seconds) {
    write_integer(writer, key::token_seconds, client.token_seconds);
  }
  write_texts(writer, key::redirect_uris, client.redirect_uris);
}

void write_user(JsonWriter& writer, const core::CatalogDocument::Person& declared) {
  const core::User& user = declared.user;
  write_text(writer, key::id, user.id);
  write_text(writer, key::organization, user.organization.to_string());
  write_text(writer, key::email, user.email);
  write_optional_text(writer, key::secret, declared.secret);
  write_optional_text(writer, key::secret_hash, user.secret_hash);
  write_texts(writer, key::permissions, user.permissions);
}

void write_saml_issuer(JsonWriter& writer, const core::SamlIssuer& issuer) {
  write_text(writer, key::organization, issuer.organization.to_string());
  write_text(writer, key::issuer, issuer.issuer);
  write_text(writer, key::certificate, issuer.certificate);
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
  write_decimal(writer, key::each, grant.each);
  write_decimal(writer, key::organization, grant.organization);
}

void write_metering(JsonWriter& writer, const core::Metering& metering) {
  writer.plain_key(key::metering);
  writer.begin_object();
  write_text(writer, key::kind, core::to_string(metering.kind));
  if (metering.family) write_text(writer, key::family, *metering.family);
  if (metering.rank) write_integer(writer, key::rank, *metering.rank);
  if (metering.step_seconds) write_integer(writer, key::step_seconds, *metering.step_seconds);
  if (metering.unit) write_text(writer, key::unit, core::to_string(*metering.unit));
  writer.end_object();
}

void write_product(JsonWriter& writer, const core::Product& product) {
  write_text(writer, key::key, product.key);
  write_text(writer, key::name, product.name);
  if (product.short_name) write_text(writer, key::short_name, *product.short_name);
  write_text(writer, key::part_number, product.part_number);
  write_text(writer, key::grouping, product.grouping);
  write_text(writer, key::unit, product.unit);
  write_metering(writer, product.metering);
  write_prices(writer, product.list_price);
  write_boolean(writer, key::third_party, product.third_party, core::Product().third_party);
  write_boolean(writer, key::cancellable, product.cancellable, core::Product().cancellable);
  if (product.rolls_up) {
    writer.plain_key(key::rolls_up);
    writer.begin_object();
    write_text(writer, key::into, product.rolls_up->into);
    write_decimal(writer, key::units_per_token, product.rolls_up->units_per_token);
    writer.end_object();
  }
  write_array(writer, key::fair_use, product.fair_use, write_fair_use);
}

void write_price_tier(JsonWriter& writer, const core::PriceTier& tier) {
  write_decimal(writer, key::up_to, tier.up_to);
  write_decimal(writer, key::price, tier.price);
}

void write_item(JsonWriter& writer, const core::ContractItem& item) {
  const core::ContractItem defaults;
  write_text(writer, key::product, item.product);
  if (item.prepay_quantity != defaults.prepay_quantity) {
    write_decimal(writer, key::prepay_quantity, item.prepay_quantity);
  }
  write_decimal(writer, key::prepay_price, item.prepay_price);
  write_decimal(writer, key::overage_price, item.overage_price);
  write_array(writer, key::overage_tiers, item.overage_tiers, write_price_tier);
  if (item.bundle_quantity != defaults.bundle_quantity) {
    write_decimal(writer, key::bundle_quantity, item.bundle_quantity);
  }
  write_optional_text(writer, key::notes, item.notes);
}

void write_amendment(JsonWriter& writer, const core::Amendment& amendment) {
  write_text(writer, key::date, core::to_string(amendment.date));
  write_array(writer, key::items, amendment.items, write_item);
}

void write_address(JsonWriter& writer, const std::optional<core::PostalAddress>& address) {
  if (!address) return;
  writer.plain_key(key::address);
  writer.begin_object();
  write_text(writer, key::line1, address->line1);
  write_optional_text(writer, key::line2, address->line2);
  write_optional_text(writer, key::line3, address->line3);
  write_text(writer, key::city, address->city);
  write_optional_text(writer, key::postal_code, address->postal_code);
  write_optional_text(writer, key::state, address->state);
  write_text(writer, key::country, address->country_code);
  writer.end_object();
}

void write_party(JsonWriter& writer, std::string_view name, const std::optional<core::BillingParty>& party) {
  if (!party) return;
  writer.plain_key(name);
  writer.begin_object();
  write_optional_text(writer, key::number, party->number);
  write_text(writer, key::name, party->name);
  write_address(writer, party->address);
  writer.end_object();
}

void write_invoice_terms(JsonWriter& writer, const core::InvoiceTerms& terms) {
  if (terms.seller) write_text(writer, key::seller, *terms.seller);
  write_optional_text(writer, key::commercial_model, terms.commercial_model);
  write_texts(writer, key::purchase_orders, terms.purchase_orders);
  write_optional_text(writer, key::payment_terms, terms.payment_terms);
  write_optional_text(writer, key::payment_link, terms.payment_link);
  write_party(writer, key::bill_to, terms.bill_to);
  write_party(writer, key::ship_to, terms.ship_to);
  write_party(writer, key::sold_to, terms.sold_to);
  write_party(writer, key::end_customer, terms.end_customer);
}

void write_contract(JsonWriter& writer, const core::Contract& contract) {
  write_text(writer, key::id, contract.id.to_string());
  write_text(writer, key::organization, contract.organization.to_string());
  write_text(writer, key::number, contract.number);
  write_text(writer, key::currency, contract.currency);
  write_text(writer, key::subscription_type, contract.subscription_type);
  write_text(writer, key::effective, core::to_string(contract.effective));
  write_text(writer, key::end, core::to_string(contract.end));
  if (contract.ramp) {
    writer.plain_key(key::ramp);
    writer.begin_object();
    write_text(writer, key::start, core::to_string(contract.ramp->start));
    write_text(writer, key::end, core::to_string(contract.ramp->end));
    writer.end_object();
  }
  write_decimal(writer, key::minimum_monthly_amount, contract.minimum_monthly_amount);
  if (contract.billing_day) write_integer(writer, key::billing_day, *contract.billing_day);
  write_invoice_terms(writer, contract.invoices);
  write_array(writer, key::items, contract.items, write_item);
  write_array(writer, key::amendments, contract.amendments, write_amendment);
}

void write_seller(JsonWriter& writer, const core::Seller& seller) {
  write_text(writer, key::key, seller.key);
  write_text(writer, key::name, seller.name);
  write_address(writer, seller.address);
  write_optional_text(writer, key::tax_number, seller.tax_number);
  write_optional_text(writer, key::email, seller.email);
  write_optional_text(writer, key::phone, seller.phone);
  write_optional_text(writer, key::website, seller.website);
  write_optional_text(writer, key::invoice_prefix, seller.invoice_prefix);
  write_texts(writer, key::notes, seller.notes);
}

void write_settings(JsonWriter& writer, const core::Settings& settings) {
  if (!settings.close_grace_hours) return;
  writer.plain_key(key::settings);
  writer.begin_object();
  write_integer(writer, key::close_grace_hours, *settings.close_grace_hours);
  writer.end_object();
}

void write_document(JsonWriter& writer, const core::CatalogDocument& document) {
  writer.begin_object();
  write_array(writer, key::organizations, document.organizations, write_organization);
  write_array(writer, key::trusts, document.trusts, write_trust);
  write_array(writer, key::clients, document.clients, write_client);
  write_array(writer, key::products, document.products, write_product);
  write_array(writer, key::contracts, document.contracts, write_contract);
  write_array(writer, key::sellers, document.sellers, write_seller);
  write_array(writer, key::users, document.users, write_user);
  write_array(writer, key::saml, document.saml, write_saml_issuer);
  write_settings(writer, document.settings);
  writer.end_object();
}

}  // namespace

std::string catalog_to_json(const core::Catalog& catalog) {
  core::CatalogDocument document{.organizations = catalog.organizations,
                                 .trusts = catalog.trusts,
                                 .clients = {},
                                 .products = catalog.products,
                                 .contracts = catalog.contracts,
                                 .sellers = catalog.sellers,
                                 .settings = catalog.settings,
                                 .users = {},
                                 .saml = catalog.saml};
  for (const core::OAuthClient& client : catalog.clients) {
    auto& declared = document.clients.emplace_back();
    declared.client = client;
    declared.client.secret_hash.clear();
  }
  for (const core::User& user : catalog.users) {
    auto& declared = document.users.emplace_back();
    declared.user = user;
    declared.user.secret_hash.clear();
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
