#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/closing.hpp"
#include "app/figure_texts.hpp"
#include "app/serial_worker.hpp"
#include "app/service_fixture.hpp"
#include "app/writer.hpp"

namespace tallystick::test {

using Lines = std::vector<std::string>;
using Outcome = Result<app::ClosingOutcome, core::Problem>;

/// The bank's contract for 2026, first applied before it began, with requests at 1.00 each; no grace time. The clock
/// stands at 1 January 2026.
class BillingTest : public ServiceTest {
 protected:
  BillingTest() : ServiceTest("2026-01-01T00:00:00Z") {
    core::Contract contract = test::contract(bank, "2026-01-01", "2027-01-01");
    contract.items = {item("requests", "0", "", "1.00")};
    apply({.contracts = {contract}, .settings = {.close_grace_hours = 0}}, "2025-12-01T00:00:00Z");
  }

  struct Put {
    std::vector<core::Product> products = {};
    std::vector<core::Contract> contracts = {};
    std::vector<core::Seller> sellers = {};
    core::Settings settings = {};
  };
  /// Puts entities into the catalog, past all checks.
  void apply(Put put, std::string_view applied_at) {
    store::CatalogChange change;
    change.put.products = std::move(put.products);
    change.put.contracts = std::move(put.contracts);
    change.put.sellers = std::move(put.sellers);
    change.put.settings = put.settings;
    change.applied_at = at(applied_at);
    save(change);
  }
  void remove(std::vector<core::Uuid> contracts, std::vector<std::string> products = {}) {
    store::CatalogChange change;
    change.removed_contracts = std::move(contracts);
    change.removed_products = std::move(products);
    save(change);
  }
  void save(const store::CatalogChange& change) {
    ASSERT_TRUE(store_.save_catalog(change));
    current_->replace(app::load_current_catalog(store_, operator_client()).value());
  }

  /// One event, with its time as its id.
  void use(std::string product, std::string_view quantity, std::string_view time) {
    const std::string id = product + " " + std::string(time);
    store_events({usage({.id = id, .product = std::move(product), .time = time, .quantity = quantity})});
  }
  void set_clock(std::string_view time) { ASSERT_TRUE(clock_.set(at(time))) << time; }

  Outcome close(std::optional<core::Day> through = {}, core::OrganizationId organization = bank) {
    Awaited<Outcome> closed;
    closing_.close(organization, through, closed.callback());
    return closed.take();
  }
  Outcome close_due() {
    Awaited<Outcome> closed;
    closing_.close_due(closed.callback());
    return closed.take();
  }
  /// The first days of what was closed, then of invoices for adjustments alone their currency and amount.
  static Lines text_of(const Outcome& outcome) {
    if (!outcome) return {"failed: " + outcome.error().message};
    Lines lines;
    for (const auto& each : outcome->closed) lines.push_back(core::to_string(each.period.start));
    for (const auto& each : outcome->adjustment_invoices) {
      lines.push_back(each.currency + " " + each.amount.to_string());
    }
    return lines;
  }
  /// The texts of an organization's invoices, oldest first, without what stands before the lines.
  Lines invoices(core::OrganizationId organization = bank) {
    Lines lines;
    const auto stored = store_.invoices(organization).value();
    for (const auto& each : stored) {
      const std::string text = store_.invoice_text(each.entry.id).value().value().json;
      lines.push_back(text.find("; ") == std::string::npos ? "nothing" : text.substr(text.find("; ") + 2));
    }
    return lines;
  }

  app::Writer writer_{store_, {}};
  FigureTexts texts_;
  app::SerialWorker worker_{100};
  app::Closing closing_{store_, writer_, *current_, texts_, clock_, worker_};
};

}  // namespace tallystick::test
