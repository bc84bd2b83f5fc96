#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <map>

#include "documents/invoice_files.hpp"
#include "documents/sample_invoice.hpp"

namespace tallystick::documents {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::vector<std::string>> records_of(const std::string& csv) {
  std::vector<std::vector<std::string>> records(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
      records.back().back() += csv[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      records.back().emplace_back();
    } else if (!quoted && c == '\n') {
      records.push_back({""});
    } else {
      records.back().back() += c;
    }
  }
  records.pop_back();
  return records;
}

std::vector<Row> rows_of(const wire::InvoiceDocument& invoice) {
  const auto records = records_of(invoice_focus_csv(invoice));
  std::vector<Row> rows;
  for (std::size_t i = 1; i < records.size(); ++i) {
    EXPECT_EQ(records[i].size(), records[0].size());
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < records[i].size(); ++c) row[records[0][c]] = records[i][c];
  }
  return rows;
}

void expect_row(const Row& row, const Row& expected) {
  for (const auto& [column, value] : expected) {
    ASSERT_TRUE(row.contains(column)) << column;
    EXPECT_EQ(row.at(column), value) << column;
  }
}

TEST(FocusCsv, HasTheMandatoryColumnsOfTheSpecificationInItsOrder) {
  const auto header = records_of(invoice_focus_csv(letter())).front();
  for (const char* mandatory : {"BilledCost",
                                "BillingAccountId",
                                "BillingAccountName",
                                "BillingCurrency",
                                "BillingPeriodEnd",
                                "BillingPeriodStart",
                                "ChargeCategory",
                                "ChargeClass",
                                "ChargeDescription",
                                "ChargePeriodEnd",
                                "ChargePeriodStart",
                                "ContractedCost",
                                "EffectiveCost",
                                "InvoiceIssuerName",
                                "ListCost",
                                "PricingQuantity",
                                "PricingUnit",
                                "ProviderName",
                                "PublisherName",
                                "ServiceCategory",
                                "ServiceName",
                                "InvoiceId",
                                "PricingCurrency",
                                "PricingCurrencyContractedUnitPrice",
                                "PricingCurrencyEffectiveCost",
                                "PricingCurrencyListUnitPrice"}) {
    EXPECT_NE(std::ranges::find(header, mandatory), header.end()) << mandatory;
  }
  EXPECT_TRUE(std::ranges::is_sorted(header));
}

TEST(FocusCsv, WhatAllLinesSayOfTheirInvoice) {
  for (const Row& row : rows_of(full_invoice())) {
    expect_row(row, {{"BillingAccountId", "5c2f0d3a-1111-4222-8333-944455566677"},
                     {"BillingAccountName", "Contoso Airlines"},
                     {"BillingAccountType", "Organization"},
                     {"BillingCurrency", "EUR"},
                     {"BillingPeriodStart", "2026-01-01T00:00:00Z"},
                     {"BillingPeriodEnd", "2026-02-01T00:00:00Z"},
                     {"InvoiceId", "NW-000042"},
                     {"InvoiceIssuerName", "Northwind Cloud Partners GmbH"},
                     {"SubAccountId", "0c1d2e3f-aaaa-4bbb-8ccc-dddeeefff000"},
                     {"SubAccountName", "C-2026-17"},
                     {"SubAccountType", "Contract"}});
  }
}

TEST(FocusCsv, EveryKindOfLineHasItsCategoryAndPrice) {
  const auto rows = rows_of(full_invoice());
  ASSERT_EQ(rows.size(), 8U);
  // Prorated: no price of one unit makes it, so it is one unit at its amount.
  expect_row(rows[0], {{"BilledCost", "12515.35"},
                       {"ChargeCategory", "Purchase"},
                       {"ChargeClass", ""},
                       {"ChargeDescription",
                        "Cloud CX 3 Named, Prepaid: 80 at 140.00 for 15 of 31 days, 100 at 138.00 for 16 of 31 days"},
                       {"ChargeFrequency", "Recurring"},
                       {"ConsumedQuantity", ""},
                       {"PricingQuantity", "1"},
                       {"PricingUnit", "Unit"},
                       {"ContractedUnitPrice", "12515.35"},
                       {"ContractedCost", "12515.35"},
                       {"ListCost", "12515.35"},
                       {"EffectiveCost", "12515.35"},
                       {"PricingCategory", "Standard"},
                       {"ServiceName", "Cloud CX"},
                       {"SkuId", "SKU-Cloud CX 3 Named"},
                       {"SkuPriceId", "SKU-Cloud CX 3 Named-prepay"}});
  expect_row(rows[1], {{"ChargeCategory", "Usage"},
                       {"ChargeFrequency", "Usage-Based"},
                       {"ConsumedQuantity", "12.5"},
                       {"ConsumedUnit", "User"},
                       {"PricingQuantity", "12.5"},
                       {"PricingUnit", "User"},
                       {"ContractedUnitPrice", "175"},
                       {"ContractedCost", "2187.5"},
                       {"ListUnitPrice", "190"},
                       {"ListCost", "2375"},
                       {"PricingCurrency", "EUR"},
                       {"PricingCurrencyContractedUnitPrice", "175"},
                       {"PricingCurrencyListUnitPrice", "190"},
                       {"PricingCurrencyEffectiveCost", "2187.5"}});
  // 1234567.25 × 0.005: the contracted cost is exact, the billed one rounded.
  expect_row(rows[2], {{"ContractedCost", "6172.83625"}, {"BilledCost", "6172.84"}, {"ListCost", "6172.83625"}});
  expect_row(rows[3], {{"PricingCurrency", "Tokens"},
                       {"PricingUnit", "Tokens"},
                       {"PricingQuantity", "450"},
                       {"ContractedUnitPrice", "1.1"},
                       {"ContractedCost", "495"},
                       {"ListCost", "562.5"},
                       {"PricingCurrencyContractedUnitPrice", "1"},
                       {"PricingCurrencyEffectiveCost", "450"}});
  expect_row(rows[4], {{"x_IsThirdParty", "true"}, {"x_InvoiceLineId", "line-5"}});
  expect_row(rows[5], {{"ChargeCategory", "Adjustment"},
                       {"ChargeClass", ""},
                       {"ChargeFrequency", "Recurring"},
                       {"PricingQuantity", ""},
                       {"ContractedUnitPrice", ""},
                       {"ContractedCost", "539.61"},
                       {"ServiceName", "Minimum commitment"},
                       {"SkuId", ""},
                       {"SkuPriceId", ""}});
  expect_row(rows[6], {{"ChargeCategory", "Usage"},
                       {"ChargeClass", "Correction"},
                       {"ChargePeriodStart", "2025-12-01T00:00:00Z"},
                       {"ChargePeriodEnd", "2026-01-01T00:00:00Z"},
                       {"BilledCost", "350"}});
  expect_row(rows[7], {{"ChargeClass", "Correction"}, {"BilledCost", "-10"}, {"ConsumedQuantity", "-2000"}});
}

TEST(FocusCsv, ACreditNoteIsACreditInTheMonthOfItsIssue) {
  wire::InvoiceDocument note = letter();
  note.type = "CreditNote";
  note.date_invoiced = day("2024-02-29");
  note.date_start.reset();
  note.date_end.reset();
  auto credit = line("credit", "", "", "1", "-100");
  credit.description = "Goodwill";
  note.lines = {credit};
  add_up(note);
  expect_row(rows_of(note).at(0), {{"ChargeCategory", "Credit"},
                                   {"ChargeClass", ""},
                                   {"ChargeFrequency", "One-Time"},
                                   {"BilledCost", "-100"},
                                   {"ListCost", "-100"},
                                   {"ContractedCost", "-100"},
                                   {"BillingPeriodStart", "2024-02-01T00:00:00Z"},
                                   {"BillingPeriodEnd", "2024-03-01T00:00:00Z"}});
}

wire::InvoiceDocument any_invoice() {
  wire::InvoiceDocument invoice = letter();
  const auto amount = rc::gen::map(rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000'000),
                                   [](std::int64_t cents) { return core::Decimal::from_units(cents * 10'000'000); });
  const auto number = rc::gen::map(rc::gen::inRange<std::int64_t>(1, 1'000'000'000'000'000), core::Decimal::from_units);
  const int count = *rc::gen::inRange(0, 20);
  for (int i = 0; i < count; ++i) {
    const bool has_product = *rc::gen::inRange(0, 5) > 0;
    auto row = line(has_product ? *rc::gen::element<std::string>("prepay", "overage", "adjustment")
                                : *rc::gen::element<std::string>("minimum", "credit", "adjustment"),
                    has_product ? "A, \"B\"\nC" : "", "", "1", "1");
    row.quantity = *number;
    row.amount = *amount;
    row.is_token = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) row.unit_price = *number;
    if (*rc::gen::arbitrary<bool>()) row.list_unit_price = *number;
    invoice.lines.push_back(row);
  }
  add_up(invoice);
  return invoice;
}

RC_GTEST_PROP(FocusCsv, BilledCostsAddUpToTheInvoiceARowEachLine, ()) {
  const auto invoice = any_invoice();
  const auto rows = rows_of(invoice);
  RC_ASSERT(rows.size() == invoice.lines.size());
  core::Decimal sum;
  for (const Row& row : rows) sum = sum.plus(decimal(row.at("BilledCost"))).value();
  RC_ASSERT(sum == invoice.amount);
}

RC_GTEST_PROP(FocusCsv, UsageAndPurchasesHavePricesThatMakeTheirCosts, ()) {
  for (const Row& row : rows_of(any_invoice())) {
    for (const char* always :
         {"BilledCost", "EffectiveCost", "ContractedCost", "ListCost", "ServiceName", "ChargeDescription",
          "PricingCurrency", "PricingCurrencyEffectiveCost", "ChargeFrequency"}) {
      RC_ASSERT(!row.at(always).empty());
    }
    const std::string& category = row.at("ChargeCategory");
    if ((category != "Usage" && category != "Purchase") || row.at("ChargeClass") == "Correction") continue;
    for (const char* priced : {"PricingQuantity", "PricingUnit", "PricingCategory", "SkuId", "SkuPriceId",
                               "PricingCurrencyContractedUnitPrice", "PricingCurrencyListUnitPrice"}) {
      RC_ASSERT(!row.at(priced).empty());
    }
    // Exact in 18 places, as products of two 9-place numbers are.
    const auto product = [&](const char* price) {
      return decimal(row.at(price)).units() * decimal(row.at("PricingQuantity")).units();
    };
    const auto cost = [&](const char* name) { return decimal(row.at(name)).units() * core::Decimal::one_units; };
    RC_ASSERT(product("ContractedUnitPrice") == cost("ContractedCost"));
    RC_ASSERT(product("ListUnitPrice") == cost("ListCost"));
  }
}

}  // namespace
}  // namespace tallystick::documents
