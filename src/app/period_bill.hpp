#pragma once
#include <optional>
#include <string>
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

/// One period by the contract and the catalog in force, its usage counted until `now`. Problems: storage_failed,
/// internal (a sum overflows).
[[nodiscard]] Result<PeriodBill, core::Problem> period_bill(const store::UsageSnapshot& usage,
                                                            const std::shared_ptr<const CatalogSnapshot>& catalog,
                                                            const core::Contract& contract,
                                                            const core::BillingPeriod& period, core::TimePoint now);

/// What is still to be billed for closed periods, currency by currency.
struct Adjustments {
  std::string currency;
  core::Uuid contract;                   ///< the latest of those that are adjusted
  std::vector<core::InvoiceLine> lines;  ///< oldest period first
  /// Later books of periods for which usage of products came that theirs does not have.
  std::vector<store::ProductBook> books;
  std::vector<store::ExtendedBook> extended_books;
};
/// Rates every closed period of an organization anew, with all its events, at its own prices (docs/domain.md, "Closing").
/// `usage` was taken before `catalog`. Problems: storage_failed, internal.
[[nodiscard]] Result<std::vector<Adjustments>, core::Problem> adjustments_of(const store::Store& store,
                                                                             const store::UsageSnapshot& usage,
                                                                             const CatalogSnapshot& catalog,
                                                                             const core::OrganizationId& organization,
                                                                             core::TimePoint now);

}  // namespace tallystick::app
