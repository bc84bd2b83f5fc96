#include "server/contract_answer.hpp"

#include <gtest/gtest.h>

#include "server/billed_samples.hpp"

namespace tallystick::test {
namespace {

using server::contract_answer;

app::ContractView view_of(core::Contract contract) {
  app::ContractView view;
  view.contract = std::move(contract);
  view.organization_name = "Blue Harbor Bank";
  view.catalog = token_catalog();
  return view;
}

std::string json_of(const wire::BillingPlanItem& plan_item) {
  wire::BillingContract answer;
  answer.plans.emplace(1).front().items = {plan_item};
  return json_between(answer, R"({"plans":[{"items":[)", "]}]}");
}

TEST(ContractAnswer, SaysWhatApplies) {
  const std::string bank_customer = R"({"id":")" + bank.to_string() + R"(","name":"Blue Harbor Bank"})";
  EXPECT_EQ(wire::to_json(contract_answer(view_of(contract(bank, "2026-01-01", "2027-01-01")))),
            R"({"id":"33333333-3333-4333-8333-333333333333","externalNumber":"00041822","status":"Inactive",)"
            R"("billToCustomer":)" +
                bank_customer + R"(,"soldToCustomer":)" + bank_customer + R"(,"endCustomer":)" + bank_customer +
                R"(,"dateStart":"2026-01-01","dateEnd":"2026-12-31","billingPeriods":[],"plans":[]})");
}

TEST(ContractAnswer, LetterRampAndPeriods) {
  app::ContractView view = view_of(contract(bank, "2026-01-01", "2027-01-01"));
  view.is_active = true;
  view.contract.ramp = {day("2026-01-01"), day("2026-02-01")};
  view.contract.invoices.commercial_model = "Prepay";
  view.contract.invoices.purchase_orders = {"PO-1", "PO-2"};
  view.contract.invoices.bill_to = {"C-7", "Bank Accounts Payable", std::nullopt};
  view.periods = {{month("2026-01-01", "2026-02-01"), true}, {month("2026-02-01", "2026-03-01"), false}};
  const auto answer = contract_answer(view);
  EXPECT_EQ(answer.status->text(), "Active");
  EXPECT_EQ(answer.commercial_model, "Prepay");
  EXPECT_EQ(answer.purchase_order_numbers, (std::vector<std::string>{"PO-1", "PO-2"}));
  EXPECT_EQ(answer.bill_to_customer->id, std::nullopt);
  EXPECT_EQ(answer.bill_to_customer->number, "C-7");
  EXPECT_EQ(answer.bill_to_customer->name, "Bank Accounts Payable");
  EXPECT_EQ(answer.date_ramp_start, day("2026-01-01"));
  EXPECT_EQ(answer.date_ramp_end, day("2026-01-31"));
  ASSERT_EQ(answer.billing_periods->size(), 2U);
  const auto& january = answer.billing_periods->front();
  EXPECT_EQ(january.id, core::Uuid::from_name(contract_id, "billingperiod/2026-01-01").to_string());
  EXPECT_EQ(january.date_end, day("2026-01-31"));
  EXPECT_EQ(january.status->text(), "Closed");
  EXPECT_EQ(answer.billing_periods->back().status->text(), "Open");
}

TEST(ContractAnswer, ItemsAreTheVersionsOfAPlan) {
  app::ContractView view = view_of(contract(bank, "2026-01-01", "2027-01-01"));
  view.contract.items = {item("seats", "80.5", "140", "160"), item("requests", "0", "", "")};
  view.contract.items[1].overage_tiers = {{decimal("1000"), decimal("0.0002")}, {std::nullopt, decimal("0.0001")}};
  view.contract.items[1].notes = "calls out";
  view.contract.amendments = {{day("2026-02-16"), {item("seats", "100", "155", ""), item("tokens", "5", "1", "")}}};
  view.periods = {{month("2026-01-01", "2026-02-01"), true},
                  {month("2026-02-01", "2026-03-01"), true},
                  {month("2026-03-01", "2026-04-01"), false}};
  const auto answer = contract_answer(view);
  ASSERT_EQ(answer.plans->size(), 3U);
  const wire::BillingPlan& seats = answer.plans->at(0);
  EXPECT_EQ(seats.id, core::Uuid::from_name(contract_id, "plan/seats").to_string());
  EXPECT_EQ(seats.product->id, core::Uuid::from_name(core::operator_organization_id, "product/seats").to_string());
  EXPECT_EQ(seats.organizations->at(0).name, "Blue Harbor Bank");
  ASSERT_EQ(seats.items->size(), 2U);
  EXPECT_EQ(json_of(seats.items->at(0)),
            R"({"itemNumber":"1","name":"Seats","type":"Recurring","function":"user-license",)"
            R"("dateChargedThrough":"2026-02-28","currencyIsoCode":"USD","discountAmount":15,)"
            R"("dateEffectiveStart":"2026-01-01","dateEffectiveEnd":"2026-02-15","overagePrice":160,"price":140,)"
            R"("quantity":81,"unitOfMeasure":"User"})");
  EXPECT_EQ(json_of(seats.items->at(1)),
            R"({"itemNumber":"2","name":"Seats","type":"Recurring","function":"user-license",)"
            R"("dateChargedThrough":"2026-02-28","currencyIsoCode":"USD","dateEffectiveStart":"2026-02-16",)"
            R"("dateEffectiveEnd":"2026-12-31","overagePrice":155,"price":155,"quantity":100,"unitOfMeasure":"User"})")
      << "at the list price there is no discount, and overage has it";
  EXPECT_EQ(
      json_of(answer.plans->at(1).items->at(0)),
      R"({"itemNumber":"1","name":"API requests","type":"Usage","function":"resource",)"
      R"("description":"calls out; 0-1000 at 0.0002, above at 0.0001","dateChargedThrough":"2026-02-28","currencyIsoCode":"USD","dateEffectiveStart":"2026-01-01",)"
      R"("dateEffectiveEnd":"2026-12-31","overagePrice":0.0002,"quantity":0,"unitOfMeasure":"Each"})");
  EXPECT_EQ(answer.plans->at(2).items->at(0).item_number, "1") << "new with an amendment";
  EXPECT_EQ(answer.plans->at(2).items->at(0).date_effective_start, day("2026-02-16"));
}

}  // namespace
}  // namespace tallystick::test
