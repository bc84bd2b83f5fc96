#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "app/billing_texts.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/period_closing.hpp"
#include "app/serial_worker.hpp"
#include "app/writer.hpp"
#include "store/store.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// Freezes billing periods and issues their invoices (docs/domain.md, "Closing"). Each period is one atomic step, in
/// the order of time, on the thread of `worker`, which does all that writes bills; nothing but catalog changes waits
/// for it.
class Closing {
 public:
  /// All that is passed must live longer; `worker` ends first.
  Closing(store::Store& store, Writer& writer, const CurrentCatalog& catalog, const BillingTexts& texts, Clock clock,
          SerialWorker& worker);

  using OnClosed = std::function<void(Result<ClosingOutcome, core::Problem>)>;
  /// Closes the ended periods of one organization, grace or not: all, or those whose last day is `through` or before.
  /// Where no period is open that could take them, adjustments are issued as well. Answers once, from another thread.
  /// Problems: not_found (no such organization), invalid (`through` has not ended), overloaded, storage_failed,
  /// internal.
  void close(const core::OrganizationId& organization, std::optional<core::Day> through, OnClosed on_closed);

  /// Closes every period whose grace time has passed, of all organizations; what fails is told to `on_closed` and tried
  /// again at the next call. Answers once, from another thread.
  void close_due(OnClosed on_closed);

  /// For the end of the server: what runs ends after the period that it is closing, and this and later calls are
  /// answered overloaded; what is due stays so.
  void stop();

 private:
  [[nodiscard]] Result<ClosingOutcome, core::Problem> close_now(const core::OrganizationId& organization,
                                                                std::optional<core::Day> through);
  [[nodiscard]] Result<ClosingOutcome, core::Problem> close_due_now();
  [[nodiscard]] Status<core::Problem> close_due_of(const core::OrganizationId& organization, core::TimePoint now,
                                                   ClosingOutcome& outcome);
  // Issues what came late after the last contract once its month is due, and says when to look again.
  [[nodiscard]] Status<core::Problem> close_months_after(const core::OrganizationId& organization, core::TimePoint now,
                                                         ClosingOutcome& outcome);
  // When a period closes by itself.
  [[nodiscard]] Result<core::TimePoint, core::Problem> due_of(const CatalogSnapshot& catalog,
                                                              const core::IndexedPeriod& found) const;

  PeriodClosing::Parts parts_;
  Clock clock_;
  SerialWorker& worker_;
  std::atomic<bool> is_stopping_ = false;

  // Before which moment an organization needs no look, as long as the catalog is this one. On the worker's thread.
  std::map<core::OrganizationId, core::TimePoint> next_look_;
  std::shared_ptr<const CatalogSnapshot> looked_with_;
};

}  // namespace tallystick::app
