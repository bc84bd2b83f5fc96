#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "store/embedded/database.hpp"
#include "store/store.hpp"

namespace tallystick::store::embedded {

/// What was billed, and what became of it. Rows are written once, each step of billing in one synced write; only the
/// later book of a period, the settlement of an invoice and the last number of a seller are replaced. Any thread.
///
///     billing  0, organization, start, contract, 0  → closed period
///              0, organization, start, contract, 1  → digest of its later book
///              1, contract, start                   → organization of the closed period
///              2, contract, start                   → overview and detail
///              3, digest                            → products
///              4, organization, date, invoice, 0    → invoice without its text
///              4, organization, date, invoice, 1    → what was paid and credited, once something was
///              5, invoice                           → organization and date of the invoice
///              6, invoice                           → its text
///              7, invoice, idempotency key          → payment
///              8, seller                            → last sequence
///              9, organization                      → nothing: it was billed
///     meta     signing_key                          → 32 bytes
///
/// Days are in the order of time. Every read is one row or one stretch of rows; that of an invoice by its id looks up
/// first where it is.
class BillingRows {
 public:
  explicit BillingRows(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  [[nodiscard]] Stored<bool> save_billing(const Billing& billing);
  [[nodiscard]] Stored<std::uint64_t> last_invoice_sequence(std::string_view seller) const;

  [[nodiscard]] Stored<std::vector<ClosedPeriod>> closed_periods(const core::OrganizationId& organization) const;
  [[nodiscard]] Stored<std::optional<ClosedPeriodTexts>> closed_period_texts(const core::Uuid& contract,
                                                                             core::Day start) const;
  [[nodiscard]] Stored<std::optional<ProductBook>> product_book(const Digest& digest) const;

  [[nodiscard]] Stored<std::vector<SettledInvoice>> invoices(const core::OrganizationId& organization) const;
  [[nodiscard]] Stored<std::optional<SettledInvoice>> find_invoice(const core::Uuid& id) const;
  [[nodiscard]] Stored<std::optional<FrozenText>> invoice_text(const core::Uuid& id) const;

  [[nodiscard]] Stored<std::optional<Payment>> save_payment(const Payment& payment);
  [[nodiscard]] Stored<std::vector<Payment>> payments(const core::Uuid& invoice) const;

  [[nodiscard]] Stored<std::vector<core::OrganizationId>> billed_organizations() const;

  [[nodiscard]] Stored<std::optional<std::array<std::uint8_t, 32>>> load_signing_key() const;
  [[nodiscard]] StoreStatus save_signing_key(const std::array<std::uint8_t, 32>& key);

 private:
  std::shared_ptr<Database> database_;
  std::mutex mutex_;  // one step at a time, for it looks first and writes then
};

}  // namespace tallystick::store::embedded
