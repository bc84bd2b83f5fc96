#pragma once
#include <memory>
#include <vector>

#include "app/billing_overview.hpp"
#include "store/store.hpp"
#include "tallystick/core/invoice_lines.hpp"
#include "tallystick/core/wallet.hpp"

namespace tallystick::app {

/// What one billing period comes to: its overview, wallets and invoice lines, adjustments of earlier periods included
/// where this is the earliest open one.
struct PeriodBill {
  BillingOverview overview;  ///< whose, which contract and period, and the rated lines
  bool is_closed = false;    ///< in this bill: it is being closed, so what is left in wallets expires
  std::vector<core::Wallet> wallets;
  std::vector<core::InvoiceLine> lines;  ///< of the period itself, then adjustments, oldest period first
  core::Decimal amount;
  core::Uuid invoice_id;  ///< that of the draft, and of the invoice once it is issued
};

/// The id of a period's invoice: the UUIDv5 of `invoice/<start>` (yyyy-MM-dd) in the namespace of the contract's id.
[[nodiscard]] core::Uuid invoice_id_of(const core::Contract& contract, const core::BillingPeriod& period);

/// One open period by the contract, which is one of `catalog`'s, and the catalog in force, its usage counted until
/// `now`; without adjustments. `usage` was taken before `catalog`. Problems: storage_failed, internal (a sum
/// overflows).
[[nodiscard]] Result<PeriodBill, core::Problem> period_bill(const store::UsageSnapshot& usage,
                                                            const std::shared_ptr<const CatalogSnapshot>& catalog,
                                                            const core::Contract& contract,
                                                            const core::BillingPeriod& period, core::TimePoint now);

/// A period that is being closed: its usage counts to its end, whatever the time is, and what is left in wallets
/// expires.
[[nodiscard]] Result<PeriodBill, core::Problem> closing_bill(const store::UsageSnapshot& usage,
                                                             const std::shared_ptr<const CatalogSnapshot>& catalog,
                                                             const core::Contract& contract,
                                                             const core::BillingPeriod& period);

/// Adds lines, such as adjustments, to a bill and to its amount. Problems: internal (the amount overflows).
[[nodiscard]] Status<core::Problem> add_lines(PeriodBill& bill, std::vector<core::InvoiceLine> lines);

}  // namespace tallystick::app
