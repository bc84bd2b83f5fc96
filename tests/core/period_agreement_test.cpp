#include <gtest/gtest.h>

#include <functional>

#include "rated_samples.hpp"
#include "tallystick/core/billing_period.hpp"

namespace tallystick::core {
namespace {

using test::day;
using test::decimal;
using test::item;

// March 2026 of a contract with everything that a contract can have: an amendment inside of March and a later one.
class PeriodAgreementTest : public test::RatedContractTest {
 protected:
  struct Change {
    const char* what;
    std::function<void(Contract&)> make;
  };

  PeriodAgreementTest() {
    contract_.ramp = {day("2026-01-01"), day("2026-02-01")};
    contract_.minimum_monthly_amount = decimal("500.00");
    contract_.items = {item("cx-3", "80", "140.00", "160.00"), item("sms", "10", "1.00", "2.00")};
    contract_.amendments = {{day("2026-03-16"), {item("cx-3", "100", "138.00", "160.00")}},
                            {day("2026-04-16"), {item("sms", "20", "1.00", "2.00")}}};
  }

  bool agrees_after(const Change& change, std::string_view some_day) {
    Contract changed = contract_;
    change.make(changed);
    const bool agrees = agrees_on_period(contract_, changed, period_of(some_day));
    // Neither version is the first one.
    if (billing_period_containing(changed, day(some_day)) == period_of(some_day)) {
      EXPECT_EQ(agrees_on_period(changed, contract_, period_of(some_day)), agrees) << change.what;
    }
    return agrees;
  }
};

TEST_F(PeriodAgreementTest, CatchesEachChangedTerm) {
  const Change changes[] = {
      {"organization", [](Contract& c) { c.organization.bytes[0] = 1; }},
      {"id", [](Contract& c) { c.id.bytes[0] = 1; }},
      {"currency", [](Contract& c) { c.currency = "EUR"; }},
      {"later effective day", [](Contract& c) { c.effective = day("2026-03-02"); }},
      {"end inside", [](Contract& c) { c.end = day("2026-03-31"); }},
      {"end before", [](Contract& c) { c.end = day("2026-03-01"); }},
      {"billing day", [](Contract& c) { c.billing_day = 2; }},
      {"ramp reaches it", [](Contract& c) { c.ramp->end = day("2026-03-02"); }},
      {"other minimum", [](Contract& c) { c.minimum_monthly_amount = decimal("500.01"); }},
      {"no minimum", [](Contract& c) { c.minimum_monthly_amount.reset(); }},
      {"an item less", [](Contract& c) { c.items.pop_back(); }},
      {"an item more", [](Contract& c) { c.items.push_back(item("new", "0", "0", "0")); }},
      {"prepay quantity", [](Contract& c) { c.items[0].prepay_quantity = decimal("81"); }},
      {"prepay price", [](Contract& c) { c.items[0].prepay_price = decimal("141"); }},
      {"no prepay price", [](Contract& c) { c.items[0].prepay_price.reset(); }},
      {"overage price", [](Contract& c) { c.items[1].overage_price = decimal("2.5"); }},
      {"tiers",
       [](Contract& c) {
         c.items[1].overage_tiers = {{std::nullopt, decimal("2")}};
       }},
      {"bundle", [](Contract& c) { c.items[1].bundle_quantity = decimal("2"); }},
      {"notes", [](Contract& c) { c.items[1].notes = "calls out"; }},
      {"amendment's day", [](Contract& c) { c.amendments[0].date = day("2026-03-17"); }},
      {"amendment's item", [](Contract& c) { c.amendments[0].items[0].prepay_price = decimal("139"); }},
      {"amendment gone", [](Contract& c) { c.amendments.erase(c.amendments.begin()); }},
      {"amendment on the last day",
       [](Contract& c) {
         c.amendments.insert(c.amendments.begin() + 1, {day("2026-03-31"), {item("sms", "11", "1.00", "2.00")}});
       }},
  };
  for (const Change& change : changes) EXPECT_FALSE(agrees_after(change, "2026-03-01")) << change.what;
}

TEST_F(PeriodAgreementTest, LeavesTheFutureAndTheLetterFree) {
  const Change changes[] = {
      {"nothing", [](Contract&) {}},
      {"longer", [](Contract& c) { c.end = day("2028-01-01"); }},
      {"shorter, but over after it", [](Contract& c) { c.end = day("2026-04-01"); }},
      {"ramp of other periods", [](Contract& c) { c.ramp->end = day("2026-03-01"); }},
      {"no ramp", [](Contract& c) { c.ramp.reset(); }},
      {"later amendment's item", [](Contract& c) { c.amendments[1].items[0].prepay_quantity = decimal("30"); }},
      {"later amendment gone", [](Contract& c) { c.amendments.pop_back(); }},
      {"item from the next period on",
       [](Contract& c) {
         c.amendments.insert(c.amendments.begin() + 1, {day("2026-04-01"), {item("new", "1", "1", "1")}});
       }},
      {"amendment that repeats the item",
       [](Contract& c) {
         c.amendments.insert(c.amendments.begin(), {day("2026-03-05"), {c.items[0]}});
       }},
      {"items in another order", [](Contract& c) { std::swap(c.items[0], c.items[1]); }},
      {"number", [](Contract& c) { c.number = "other"; }},
      {"addresses",
       [](Contract& c) {
         c.invoices.bill_to = BillingParty{"1", "Somebody", std::nullopt};
       }},
      {"orders", [](Contract& c) { c.invoices.purchase_orders = {"PO-1"}; }},
  };
  for (const Change& change : changes) EXPECT_TRUE(agrees_after(change, "2026-03-01")) << change.what;
}

TEST_F(PeriodAgreementTest, LooksAtTheRampOfThePeriod) {
  const Change shorter{"ramp ends", [](Contract& c) { c.ramp->end = day("2026-01-02"); }};
  EXPECT_TRUE(agrees_after(shorter, "2026-01-01"));
  const Change later{"ramp begins later", [](Contract& c) { c.ramp->start = day("2026-01-02"); }};
  EXPECT_FALSE(agrees_after(later, "2026-01-01"));
}

TEST_F(PeriodAgreementTest, AnEarlierBeginningKeepsWholePeriodsAlone) {
  contract_.effective = day("2026-02-10");
  const Change earlier{"effective", [](Contract& c) { c.effective = day("2026-01-10"); }};
  EXPECT_FALSE(agrees_after(earlier, "2026-02-10"));
  EXPECT_TRUE(agrees_after(earlier, "2026-03-01"));
}

}  // namespace
}  // namespace tallystick::core
