#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/billing_texts.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/serial_worker.hpp"
#include "store/store.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

inline constexpr std::size_t idempotency_key_bytes_max = 128;
inline constexpr std::size_t payment_reference_bytes_max = 256;
inline constexpr std::size_t credit_reason_bytes_max = 1'024;

/// Whether nothing is left to pay: payments and credits reach the amount. Credit notes and invoices of nothing, or
/// less, are paid.
[[nodiscard]] bool is_paid(const store::SettledInvoice& invoice);
/// What is left to pay; never negative.
[[nodiscard]] core::Decimal amount_due(const store::SettledInvoice& invoice);

/// Payments for invoices, and credit notes (docs/domain.md, "Invoices"). All on the thread of `worker`, as closing.
class Settlements {
 public:
  /// All that is passed must live longer; `worker` ends first.
  Settlements(store::Store& store, const CurrentCatalog& catalog, const BillingTexts& texts, Clock clock,
              SerialWorker& worker);

  struct PaymentRequest {
    core::Uuid invoice;
    std::string idempotency_key;
    core::Decimal amount;
    std::optional<core::Day> date;  ///< absent: today
    std::string reference;
  };
  using OnPaid = std::function<void(Result<store::Payment, core::Problem>)>;
  /// The payment that is stored under the key: this one, or an equal earlier one. Problems: not_found (no such
  /// invoice), invalid (pointers into the request: no key, amount not above 0 or with more digits than the currency
  /// has), conflict (the key is known with another payment; more than is due; a credit note), overloaded,
  /// storage_failed.
  void pay(PaymentRequest request, OnPaid on_paid);

  struct CreditRequest {
    core::Uuid invoice;
    std::string idempotency_key;
    std::optional<core::Decimal> amount;  ///< absent: all that is not credited yet
    std::string reason;
  };
  using OnCredited = std::function<void(Result<store::SettledInvoice, core::Problem>)>;
  /// Issues a credit note with the next number of the invoice's seller; the same key answers the one that was issued.
  /// Its id is the UUIDv5 of `creditnote/<key>` in the namespace of the invoice's id. Problems: as of `pay`; conflict:
  /// more than the invoice's amount less what was credited.
  void credit(CreditRequest request, OnCredited on_credited);

 private:
  [[nodiscard]] Result<store::Payment, core::Problem> pay_now(const PaymentRequest& request);
  [[nodiscard]] Result<store::SettledInvoice, core::Problem> credit_now(const CreditRequest& request);

  store::Store& store_;
  const CurrentCatalog& catalog_;
  const BillingTexts& texts_;
  Clock clock_;
  SerialWorker& worker_;
};

}  // namespace tallystick::app
