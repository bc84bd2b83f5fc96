#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "app/apply_catalog.hpp"
#include "app/billing_fixture.hpp"

// What a catalog may not say once periods are closed (docs/domain.md, "Closing").
namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;
using test::bank;
using test::day;
using test::decimal;
using test::item;
using test::partner;

/// January to March of the bank's contract are closed; it is 10 April.
class ClosedPast : public test::BillingTest {
 protected:
  ClosedPast() {
    set_clock("2026-04-10T00:00:00Z");
    EXPECT_TRUE(close());
    const core::Catalog& stored = current_->get()->declared();
    document_.organizations = stored.organizations;
    document_.trusts = stored.trusts;
    document_.products = stored.products;
    document_.contracts = stored.contracts;
  }

  core::Contract& contract() { return document_.contracts.front(); }
  Applied put(bool prune = false, bool dry_run = false) {
    test::Awaited<Applied> applied;
    apply_.apply(document_, {.dry_run = dry_run, .prune = prune}, applied.callback());
    return applied.take();
  }
  // The place and the message of the only fault.
  static std::string conflict(const Applied& applied) {
    if (applied) return "applied";
    if (applied.error().kind != core::ProblemKind::conflict) return "another problem: " + applied.error().message;
    std::string text;
    for (const core::Fault& fault : applied.error().faults) text += fault.pointer + " " + fault.message;
    return text;
  }

  core::CatalogDocument document_;
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

struct Change {
  std::string name;
  std::function<void(core::Contract&)> make;
  std::string first_period;  ///< that it would change; empty: it is taken
};

TEST_F(ClosedPast, TermsOfClosedPeriodsStay) {
  const std::vector<Change> changes = {
      {"currency", [](core::Contract& c) { c.currency = "EUR"; }, "2026-01-01 to 2026-01-31"},
      {"price", [](core::Contract& c) { c.items[0].overage_price = decimal("2.00"); }, "2026-01-01 to 2026-01-31"},
      {"a later beginning", [](core::Contract& c) { c.effective = day("2026-01-02"); }, "2026-01-01 to 2026-01-31"},
      {"a minimum", [](core::Contract& c) { c.minimum_monthly_amount = decimal("10.00"); }, "2026-01-01 to 2026-01-31"},
      {"a ramp in February",
       [](core::Contract& c) {
         c.ramp = core::Ramp{day("2026-02-01"), day("2026-03-01")};
       },
       "2026-02-01 to 2026-02-28"},
      {"another billing day", [](core::Contract& c) { c.billing_day = 2; }, "2026-01-01 to 2026-01-31"},
      {"an end in March", [](core::Contract& c) { c.end = day("2026-03-31"); }, "2026-03-01 to 2026-03-31"},
      {"an amendment in March",
       [](core::Contract& c) {
         c.amendments = {{day("2026-03-31"), {item("requests", "1", "1.00", "")}}};
       },
       "2026-03-01 to 2026-03-31"},
      {"an amendment in April",
       [](core::Contract& c) {
         c.amendments = {{day("2026-04-01"), {item("requests", "1", "1.00", "")}}};
       },
       ""},
      {"an end in April", [](core::Contract& c) { c.end = day("2026-04-30"); }, ""},
      {"an end with March", [](core::Contract& c) { c.end = day("2026-04-01"); }, ""},
      {"a ramp to come",
       [](core::Contract& c) {
         c.ramp = core::Ramp{day("2026-04-01"), day("2026-05-01")};
       },
       ""},
      {"what is on the letter", [](core::Contract& c) { c.invoices.purchase_orders = {"PO-1"}; }, ""},
  };
  for (const Change& change : changes) {
    document_.contracts = current_->get()->declared().contracts;
    change.make(contract());
    const std::string expected = change.first_period.empty()
                                     ? "applied"
                                     : "/contracts/0 contract " + test::contract_id.to_string() +
                                           " would change its period " + change.first_period +
                                           ", which is closed; a change is possible from 2026-04-01 on";
    EXPECT_EQ(conflict(put(false, true)), expected) << change.name << ", tried";
  }
  contract() = current_->get()->declared().contracts.front();
  contract().currency = "EUR";
  EXPECT_NE(conflict(put()), "applied");
  EXPECT_EQ(store_.load_catalog().value().contracts.front().currency, "USD");
  contract().currency = "USD";
  contract().items[0].overage_price = decimal("1.00");
  contract().amendments = {{day("2026-04-01"), {item("requests", "1", "1.00", "2.00")}}};
  EXPECT_EQ(conflict(put()), "applied");
}

TEST_F(ClosedPast, AContractStaysWithItsOrganization) {
  contract().organization = partner;
  EXPECT_EQ(conflict(put()).substr(0, 12), "/contracts/0");
}

TEST_F(ClosedPast, AContractWithClosedPeriodsIsNotPruned) {
  document_.contracts.clear();
  EXPECT_EQ(conflict(put(true)), "/contracts contract " + test::contract_id.to_string() +
                                     " has closed periods and cannot be removed; keep it in the document, or apply "
                                     "without prune");
  EXPECT_EQ(conflict(put(false)), "applied");
}

TEST_F(ClosedPast, AContractWithoutClosedPeriodsIsPruned) {
  document_.contracts.push_back(
      test::contract(partner, "2026-01-01", "2027-01-01", test::uuid("55555555-5555-4555-8555-555555555555")));
  ASSERT_EQ(conflict(put()), "applied");
  document_.contracts.pop_back();
  EXPECT_EQ(conflict(put(true)), "applied");
}

TEST_F(ClosedPast, AnOrganizationWithInvoicesIsNotPruned) {
  std::erase_if(document_.organizations, [](const core::Organization& each) { return each.id == bank; });
  document_.trusts.clear();
  document_.contracts.clear();
  EXPECT_NE(conflict(put(true)).find("/organizations organization " + bank.to_string() + " has invoices"),
            std::string::npos);
}

TEST_F(ClosedPast, ASellerWithInvoicesIsNotPruned) {
  core::Seller northwind;
  northwind.key = "northwind";
  northwind.name = "Northwind Telephony";
  core::Seller unused = northwind;
  unused.key = "unused";
  apply({.sellers = {northwind}}, "2026-04-10T00:00:00Z");
  set_clock("2026-05-01T00:00:00Z");
  ASSERT_TRUE(close()) << "by the only seller";
  apply({.sellers = {unused}}, "2026-05-01T00:00:00Z");
  document_.sellers = {};
  EXPECT_EQ(conflict(put(true)),
            "/sellers seller northwind has invoices and cannot be removed; keep it in the "
            "document, or apply without prune");
  document_.sellers = {northwind};
  EXPECT_EQ(conflict(put(true)), "applied");
}

TEST_F(ClosedPast, WhenAContractCameIsKept) {
  const core::Uuid id = test::uuid("55555555-5555-4555-8555-555555555555");
  document_.contracts.push_back(test::contract(partner, "2026-01-01", "2027-01-01", id));
  ASSERT_EQ(conflict(put()), "applied");
  EXPECT_EQ(store_.contract_first_applied(id).value(), test::at("2026-04-10T00:00:00Z"));
  set_clock("2026-04-11T00:00:00Z");
  document_.contracts.back().number = "2";
  ASSERT_EQ(conflict(put()), "applied");
  EXPECT_EQ(store_.contract_first_applied(id).value(), test::at("2026-04-10T00:00:00Z"));
}

}  // namespace
}  // namespace tallystick::app
