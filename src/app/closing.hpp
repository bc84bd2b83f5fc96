#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/billing_texts.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/serial_worker.hpp"
#include "app/writer.hpp"
#include "store/store.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What was closed just now.
struct ClosingOutcome {
  struct Period {
    core::Uuid contract;
    core::BillingPeriod period;
    core::Uuid period_id;
    store::InvoiceEntry invoice;
  };
  std::vector<Period> closed;                            ///< in this order
  std::vector<store::InvoiceEntry> adjustment_invoices;  ///< issued for adjustments alone
};

/// Freezes billing periods and issues their invoices (docs/domain.md, "Closing"). Each period is one atomic step, in the
/// order of time, on the thread of `worker`, which does all that writes bills; nothing but catalog changes waits for it.
class Closing {
 public:
  /// All that is passed must live longer; `worker` ends first.
  Closing(store::Store& store, Writer& writer, const CurrentCatalog& catalog, const BillingTexts& texts, Clock clock,
          SerialWorker& worker);

  using OnClosed = std::function<void(Result<ClosingOutcome, core::Problem>)>;
  /// Closes the ended periods of one organization, grace or not: all, or those whose last day is `through` or before.
  /// Where no period is open that could take them, adjustments are issued as well. Answers once, from another thread.
  /// Problems: not_found (no such organization), invalid (`through` has not ended), overloaded, storage_failed, internal.
  void close(const core::OrganizationId& organization, std::optional<core::Day> through, OnClosed on_closed);

  /// Closes every period whose grace time has passed, of all organizations; what fails is told to `on_closed` and tried
  /// again at the next call. Answers once, from another thread.
  void close_due(OnClosed on_closed);

 private:
  [[nodiscard]] Result<ClosingOutcome, core::Problem> close_now(const core::OrganizationId& organization,
                                                                std::optional<core::Day> through);
  [[nodiscard]] Result<ClosingOutcome, core::Problem> close_due_now();

  store::Store& store_;
  Writer& writer_;
  const CurrentCatalog& catalog_;
  const BillingTexts& texts_;
  Clock clock_;
  SerialWorker& worker_;
};

}  // namespace tallystick::app
