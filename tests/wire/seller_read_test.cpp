#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/damaged_document.hpp"
#include "wire/fault_text.hpp"

namespace tallystick::wire {
namespace {

constexpr std::string_view example = R"(sellers:
  - key: northwind
    name: Northwind Telephony GmbH
    address: {line1: Speicherstrasse 7, line2: Hof B, line3: 3. Stock, city: Hamburg, postal_code: "20457", state: HH, country: DE}
    tax_number: DE123456789
    email: billing@northwind.example
    phone: "+49 40 123456"
    website: https://northwind.example
    invoice_prefix: NW-
    notes: ["IBAN DE02 1203 0000 0000 2020 51", "Payable within 30 days."]
  - {key: plain, name: Plain}
contracts:
  - id: 33333333-3333-4333-8333-333333333333
    organization: 22222222-2222-4222-8222-222222222222
    number: "00041822"
    currency: USD
    subscription_type: PREPAY
    effective: 2026-01-01
    end: 2027-01-01
    seller: northwind
    commercial_model: Prepay
    purchase_orders: ["PO-7781", "PO-7782"]
    payment_terms: Net 30
    payment_link: https://pay.example/invoices
    bill_to: {number: "C-1001", name: Blue Harbor Bank, address: {line1: Quay 1, city: Boston, state: MA, country: US}}
    ship_to: {name: Blue Harbor Branch}
    sold_to: {name: Blue Harbor Holding, number: "C-1000"}
    end_customer: {name: Blue Harbor Desk, address: {line1: Quay 2, city: Boston, country: US}}
settings: {close_grace_hours: 72}
)";

core::Seller northwind() {
  core::Seller seller;
  seller.key = "northwind";
  seller.name = "Northwind Telephony GmbH";
  seller.address = core::PostalAddress{.line1 = "Speicherstrasse 7",
                                       .line2 = "Hof B",
                                       .line3 = "3. Stock",
                                       .city = "Hamburg",
                                       .postal_code = "20457",
                                       .state = "HH",
                                       .country_code = "DE"};
  seller.tax_number = "DE123456789";
  seller.email = "billing@northwind.example";
  seller.phone = "+49 40 123456";
  seller.website = "https://northwind.example";
  seller.invoice_prefix = "NW-";
  seller.notes = {"IBAN DE02 1203 0000 0000 2020 51", "Payable within 30 days."};
  return seller;
}

core::PostalAddress quay(std::string line1, std::string state) {
  core::PostalAddress address;
  address.line1 = std::move(line1);
  address.city = "Boston";
  address.state = std::move(state);
  address.country_code = "US";
  return address;
}

core::InvoiceTerms terms_of_the_example() {
  core::InvoiceTerms terms;
  terms.seller = "northwind";
  terms.commercial_model = "Prepay";
  terms.purchase_orders = {"PO-7781", "PO-7782"};
  terms.payment_terms = "Net 30";
  terms.payment_link = "https://pay.example/invoices";
  terms.bill_to = core::BillingParty{"C-1001", "Blue Harbor Bank", quay("Quay 1", "MA")};
  terms.ship_to = core::BillingParty{"", "Blue Harbor Branch", std::nullopt};
  terms.sold_to = core::BillingParty{"C-1000", "Blue Harbor Holding", std::nullopt};
  terms.end_customer = core::BillingParty{"", "Blue Harbor Desk", quay("Quay 2", "")};
  return terms;
}

TEST(SellerRead, SellersTermsAndSettings) {
  const auto read = read_catalog(example, DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value()) << texts_of(read.error().faults).front();
  core::Seller plain;
  plain.key = "plain";
  plain.name = "Plain";
  EXPECT_EQ(read->document.sellers, (std::vector{northwind(), plain}));
  ASSERT_EQ(read->document.contracts.size(), 1U);
  EXPECT_EQ(read->document.contracts[0].invoices, terms_of_the_example());
  EXPECT_EQ(read->document.settings.close_grace_hours, 72);
  EXPECT_EQ(read->positions.at("/contracts/0/bill_to/address/country").line, 25U);
}

TEST(SellerRead, TheExampleSurvivesTheWayOverJson) {
  const auto read = read_catalog(example, DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value());
  const std::string sent = catalog_document_to_json(read->document);
  const auto received = read_catalog(sent, DocumentFormat::json, {});
  ASSERT_TRUE(received.has_value()) << sent;
  EXPECT_EQ(received->document.sellers, read->document.sellers);
  EXPECT_EQ(received->document.contracts, read->document.contracts);
  EXPECT_EQ(received->document.settings, read->document.settings);
}

TEST(SellerRead, WhatIsLeftOutIsAbsent) {
  const auto read = read_catalog("sellers: ~\nsettings: {}\n", DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->document.sellers.empty());
  EXPECT_EQ(read->document.settings.close_grace_hours, std::nullopt);
  const auto zero = read_catalog(R"({"settings":{"close_grace_hours":0}})", DocumentFormat::json, {});
  ASSERT_TRUE(zero.has_value());
  EXPECT_EQ(zero->document.settings.close_grace_hours, 0);
}

std::string faults_of(const std::string& text) {
  const auto read = read_catalog(text, DocumentFormat::yaml, {});
  if (read) return "taken";
  if (read.error().malformed) return read.error().message;
  std::string lines;
  for (const auto& fault : texts_of(read.error().faults)) lines += (lines.empty() ? "" : "\n") + fault;
  return lines;
}

TEST(SellerRead, FaultsAtTheirPlaces) {
  const struct {
    std::string_view text;
    std::string fault;
  } rows[] = {
      {"sellers: {}", "/sellers: line 1, column 10: must be an array"},
      {"sellers: [northwind]", "/sellers/0: line 1, column 11: must be an object"},
      {"sellers: [{name: N}]", "/sellers/0/key: line 1, column 11: is required"},
      {"sellers: [{key: n}]", "/sellers/0/name: line 1, column 11: is required"},
      {"sellers: [{key: n, name: N, phone: [1]}]", "/sellers/0/phone: line 1, column 36: must be a string"},
      {"sellers: [{key: n, name: N, notes: IBAN}]", "/sellers/0/notes: line 1, column 36: must be an array"},
      {"sellers: [{key: n, name: N, notes: [[]]}]", "/sellers/0/notes/0: line 1, column 37: must be a string"},
      {"sellers: [{key: n, name: N, address: Hamburg}]", "/sellers/0/address: line 1, column 38: must be an object"},
      {"sellers: [{key: n, name: N, address: {line1: S, city: H}}]",
       "/sellers/0/address/country: line 1, column 38: is required"},
      {"sellers: [{key: n, name: N, address: {line1: S, country: DE}}]",
       "/sellers/0/address/city: line 1, column 38: is required"},
      {"sellers: [{key: n, name: N, address: {city: H, country: DE}}]",
       "/sellers/0/address/line1: line 1, column 38: is required"},
      {"sellers: [{key: n, name: N, address: {line1: S, city: H, country: DE, zip: 1}}]",
       "/sellers/0/address/zip: line 1, column 71: is no key that is known here; known are line1, line2, line3, city, "
       "postal_code, state, country"},
      {"sellers: [{key: n, name: N, prefix: NW}]",
       "/sellers/0/prefix: line 1, column 29: is no key that is known here; known are key, name, address, tax_number, "
       "email, phone, website, invoice_prefix, notes"},
      {"settings: 72", "/settings: line 1, column 11: must be an object"},
      {"settings: []", "/settings: line 1, column 11: must be an object"},
      {"settings: {close_grace_hours: '72'}",
       "/settings/close_grace_hours: line 1, column 31: must be an integer of at most 64 bits"},
      {"settings: {close_grace_hours: 1.5}",
       "/settings/close_grace_hours: line 1, column 31: must be an integer of at most 64 bits"},
      {"settings: {close_grace: 72}",
       "/settings/close_grace: line 1, column 12: is no key that is known here; known are close_grace_hours"},
  };
  for (const auto& row : rows) EXPECT_EQ(faults_of(std::string(row.text) + "\n"), row.fault) << row.text;
}

TEST(SellerRead, FaultsOfAContractsTermsAtTheirPlaces) {
  const std::string contract =
      "contracts:\n- {id: 33333333-3333-4333-8333-333333333333, organization: 22222222-2222-4222-8222-222222222222,\n"
      "   number: 7, currency: USD, subscription_type: PREPAY, effective: 2026-01-01, end: 2027-01-01,\n   ";
  const struct {
    std::string_view term;
    std::string fault;  // below /contracts/0
  } rows[] = {
      {"seller: []", "/seller: line 4, column 12: must be a string"},
      {"commercial_model: {}", "/commercial_model: line 4, column 22: must be a string"},
      {"payment_terms: [30]", "/payment_terms: line 4, column 19: must be a string"},
      {"payment_link: []", "/payment_link: line 4, column 18: must be a string"},
      {"purchase_orders: PO-1", "/purchase_orders: line 4, column 21: must be an array"},
      {"purchase_orders: [{}]", "/purchase_orders/0: line 4, column 22: must be a string"},
      {"bill_to: Blue", "/bill_to: line 4, column 13: must be an object"},
      {"ship_to: {number: 1}", "/ship_to/name: line 4, column 13: is required"},
      {"sold_to: {name: []}", "/sold_to/name: line 4, column 20: must be a string"},
      {"end_customer: {name: B, address: {line1: Q, city: B}}",
       "/end_customer/address/country: line 4, column 37: is required"},
      {"bill_to: {name: B, id: 1}",
       "/bill_to/id: line 4, column 23: is no key that is known here; known are number, name, address"},
      {"payment_links: x",
       "/payment_links: line 4, column 4: is no key that is known here; did you mean \"payment_link\"?"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(faults_of(contract + std::string(row.term) + "}\n"), "/contracts/0" + row.fault) << row.term;
  }
}

RC_GTEST_PROP(SellerRead, ADamagedDocumentIsAnswered, ()) {
  expect_answer_to(damaged(example), {});
}

}  // namespace
}  // namespace tallystick::wire
