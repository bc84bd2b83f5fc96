#include "app/period_bill.hpp"

#include <algorithm>
#include <utility>

namespace tallystick::app {
namespace {

Result<PeriodBill, core::Problem> bill_of(BillingOverview overview, bool is_closed) {
  PeriodBill bill;
  bill.overview = std::move(overview);
  bill.is_closed = is_closed;
  const core::Contract& contract = *bill.overview.contract;
  auto wallets = core::wallets_of(bill.overview.rated, bill.overview.catalog->declared().products, is_closed);
  if (!wallets) return fail(problem_of(contract, wallets.error()));
  bill.wallets = std::move(*wallets);
  bill.invoice_id = invoice_id_of(contract, bill.overview.period);
  if (auto added = add_lines(bill, core::period_lines(contract, bill.overview.period, bill.overview.rated)); !added) {
    return fail(std::move(added.error()));
  }
  return bill;
}

}  // namespace

core::Uuid invoice_id_of(const core::Contract& contract, const core::BillingPeriod& period) {
  return core::Uuid::from_name(contract.id, "invoice/" + core::to_string(period.start));
}

Result<PeriodBill, core::Problem> period_bill(const store::UsageSnapshot& usage,
                                              const std::shared_ptr<const CatalogSnapshot>& catalog,
                                              const core::Contract& contract, const core::BillingPeriod& period,
                                              core::TimePoint now) {
  auto overview = overview_of_period(usage, catalog, {&contract, period}, now);
  if (!overview) return fail(std::move(overview.error()));
  return bill_of(std::move(*overview), false);
}

Result<PeriodBill, core::Problem> closing_bill(const store::UsageSnapshot& usage,
                                               const std::shared_ptr<const CatalogSnapshot>& catalog,
                                               const core::Contract& contract, const core::BillingPeriod& period) {
  auto overview = overview_of_period(usage, catalog, {&contract, period}, period.span().end);
  if (!overview) return fail(std::move(overview.error()));
  return bill_of(std::move(*overview), true);
}

Status<core::Problem> add_lines(PeriodBill& bill, std::vector<core::InvoiceLine> lines) {
  std::ranges::move(lines, std::back_inserter(bill.lines));
  const auto amount = core::amount_of(bill.lines);
  if (!amount) return fail(problem_of(*bill.overview.contract, amount.error()));
  bill.amount = *amount;
  return {};
}

}  // namespace tallystick::app
