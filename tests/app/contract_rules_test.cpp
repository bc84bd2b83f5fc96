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
using test::contract;
using test::day;
using test::decimal;
using test::item;

const core::Uuid other_id = test::uuid("44444444-4444-4444-8444-444444444444");

// A contract with all its parts, and a short one after it.
CatalogDocument good_document() {
  CatalogDocument document;
  core::Contract full = contract(test::bank, "2026-01-01", "2027-01-01");
  full.ramp = core::Ramp{day("2026-01-01"), day("2026-02-01")};
  full.minimum_monthly_amount = decimal("999999999999.999999999");
  full.billing_day = 31;
  full.items = {item("seats", "80", "140.00", "160.00"), item("requests", "0", "", "")};
  full.items[0].notes = "per named user";
  full.items[1].overage_tiers = {
      {decimal("10"), decimal("0.2")}, {decimal("10.5"), decimal("0.1")}, {{}, decimal("0")}};
  full.amendments = {{day("2026-01-02"), {item("seats", "100", "0", "")}},
                     {day("2026-12-31"), {item("peak", "1", "5", ""), item("seats", "1", "", "")}}};
  document.contracts = {full, contract(test::bank, "2027-01-01", "2027-01-02", other_id)};
  document.contracts[1].billing_day.reset();
  return document;
}

std::vector<core::Fault> faults_of(const CatalogDocument& document, bool prune = false) {
  core::Catalog in_force = test::sample_catalog();
  in_force.products.push_back(test::product("part", "Part", core::MeteringKind::sum));
  in_force.products.back().rolls_up = core::RollUp{"peak", decimal("17")};
  return check_catalog_document(document, CatalogSnapshot(in_force, test::operator_client()), prune);
}

TEST(ContractRules, AGoodContractHasNoFaults) {
  EXPECT_EQ(faults_of(good_document()), std::vector<core::Fault>{});
}

using Row = test::RuleRow<std::vector<core::Contract>>;

std::vector<Row> contract_rows() {
  return {
      {"id twice", [](auto& c) { c[1].id = c[0].id; }, "/contracts/1/id", "/contracts/0"},
      {"unknown organization", [](auto& c) { c[1].organization = test::stranger; }, "/contracts/1/organization",
       "no organization"},
      {"Operator", [](auto& c) { c[1].organization = core::operator_organization_id; }, "/contracts/1/organization",
       "no organization"},
      {"no number", [](auto& c) { c[0].number = ""; }, "/contracts/0/number", "empty"},
      {"long number", [](auto& c) { c[0].number = std::string(257, '1'); }, "/contracts/0/number", "256"},
      {"unknown currency", [](auto& c) { c[0].currency = "USX"; }, "/contracts/0/currency", "ISO 4217"},
      {"currency in small letters", [](auto& c) { c[0].currency = "usd"; }, "/contracts/0/currency", "ISO 4217"},
      {"gold", [](auto& c) { c[0].currency = "XAU"; }, "/contracts/0/currency", "ISO 4217"},
      {"no day long", [](auto& c) { c[1].end = c[1].effective; }, "/contracts/1/end", "after"},
      {"end before its effective date", [](auto& c) { c[1].end = day("2020-01-01"); }, "/contracts/1/end", "after"},
      {"ramp before the contract", [](auto& c) { c[0].ramp->start = day("2025-12-31"); }, "/contracts/0/ramp/start",
       "before"},
      {"ramp beyond the contract", [](auto& c) { c[0].ramp->end = day("2027-01-02"); }, "/contracts/0/ramp/end",
       "after the contract's end"},
      {"ramp without a day", [](auto& c) { c[0].ramp->end = c[0].ramp->start; }, "/contracts/0/ramp/end",
       "after the ramp's start"},
      {"minimum below zero", [](auto& c) { c[0].minimum_monthly_amount = decimal("-0.01"); },
       "/contracts/0/minimum_monthly_amount", "negative"},
      {"minimum of 13 digits", [](auto& c) { c[0].minimum_monthly_amount = decimal("1000000000000"); },
       "/contracts/0/minimum_monthly_amount", "12 digits"},
      {"billing day 0", [](auto& c) { c[0].billing_day = 0; }, "/contracts/0/billing_day", "1 to 31"},
      {"billing day 32", [](auto& c) { c[0].billing_day = 32; }, "/contracts/0/billing_day", "1 to 31"},
      {"overlap of a day", [](auto& c) { c[1].effective = day("2026-12-31"); }, "/contracts/1/effective",
       "/contracts/0"},
      {"overlap with a later one",
       [](auto& c) {
         std::swap(c[0], c[1]);
         c[1].end = day("2027-01-02");
       },
       "/contracts/1/effective", "/contracts/0"},
      {"the same days",
       [](auto& c) {
         c[1].effective = c[0].effective;
         c[1].end = c[0].end;
       },
       "/contracts/1/effective", "/contracts/0"},
      {"one inside the other",
       [](auto& c) {
         c[1].effective = day("2026-05-01");
         c[1].end = day("2026-06-01");
       },
       "/contracts/1/effective", "/contracts/0"},
      {"one around the other",
       [](auto& c) {
         c[1].effective = day("2025-01-01");
         c[1].end = day("2028-06-01");
       },
       "/contracts/1/effective", "/contracts/0"},
  };
}

std::vector<Row> amendment_rows() {
  return {
      {"amendment on the first day", [](auto& c) { c[0].amendments[0].date = c[0].effective; },
       "/contracts/0/amendments/0/date", "after the contract's effective date"},
      {"amendment before the contract", [](auto& c) { c[0].amendments[0].date = day("2025-12-31"); },
       "/contracts/0/amendments/0/date", "after the contract's effective date"},
      {"amendment at the end", [](auto& c) { c[0].amendments[1].date = c[0].end; }, "/contracts/0/amendments/1/date",
       "before its end"},
      {"amendments of one day", [](auto& c) { c[0].amendments[1].date = c[0].amendments[0].date; },
       "/contracts/0/amendments/1/date", "after that of the amendment before it"},
      {"amendments out of order",
       [](auto& c) {
         c[0].amendments[0].date = day("2026-07-01");
         c[0].amendments[1].date = day("2026-06-30");
       },
       "/contracts/0/amendments/1/date", "after that of the amendment before it"},
      {"product twice in an amendment", [](auto& c) { c[0].amendments[1].items[1].product = "peak"; },
       "/contracts/0/amendments/1/items/1/product", "/contracts/0/amendments/1/items/0"},
      {"unknown product in an amendment", [](auto& c) { c[0].amendments[0].items[0].product = "ghost"; },
       "/contracts/0/amendments/0/items/0/product", "no product"},
      {"negative price in an amendment", [](auto& c) { c[0].amendments[0].items[0].prepay_price = decimal("-1"); },
       "/contracts/0/amendments/0/items/0/prepay_price", "negative"},
  };
}

std::vector<Row> item_rows() {
  const std::string first = "/contracts/0/items/0";
  const std::string tiers = "/contracts/0/items/1/overage_tiers";
  return {
      {"unknown product", [](auto& c) { c[0].items[0].product = "ghost"; }, first + "/product", "no product"},
      {"product twice", [](auto& c) { c[0].items.push_back(c[0].items[0]); }, "/contracts/0/items/2/product", first},
      {"part of a roll-up", [](auto& c) { c[0].items[0].product = "part"; }, first + "/product", "rolls up into peak"},
      {"quantity below zero", [](auto& c) { c[0].items[0].prepay_quantity = decimal("-1"); },
       first + "/prepay_quantity", "negative"},
      {"price below zero", [](auto& c) { c[0].items[0].prepay_price = decimal("-0.000000001"); },
       first + "/prepay_price", "negative"},
      {"price of 13 digits", [](auto& c) { c[0].items[0].prepay_price = decimal("1000000000000"); },
       first + "/prepay_price", "12 digits"},
      {"overage price below zero", [](auto& c) { c[0].items[0].overage_price = decimal("-1"); },
       first + "/overage_price", "negative"},
      {"overage price of 13 digits", [](auto& c) { c[0].items[0].overage_price = decimal("1000000000000"); },
       first + "/overage_price", "12 digits"},
      {"bundle of nothing", [](auto& c) { c[0].items[0].bundle_quantity = decimal("0"); }, first + "/bundle_quantity",
       "above 0"},
      {"bundle below zero", [](auto& c) { c[0].items[0].bundle_quantity = decimal("-1"); }, first + "/bundle_quantity",
       "above 0"},
      {"long notes", [](auto& c) { c[0].items[0].notes = std::string(1'025, 'n'); }, first + "/notes", "1024"},
      {"price and tiers", [](auto& c) { c[0].items[1].overage_price = decimal("1"); }, tiers, "overage_price"},
      {"tier that does not ascend", [](auto& c) { c[0].items[1].overage_tiers[1].up_to = decimal("10"); },
       tiers + "/1/up_to", "above 10"},
      {"first tier of nothing", [](auto& c) { c[0].items[1].overage_tiers[0].up_to = decimal("0"); },
       tiers + "/0/up_to", "above 0"},
      {"tier without an end in the middle", [](auto& c) { c[0].items[1].overage_tiers[1].up_to.reset(); },
       tiers + "/1/up_to", "required"},
      {"last tier with an end", [](auto& c) { c[0].items[1].overage_tiers[2].up_to = decimal("20"); },
       tiers + "/2/up_to", "last tier"},
      {"tier below zero", [](auto& c) { c[0].items[1].overage_tiers[2].price = decimal("-1"); }, tiers + "/2/price",
       "negative"},
      {"tier of 13 digits", [](auto& c) { c[0].items[1].overage_tiers[0].price = decimal("1000000000000"); },
       tiers + "/0/price", "12 digits"},
  };
}

class ContractRule : public testing::TestWithParam<Row> {};

TEST_P(ContractRule, IsOneFaultAtItsPlace) {
  const Row& row = GetParam();
  CatalogDocument document = good_document();
  row.spoil(document.contracts);
  const auto faults = faults_of(document);
  ASSERT_EQ(faults.size(), 1U) << row.name;
  EXPECT_EQ(faults[0].pointer, row.pointer);
  EXPECT_NE(faults[0].message.find(row.message_part), std::string::npos) << faults[0].message;
}

INSTANTIATE_TEST_SUITE_P(Contracts, ContractRule, testing::ValuesIn(contract_rows()),
                         test::name_of<std::vector<core::Contract>>);
INSTANTIATE_TEST_SUITE_P(Amendments, ContractRule, testing::ValuesIn(amendment_rows()),
                         test::name_of<std::vector<core::Contract>>);
INSTANTIATE_TEST_SUITE_P(Items, ContractRule, testing::ValuesIn(item_rows()),
                         test::name_of<std::vector<core::Contract>>);

TEST(ContractRules, OrganizationsHaveContractsOfTheirOwn) {
  CatalogDocument document = good_document();
  document.contracts[1].organization = test::partner;
  document.contracts[1].effective = document.contracts[0].effective;
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

TEST(ContractRules, ContractsMayStandInAnyOrder) {
  CatalogDocument document = good_document();
  document.contracts.insert(document.contracts.begin(), contract(test::bank, "2028-01-01", "2029-01-01",
                                                                 test::uuid("55555555-5555-4555-8555-555555555555")));
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

TEST(ContractRules, APrunedCatalogHasWhatItsContractsName) {
  CatalogDocument document = good_document();
  const core::Catalog sample = test::sample_catalog();
  document.organizations = {sample.organizations[1]};
  document.products = {sample.products[0], sample.products[1]};
  const auto faults = faults_of(document, true);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].pointer, "/contracts/0/amendments/1/items/0/product") << "peak is not in the document";
}

TEST(ContractRules, AProductOfAStoredContractDoesNotBecomeAPart) {
  core::Catalog stored = test::sample_catalog();
  stored.contracts = {contract(test::bank, "2026-01-01", "2027-01-01")};
  stored.contracts[0].amendments = {{day("2026-05-01"), {item("seats", "1", "", "")}}};
  const CatalogSnapshot current(stored, test::operator_client());
  CatalogDocument document;
  document.products = {test::product("seats", "Seats", core::MeteringKind::unique)};
  document.products[0].rolls_up = core::RollUp{"requests", decimal("2")};
  const auto faults = check_catalog_document(document, current, false);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].pointer, "/products/0/rolls_up");
  EXPECT_NE(faults[0].message.find("contract 33333333-3333-4333-8333-333333333333"), std::string::npos);

  document.contracts = {contract(test::bank, "2026-01-01", "2027-01-01")};
  EXPECT_EQ(check_catalog_document(document, current, false), std::vector<core::Fault>{}) << "the item goes with it";
}

}  // namespace
}  // namespace tallystick::app
