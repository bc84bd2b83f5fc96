#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "app/catalog_rules.hpp"
#include "app/rule_row.hpp"
#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

using core::CatalogDocument;

core::PostalAddress address() {
  core::PostalAddress made;
  made.line1 = "Speicherstrasse 7";
  made.city = "Hamburg";
  made.country_code = "DE";
  return made;
}

core::BillingParty party() {
  return {"C-1001", "Blue Harbor Bank", address()};
}

core::Seller seller(std::string key) {
  core::Seller made;
  made.key = std::move(key);
  made.name = "Northwind Telephony GmbH";
  return made;
}

// Two sellers, one with all that it may say, and a contract with all of an invoice's letter.
CatalogDocument good_document() {
  CatalogDocument document;
  core::Seller full = seller("north-wind_2.0");
  full.address = address();
  full.address->line2 = "Hof B";
  full.address->line3 = "3. Stock";
  full.address->postal_code = "20457";
  full.address->state = "HH";
  full.tax_number = "DE123456789";
  full.email = "billing@northwind.example";
  full.phone = "+49 40 123456";
  full.website = "https://northwind.example";
  full.invoice_prefix = "NW-2026_a.";
  full.notes = std::vector<std::string>(10, "IBAN DE02 1203 0000 0000 2020 51");
  document.sellers = {full, seller(std::string(64, 'n'))};
  core::Contract contract = test::contract(test::bank, "2026-01-01", "2027-01-01");
  core::InvoiceTerms& terms = contract.invoices;
  terms.seller = full.key;
  terms.bill_to = party();
  terms.ship_to = core::BillingParty{"", "Branch", std::nullopt};
  terms.sold_to = party();
  terms.end_customer = party();
  terms.purchase_orders = std::vector<std::string>(20, "PO-7781");
  terms.commercial_model = "Prepay";
  terms.payment_terms = "Net 30";
  terms.payment_link = "https://pay.example/invoices?from=letter#top";
  document.contracts = {contract};
  document.settings.close_grace_hours = 8'784;
  return document;
}

std::vector<core::Fault> faults_of(const CatalogDocument& document, bool prune = false) {
  core::Catalog in_force = test::sample_catalog();
  in_force.sellers = {seller("stored")};
  return check_catalog_document(document, CatalogSnapshot(in_force, test::operator_client()), prune);
}

TEST(SellerRules, AGoodDocumentHasNoFaults) {
  EXPECT_EQ(faults_of(good_document()), std::vector<core::Fault>{});
}

using Row = test::RuleRow<CatalogDocument>;

std::vector<Row> seller_rows() {
  return {
      {"key twice", [](auto& d) { d.sellers[1].key = d.sellers[0].key; }, "/sellers/1/key", "/sellers/0"},
      {"no key", [](auto& d) { d.sellers[1].key = ""; }, "/sellers/1/key", "1 to 64"},
      {"long key", [](auto& d) { d.sellers[1].key += "n"; }, "/sellers/1/key", "1 to 64"},
      {"key in capitals", [](auto& d) { d.sellers[1].key = "Northwind"; }, "/sellers/1/key", "small letters"},
      {"key with a blank", [](auto& d) { d.sellers[1].key = "north wind"; }, "/sellers/1/key", "small letters"},
      {"key of the built in series", [](auto& d) { d.sellers[1].key = "operator"; }, "/sellers/1/key", "built-in"},
      {"no name", [](auto& d) { d.sellers[1].name = ""; }, "/sellers/1/name", "empty"},
      {"long name", [](auto& d) { d.sellers[1].name = std::string(257, 'n'); }, "/sellers/1/name", "256"},
      {"long tax number", [](auto& d) { d.sellers[0].tax_number = std::string(257, '1'); }, "/sellers/0/tax_number",
       "256"},
      {"long email", [](auto& d) { d.sellers[0].email = std::string(257, 'a'); }, "/sellers/0/email", "256"},
      {"long phone", [](auto& d) { d.sellers[0].phone = std::string(257, '1'); }, "/sellers/0/phone", "256"},
      {"long website", [](auto& d) { d.sellers[0].website = std::string(257, 'w'); }, "/sellers/0/website", "256"},
      {"long prefix", [](auto& d) { d.sellers[0].invoice_prefix = std::string(33, 'N'); }, "/sellers/0/invoice_prefix",
       "32"},
      {"prefix with a line end", [](auto& d) { d.sellers[0].invoice_prefix = "NW\r\n"; }, "/sellers/0/invoice_prefix",
       "letters"},
      {"prefix with a slash", [](auto& d) { d.sellers[0].invoice_prefix = "NW/"; }, "/sellers/0/invoice_prefix",
       "letters"},
      {"eleven notes", [](auto& d) { d.sellers[0].notes.emplace_back("more"); }, "/sellers/0/notes", "11 entries"},
      {"empty note", [](auto& d) { d.sellers[0].notes[9] = ""; }, "/sellers/0/notes/9", "empty"},
      {"long note", [](auto& d) { d.sellers[0].notes[0] = std::string(257, 'n'); }, "/sellers/0/notes/0", "256"},
  };
}

std::vector<Row> address_rows() {
  return {
      {"no street", [](auto& d) { d.sellers[0].address->line1 = ""; }, "/sellers/0/address/line1", "empty"},
      {"no city", [](auto& d) { d.sellers[0].address->city = ""; }, "/sellers/0/address/city", "empty"},
      {"no country", [](auto& d) { d.sellers[0].address->country_code = ""; }, "/sellers/0/address/country",
       "ISO 3166"},
      {"country in small letters", [](auto& d) { d.sellers[0].address->country_code = "de"; },
       "/sellers/0/address/country", "ISO 3166"},
      {"country of three letters", [](auto& d) { d.sellers[0].address->country_code = "DEU"; },
       "/sellers/0/address/country", "ISO 3166"},
      {"country by name", [](auto& d) { d.sellers[0].address->country_code = "Germany"; }, "/sellers/0/address/country",
       "ISO 3166"},
      {"long line", [](auto& d) { d.sellers[0].address->line1 = std::string(257, 'l'); }, "/sellers/0/address/line1",
       "256"},
      {"long second line", [](auto& d) { d.sellers[0].address->line2 = std::string(257, 'l'); },
       "/sellers/0/address/line2", "256"},
      {"long third line", [](auto& d) { d.sellers[0].address->line3 = std::string(257, 'l'); },
       "/sellers/0/address/line3", "256"},
      {"long city", [](auto& d) { d.sellers[0].address->city = std::string(257, 'c'); }, "/sellers/0/address/city",
       "256"},
      {"long postal code", [](auto& d) { d.sellers[0].address->postal_code = std::string(257, '1'); },
       "/sellers/0/address/postal_code", "256"},
      {"long state", [](auto& d) { d.sellers[0].address->state = std::string(257, 's'); }, "/sellers/0/address/state",
       "256"},
  };
}

std::vector<Row> terms_rows() {
  const auto terms = [](CatalogDocument& d) -> core::InvoiceTerms& { return d.contracts[0].invoices; };
  return {
      {"unknown seller", [=](auto& d) { terms(d).seller = "southwind"; }, "/contracts/0/seller", "no seller"},
      {"empty seller", [=](auto& d) { terms(d).seller = ""; }, "/contracts/0/seller", "no seller"},
      {"the built in seller by name", [=](auto& d) { terms(d).seller = "operator"; }, "/contracts/0/seller",
       "no seller"},
      {"party without a name", [=](auto& d) { terms(d).bill_to->name = ""; }, "/contracts/0/bill_to/name", "empty"},
      {"long number", [=](auto& d) { terms(d).ship_to->number = std::string(257, '1'); }, "/contracts/0/ship_to/number",
       "256"},
      {"long name of a party", [=](auto& d) { terms(d).sold_to->name = std::string(257, 'n'); },
       "/contracts/0/sold_to/name", "256"},
      {"party without a country", [=](auto& d) { terms(d).end_customer->address->country_code = ""; },
       "/contracts/0/end_customer/address/country", "ISO 3166"},
      {"twenty one orders", [=](auto& d) { terms(d).purchase_orders.emplace_back("PO"); },
       "/contracts/0/purchase_orders", "21 entries"},
      {"empty order", [=](auto& d) { terms(d).purchase_orders[3] = ""; }, "/contracts/0/purchase_orders/3", "empty"},
      {"long order", [=](auto& d) { terms(d).purchase_orders[3] = std::string(257, 'P'); },
       "/contracts/0/purchase_orders/3", "256"},
      {"long model", [=](auto& d) { terms(d).commercial_model = std::string(257, 'm'); },
       "/contracts/0/commercial_model", "256"},
      {"long terms", [=](auto& d) { terms(d).payment_terms = std::string(257, 't'); }, "/contracts/0/payment_terms",
       "256"},
      {"relative link", [=](auto& d) { terms(d).payment_link = "/pay"; }, "/contracts/0/payment_link", "absolute"},
      {"link without a scheme", [=](auto& d) { terms(d).payment_link = "pay.example"; }, "/contracts/0/payment_link",
       "absolute"},
      {"link of another scheme", [=](auto& d) { terms(d).payment_link = "javascript://pay.example/%0aalert(1)"; },
       "/contracts/0/payment_link", "absolute"},
      {"link without a host", [=](auto& d) { terms(d).payment_link = "https:///pay"; }, "/contracts/0/payment_link",
       "absolute"},
      {"link with a question for a host", [=](auto& d) { terms(d).payment_link = "https://?pay"; },
       "/contracts/0/payment_link", "absolute"},
      {"link with a blank", [=](auto& d) { terms(d).payment_link = "https://pay.example/a b"; },
       "/contracts/0/payment_link", "absolute"},
      {"link with a line end", [=](auto& d) { terms(d).payment_link = "https://pay.example/\n"; },
       "/contracts/0/payment_link", "absolute"},
      {"long link", [=](auto& d) { terms(d).payment_link = "https://pay.example/" + std::string(2'029, 'p'); },
       "/contracts/0/payment_link", "2048"},
      {"grace below zero", [](auto& d) { d.settings.close_grace_hours = -1; }, "/settings/close_grace_hours",
       "0 to 8784"},
      {"grace of more than a year", [](auto& d) { d.settings.close_grace_hours = 8'785; },
       "/settings/close_grace_hours", "0 to 8784"},
  };
}

class SellerRule : public testing::TestWithParam<Row> {};

TEST_P(SellerRule, IsKept) {
  const Row& row = GetParam();
  CatalogDocument document = good_document();
  row.spoil(document);
  const auto faults = faults_of(document);
  ASSERT_EQ(faults.size(), 1U) << row.name;
  EXPECT_EQ(faults[0].pointer, row.pointer);
  EXPECT_NE(faults[0].message.find(row.message_part), std::string::npos) << faults[0].message;
}

INSTANTIATE_TEST_SUITE_P(Sellers, SellerRule, testing::ValuesIn(seller_rows()), test::name_of<CatalogDocument>);
INSTANTIATE_TEST_SUITE_P(Addresses, SellerRule, testing::ValuesIn(address_rows()), test::name_of<CatalogDocument>);
INSTANTIATE_TEST_SUITE_P(Terms, SellerRule, testing::ValuesIn(terms_rows()), test::name_of<CatalogDocument>);

TEST(SellerRules, AContractMayNameAStoredSellerUnlessItIsPruned) {
  CatalogDocument document = good_document();
  document.contracts[0].invoices.seller = "stored";
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
  document.organizations = test::sample_catalog().organizations;
  const auto faults = faults_of(document, true);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].pointer, "/contracts/0/seller");
}

TEST(SellerRules, AContractNeedsNone) {
  CatalogDocument document = good_document();
  document.sellers.clear();
  document.contracts[0].invoices = core::InvoiceTerms();
  document.settings = core::Settings();
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

TEST(SellerRules, TheLimitsThemselvesAreAllowed) {
  CatalogDocument document = good_document();
  document.sellers[0].name = std::string(256, 'n');
  document.sellers[0].invoice_prefix = std::string(32, 'N');
  document.contracts[0].invoices.payment_link = "http://pay.example/" + std::string(2'029, 'p');
  document.settings.close_grace_hours = 0;
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

}  // namespace
}  // namespace tallystick::app
