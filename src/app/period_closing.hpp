#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/adjustments.hpp"
#include "app/billing_texts.hpp"
#include "app/catalog_snapshot.hpp"
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

/// Closes periods of one organization, each as one atomic step. On the one thread that bills.
class PeriodClosing {
 public:
  struct Parts {
    store::Store& store;
    Writer& writer;
    const CurrentCatalog& catalog;
    const BillingTexts& texts;
  };
  /// What is in `parts` must live longer. `now`: the day of issue.
  PeriodClosing(const Parts& parts, const core::OrganizationId& organization, core::TimePoint now)
      : parts_(parts), organization_(organization), now_(now) {}

  /// Whether a period, the earliest that is open, is to be closed.
  using IsReady = std::function<Result<bool, core::Problem>(const CatalogSnapshot&, const core::IndexedPeriod&)>;
  /// Closes the organization's earliest open period where it has ended and is ready, with the adjustments of earlier
  /// ones: false where it is not, or none is open. Whatever was done joins `outcome`. Problems: storage_failed,
  /// overloaded, internal.
  [[nodiscard]] Result<bool, core::Problem> close_next(const IsReady& is_ready, ClosingOutcome& outcome);

  /// Issues the adjustments that no open period of the organization will take, for each currency an invoice.
  [[nodiscard]] Status<core::Problem> issue_adjustments(ClosingOutcome& outcome);

 private:
  // One attempt. Absent: the catalog was changed meanwhile, and nothing was written.
  [[nodiscard]] Result<std::optional<bool>, core::Problem> try_close(const IsReady& is_ready, ClosingOutcome& outcome);
  [[nodiscard]] Result<bool, core::Problem> try_issue(ClosingOutcome& outcome);

  // False: the catalog is not the one that was used any more, and nothing was written.
  [[nodiscard]] Result<bool, core::Problem> save(const store::Billing& billing,
                                                 const std::shared_ptr<const CatalogSnapshot>& used) const;

  Parts parts_;
  core::OrganizationId organization_;
  core::TimePoint now_;
};

}  // namespace tallystick::app
