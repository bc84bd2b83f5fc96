#pragma once
#include <gtest/gtest.h>

#include <memory>

#include "app/period_bill.hpp"
#include "app/sample_catalog.hpp"
#include "tallystick/wire/json.hpp"

namespace tallystick::test {

/// The sample catalog with a token product into which minutes roll up at 17, and seats at a list price of 155.00.
inline std::shared_ptr<const app::CatalogSnapshot> token_catalog() {
  core::Catalog catalog = sample_catalog();
  catalog.products[0].grouping = "user-license";
  catalog.products[0].unit = "seat";
  catalog.products[0].list_price["USD"] = decimal("155");
  core::Product tokens = product("tokens", "Tokens", core::MeteringKind::sum);
  tokens.unit = "token";
  core::Product minutes = product("minutes", "Bot minutes", core::MeteringKind::sum);
  minutes.rolls_up = core::RollUp{"tokens", decimal("17")};
  catalog.products.push_back(tokens);
  catalog.products.push_back(minutes);
  return std::make_shared<const app::CatalogSnapshot>(catalog, operator_client());
}

inline core::BillingPeriod month(std::string_view start, std::string_view end) {
  return {day(start), day(end), day(start), day(end)};
}

/// A bill of March 2026 of the bank, without lines.
inline app::PeriodBill bill_of(const core::Contract& contract, std::shared_ptr<const app::CatalogSnapshot> catalog) {
  app::PeriodBill bill;
  bill.overview.organization = bank;
  bill.overview.organization_name = "Blue Harbor Bank";
  bill.overview.contract = &contract;
  bill.overview.period = month("2026-03-01", "2026-04-01");
  bill.overview.catalog = std::move(catalog);
  bill.invoice_id = app::invoice_id_of(contract, bill.overview.period);
  return bill;
}

inline core::InvoiceLine invoice_line(core::InvoiceLine::Kind kind, std::string product, std::string_view quantity,
                                      std::string_view amount) {
  core::InvoiceLine line;
  line.kind = kind;
  line.thing = {contract_id, day("2026-03-01"), std::move(product)};
  line.start = day("2026-03-01");
  line.end = day("2026-04-01");
  line.quantity = decimal(quantity);
  line.amount = decimal(amount);
  line.description = "worked out";
  return line;
}

/// The JSON of a part of a model, which has nothing else: what follows `before`, up to `after`.
template <class Model>
std::string json_between(const Model& model, std::string_view before, std::string_view after) {
  const std::string text = wire::to_json(model);
  EXPECT_TRUE(text.starts_with(before) && text.ends_with(after)) << text;
  return text.substr(before.size(), text.size() - before.size() - after.size());
}

}  // namespace tallystick::test
