#include "wire/seller_read.hpp"

#include <string>

#include "wire/catalog_keys.hpp"

namespace tallystick::wire {
namespace {

namespace key = catalog_key;

// Absent is the same as empty.
std::string read_text(DocumentObject& object, std::string_view name) {
  return std::string(object.optional(name, read_string).value_or(std::string_view()));
}

core::PostalAddress read_address(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::PostalAddress address;
  address.line1 = object.required_text(key::line1);
  address.line2 = read_text(object, key::line2);
  address.line3 = read_text(object, key::line3);
  address.city = object.required_text(key::city);
  address.postal_code = read_text(object, key::postal_code);
  address.state = read_text(object, key::state);
  address.country_code = object.required_text(key::country);
  object.finish();
  return address;
}

std::optional<core::PostalAddress> read_optional_address(DocumentObject& object, const Path& at,
                                                         DocumentReading& reading) {
  const Value* address = object.find(key::address);
  if (address == nullptr) return std::nullopt;
  return read_address(*address, at.member(key::address), reading);
}

std::optional<core::BillingParty> read_party(DocumentObject& contract, std::string_view name, const Path& contract_at,
                                             DocumentReading& reading) {
  const Value* value = contract.find(name);
  if (value == nullptr) return std::nullopt;
  const Path at = contract_at.member(name);
  DocumentObject object(*value, at, reading);
  core::BillingParty party;
  party.number = read_text(object, key::number);
  party.name = object.required_text(key::name);
  party.address = read_optional_address(object, at, reading);
  object.finish();
  return party;
}

}  // namespace

core::Seller read_seller(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Seller seller;
  seller.key = object.required_text(key::key);
  seller.name = object.required_text(key::name);
  seller.address = read_optional_address(object, at, reading);
  seller.tax_number = read_text(object, key::tax_number);
  seller.email = read_text(object, key::email);
  seller.phone = read_text(object, key::phone);
  seller.website = read_text(object, key::website);
  seller.invoice_prefix = read_text(object, key::invoice_prefix);
  seller.notes = object.array(key::notes, read_element_text);
  object.finish();
  return seller;
}

core::InvoiceTerms read_invoice_terms(DocumentObject& contract, const Path& at, DocumentReading& reading) {
  core::InvoiceTerms terms;
  terms.seller = contract.optional(key::seller, read_string);
  terms.commercial_model = read_text(contract, key::commercial_model);
  terms.purchase_orders = contract.array(key::purchase_orders, read_element_text);
  terms.payment_terms = read_text(contract, key::payment_terms);
  terms.payment_link = read_text(contract, key::payment_link);
  terms.bill_to = read_party(contract, key::bill_to, at, reading);
  terms.ship_to = read_party(contract, key::ship_to, at, reading);
  terms.sold_to = read_party(contract, key::sold_to, at, reading);
  terms.end_customer = read_party(contract, key::end_customer, at, reading);
  return terms;
}

core::Settings read_settings(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::Settings settings;
  settings.close_grace_hours = object.optional(key::close_grace_hours, read_integer);
  object.finish();
  return settings;
}

}  // namespace tallystick::wire
