#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/awaited.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/closing.hpp"
#include "app/figure_texts.hpp"
#include "app/sample_catalog.hpp"
#include "app/writer.hpp"
#include "store/memory/memory_store.hpp"
#include "tallystick/core/metering.hpp"

// Whatever comes late, early, twice or is voided, and whenever periods close in between: all invoices together ask for
// what one bill would that knew every event from the start.
namespace tallystick::app {
namespace {

using core::MeteringKind;
using test::at;
using test::bank;
using test::day;
using test::decimal;

core::Decimal any_decimal(std::vector<std::string> texts) {
  return decimal(*rc::gen::elementOf(std::move(texts)));
}
bool one_in(int count) {
  return *rc::gen::inRange(0, count) == 0;
}

core::Product licence(const std::string& key, std::int64_t rank) {
  core::Product product = test::product(key, "Licence " + key, MeteringKind::unique);
  product.grouping = "user-license";
  product.metering.family = "cx";
  product.metering.rank = rank;
  return product;
}

std::map<std::string, core::Decimal> list_price() {
  return {{"USD", decimal("0.335")}, {"JPY", decimal("41.5")}, {"BHD", decimal("0.0125")}};
}

std::vector<core::Product> products() {
  core::Product requests = test::product("requests", "Requests", MeteringKind::sum);
  requests.fair_use = {{"cx-1", decimal("3"), {}}, {{}, {}, decimal("5")}};
  core::Product calls = test::product("calls", "Calls", MeteringKind::duration);
  calls.metering.unit = core::MeteringUnit::minute;
  calls.metering.step_seconds = 6;
  core::Product tokens = test::product("tokens", "Tokens", MeteringKind::sum);
  tokens.fair_use = {{{}, {}, decimal("2")}};
  core::Product bots = test::product("bots", "Bots", MeteringKind::sum);
  bots.rolls_up = core::RollUp{"tokens", decimal("17")};
  std::vector<core::Product> all{licence("cx-1", 1),
                                 licence("cx-2", 2),
                                 requests,
                                 calls,
                                 tokens,
                                 bots,
                                 test::product("storage", "Storage", MeteringKind::latest),
                                 test::product("lines", "Lines", MeteringKind::max)};
  for (core::Product& product : all) {
    if (!product.rolls_up) product.list_price = list_price();
  }
  all.back().third_party = true;
  return all;
}

core::ContractItem any_item(const std::string& product) {
  core::ContractItem item;
  item.product = product;
  item.prepay_quantity = any_decimal({"0", "1", "2.5", "7"});
  if (!one_in(4)) item.prepay_price = any_decimal({"0.004", "1.10", "3.335", "10"});
  if (one_in(3)) {
    item.overage_tiers = {{decimal("3"), decimal("1.005")}, {{}, decimal("0.333")}};
  } else if (!one_in(4)) {
    item.overage_price = any_decimal({"0.005", "1", "2.345"});
  }
  if (one_in(4)) item.bundle_quantity = decimal("1.5");
  return item;
}

std::vector<core::ContractItem> any_items() {
  std::vector<core::ContractItem> items;
  for (const char* const product : {"cx-1", "cx-2", "requests", "calls", "tokens", "storage"}) {
    if (!one_in(3)) items.push_back(any_item(product));
  }
  return items;
}

core::Contract any_contract(core::Day effective, core::Day end, const core::Uuid& id) {
  core::Contract contract = test::contract(bank, "2026-01-01", "2027-01-01", id);
  contract.effective = effective;
  contract.end = end;
  contract.currency = *rc::gen::element<std::string>("USD", "USD", "JPY", "BHD");
  contract.billing_day = *rc::gen::element(1U, 15U, 31U);
  contract.items = any_items();
  if (one_in(2)) contract.minimum_monthly_amount = any_decimal({"5.50", "40", "200"});
  if (one_in(3)) contract.ramp = core::Ramp{effective, effective + std::chrono::days{20}};
  if (one_in(2)) contract.amendments = {{effective + std::chrono::days{*rc::gen::inRange(1, 28)}, any_items()}};
  return contract;
}

// Two contracts, between which there may be a gap.
core::Catalog any_catalog() {
  core::Catalog catalog = test::sample_catalog();
  catalog.products = products();
  const core::Day middle = day("2026-02-10") + std::chrono::days{*rc::gen::inRange(0, 20)};
  const core::Day second = middle + std::chrono::days{*rc::gen::element(0, 0, 10)};
  catalog.contracts = {any_contract(day("2026-01-05"), middle, test::contract_id),
                       any_contract(second, day("2026-04-20"), test::uuid("44444444-4444-4444-8444-444444444444"))};
  catalog.settings.close_grace_hours = 0;
  return catalog;
}

core::Event any_usage(int number, const std::vector<core::Product>& products) {
  const core::Product product = *rc::gen::elementOf(products);
  core::UsageEvent event;
  event.source = "test";
  event.id = std::to_string(number);
  event.organization = bank;
  event.product = product.key;
  event.resource = *rc::gen::element<std::string>("ana", "ben", "cem");
  event.time = at("2026-01-01T00:00:00Z") + std::chrono::hours{*rc::gen::inRange(0, 24 * 112)};
  if (core::rule_of(product.metering.kind).until == core::MeteringRule::Until::required) {
    event.until = event.time + std::chrono::seconds{*rc::gen::inRange(1, 4 * 86'400)};
    event.quantity = core::Decimal::from_integer(1);
  } else {
    event.quantity = any_decimal({"0", "0.001", "1", "2.5", "12"});
  }
  return event;
}

/// One store and what bills it.
class Service {
 public:
  explicit Service(const core::Catalog& catalog) {
    store::CatalogChange change;
    change.put = catalog;
    change.applied_at = at("2025-12-01T00:00:00Z");
    RC_ASSERT(store_->save_catalog(change).has_value());
    current_ = std::make_unique<CurrentCatalog>(load_current_catalog(*store_, test::operator_client()).value());
    closing_ = std::make_unique<Closing>(*store_, writer_, *current_, texts_, clock_, worker_);
  }

  void take(const std::vector<core::Event>& events) {
    const store::EventBatch batch(events);
    RC_ASSERT(store_->commit(std::span(&batch, 1)).has_value());
  }
  void close_at(core::TimePoint now, bool by_itself) {
    RC_ASSERT(clock_.set(now).has_value());
    test::Awaited<Result<ClosingOutcome, core::Problem>> closed;
    if (by_itself) {
      closing_->close_due(closed.callback());
    } else {
      closing_->close(bank, std::nullopt, closed.callback());
    }
    const auto outcome = closed.take();
    RC_ASSERT(outcome.has_value());
    for (const auto& each : outcome->closed) {
      RC_ASSERT((periods_.emplace(each.contract, each.period.start).second));
    }
  }
  [[nodiscard]] const std::set<std::pair<core::Uuid, core::Day>>& periods() const { return periods_; }

  // What all invoices together ask for each thing, where it is not nothing.
  std::map<std::string, core::Decimal> billed() const {
    std::map<std::string, core::Decimal> billed;
    const auto add = [&billed](const std::string& what, core::Decimal amount) {
      billed[what] = billed[what].plus(amount).value();
    };
    for (const store::SettledInvoice& invoice : invoices()) {
      add("all " + invoice.entry.currency, invoice.entry.amount);
      for (const core::BilledAmount& each : invoice.entry.billed) {
        add(each.thing.contract.to_string() + " " + core::to_string(each.thing.period_start) + " " + each.thing.product,
            each.amount);
      }
    }
    std::erase_if(billed, [](const auto& entry) { return entry.second.is_zero(); });
    return billed;
  }
  void expect_gapless_numbers() const {
    std::vector<std::uint64_t> sequences;
    for (const store::SettledInvoice& each : invoices()) sequences.push_back(each.entry.sequence);
    std::sort(sequences.begin(), sequences.end());
    for (std::size_t i = 0; i < sequences.size(); ++i) RC_ASSERT(sequences[i] == i + 1);
  }

 private:
  [[nodiscard]] std::vector<store::SettledInvoice> invoices() const { return store_->invoices(bank).value(); }

  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  std::unique_ptr<CurrentCatalog> current_;
  TestClock clock_{at("2026-01-01T00:00:00Z")};
  test::FigureTexts texts_;
  Writer writer_{*store_, {}};
  SerialWorker worker_{10};
  std::unique_ptr<Closing> closing_;
  std::set<std::pair<core::Uuid, core::Day>> periods_;
};

RC_GTEST_PROP(AllInvoices, AskForWhatOneBillWould, ()) {
  const core::Catalog catalog = any_catalog();
  const int count = *rc::gen::inRange(1, 60);
  std::vector<core::Event> sent;
  std::vector<core::Event> counting;
  for (int number = 0; number < count; ++number) {
    core::Event event = any_usage(number, catalog.products);
    sent.push_back(event);
    if (one_in(4)) {
      sent.push_back(test::void_of(std::to_string(number), "void of " + std::to_string(number)));
    } else {
      counting.push_back(std::move(event));
    }
  }
  std::shuffle(sent.begin(), sent.end(), std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));

  const core::TimePoint end = at("2026-06-01T00:00:00Z");
  Service one_bill(catalog);
  one_bill.take(counting);
  one_bill.close_at(end, false);

  Service billed(catalog);
  core::TimePoint now = at("2026-01-05T00:00:00Z");
  for (std::size_t next = 0; next < sent.size();) {
    const std::size_t last = std::min(sent.size(), next + *rc::gen::inRange<std::size_t>(1, 12));
    billed.take({sent.begin() + static_cast<std::ptrdiff_t>(next), sent.begin() + static_cast<std::ptrdiff_t>(last)});
    next = last;
    now = std::min(end, now + std::chrono::days{*rc::gen::inRange(0, 40)});
    billed.close_at(now, one_in(2));
  }
  billed.close_at(end, false);

  RC_ASSERT(billed.billed() == one_bill.billed());
  RC_ASSERT(billed.periods() == one_bill.periods());
  billed.expect_gapless_numbers();
  one_bill.expect_gapless_numbers();
  billed.close_at(end, false);
  RC_ASSERT(billed.billed() == one_bill.billed());
}

}  // namespace
}  // namespace tallystick::app
