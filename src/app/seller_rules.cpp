#include <algorithm>
#include <string>

#include "app/catalog_rules.hpp"

namespace tallystick::app {
namespace {

// A text that may be left out.
void check_optional_text(DocumentFaults& faults, const DocumentPlace& place, std::string_view text) {
  if (!text.empty()) faults.check_text(place, text, catalog_text_bytes_max);
}

bool is_country_code(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

void check_address(DocumentFaults& faults, const DocumentPlace& place, const core::PostalAddress& address) {
  faults.check_text(place / "line1", address.line1, catalog_text_bytes_max);
  check_optional_text(faults, place / "line2", address.line2);
  check_optional_text(faults, place / "line3", address.line3);
  faults.check_text(place / "city", address.city, catalog_text_bytes_max);
  check_optional_text(faults, place / "postal_code", address.postal_code);
  check_optional_text(faults, place / "state", address.state);
  if (!is_country_code(address.country_code)) {
    faults.add(place / "country", "must be the ISO 3166 code of a country, two capital letters such as DE");
  }
}

void check_party(DocumentFaults& faults, const DocumentPlace& place, const std::optional<core::BillingParty>& party) {
  if (!party) return;
  check_optional_text(faults, place / "number", party->number);
  faults.check_text(place / "name", party->name, catalog_text_bytes_max);
  if (party->address) check_address(faults, place / "address", *party->address);
}

void check_texts(DocumentFaults& faults, const DocumentPlace& place, const std::vector<std::string>& texts,
                 std::size_t count_max) {
  if (texts.size() > count_max) {
    faults.add(place, "has " + std::to_string(texts.size()) + " entries, at most " + std::to_string(count_max) +
                          " are allowed");
  }
  for (std::size_t i = 0; i < texts.size(); ++i) faults.check_text(place / i, texts[i], catalog_text_bytes_max);
}

// Invoice numbers stand in names of files, headers of answers and addresses.
bool is_invoice_prefix(std::string_view text) {
  return text.empty() || is_plain_identifier(text, invoice_prefix_bytes_max, true);
}

// Something that a browser can be sent to: absolute, with a host, of visible ASCII.
bool is_web_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    const std::string_view host = text.substr(scheme.size(), text.find_first_of("/?#", scheme.size()) - scheme.size());
    return !host.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
  }
  return false;
}

}  // namespace

void check_sellers(DocumentFaults& faults, const core::CatalogDocument& document) {
  DeclaredKeys<std::string_view> declared;
  for (std::size_t i = 0; i < document.sellers.size(); ++i) {
    const core::Seller& seller = document.sellers[i];
    const DocumentPlace place = DocumentPlace() / "sellers" / i;
    declared.check(faults, place / "key", place, seller.key);
    if (!is_plain_identifier(seller.key, seller_key_bytes_max, false)) {
      faults.add(place / "key", "must be 1 to 64 small letters, digits, . _ or -");
    } else if (seller.key == core::built_in_seller_key) {
      faults.add(place / "key",
                 "is that of the built-in series of contracts that name no seller, which is in no document");
    }
    faults.check_text(place / "name", seller.name, catalog_text_bytes_max);
    if (seller.address) check_address(faults, place / "address", *seller.address);
    check_optional_text(faults, place / "tax_number", seller.tax_number);
    check_optional_text(faults, place / "email", seller.email);
    check_optional_text(faults, place / "phone", seller.phone);
    check_optional_text(faults, place / "website", seller.website);
    if (!is_invoice_prefix(seller.invoice_prefix)) {
      faults.add(place / "invoice_prefix", "must be at most 32 letters, digits, . _ or -");
    }
    check_texts(faults, place / "notes", seller.notes, seller_notes_max);
  }
}

void check_invoice_terms(DocumentFaults& faults, const DocumentPlace& contract, const core::InvoiceTerms& terms,
                         const CatalogReferences& references) {
  if (terms.seller && !references.sellers.contains(*terms.seller)) {
    faults.add(contract / "seller", "no seller of the document or the catalog has this key");
  }
  check_optional_text(faults, contract / "commercial_model", terms.commercial_model);
  check_texts(faults, contract / "purchase_orders", terms.purchase_orders, purchase_orders_max);
  check_optional_text(faults, contract / "payment_terms", terms.payment_terms);
  if (!terms.payment_link.empty()) {
    const DocumentPlace place = contract / "payment_link";
    faults.check_text(place, terms.payment_link, payment_link_bytes_max);
    if (!is_web_address(terms.payment_link)) {
      faults.add(place, "must be an absolute address, such as https://pay.example/invoices");
    }
  }
  check_party(faults, contract / "bill_to", terms.bill_to);
  check_party(faults, contract / "ship_to", terms.ship_to);
  check_party(faults, contract / "sold_to", terms.sold_to);
  check_party(faults, contract / "end_customer", terms.end_customer);
}

void check_settings(DocumentFaults& faults, const core::Settings& settings) {
  const auto hours = settings.close_grace_hours;
  if (!hours || (*hours >= 0 && *hours <= core::close_grace_hours_max)) return;
  faults.add(DocumentPlace() / "settings" / "close_grace_hours",
             "must be from 0 to " + std::to_string(core::close_grace_hours_max));
}

}  // namespace tallystick::app
