#include "app/closing.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "app/made_answer.hpp"
#include "app/open_periods.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

constexpr core::TimePoint never = core::TimePoint::max();

core::Problem no_such_organization() {
  return {core::ProblemKind::not_found, "There is no such organization.", {}, 0};
}

core::Problem has_not_ended(core::Day through) {
  return {core::ProblemKind::invalid,
          "The request is not valid.",
          {{"/through", core::to_string(through) + " is not over yet; name a day before today"}},
          0};
}

core::Problem stopping() {
  return overloaded("The server is stopping.");
}

}  // namespace

Closing::Closing(store::Store& store, Writer& writer, const CurrentCatalog& catalog, const BillingTexts& texts,
                 Clock clock, SerialWorker& worker)
    : parts_{store, writer, catalog, texts}, clock_(std::move(clock)), worker_(worker) {}

void Closing::close(const core::OrganizationId& organization, std::optional<core::Day> through, OnClosed on_closed) {
  const auto answer = std::make_shared<OnClosed>(std::move(on_closed));
  const bool is_taken = worker_.post([this, organization, through, answer] {
    (*answer)(made_answer<ClosingOutcome>([&] { return close_now(organization, through); }));
  });
  if (!is_taken) (*answer)(fail(overloaded("Too many closings and payments wait.")));
}

void Closing::close_due(OnClosed on_closed) {
  const auto answer = std::make_shared<OnClosed>(std::move(on_closed));
  const bool is_taken =
      worker_.post([this, answer] { (*answer)(made_answer<ClosingOutcome>([this] { return close_due_now(); })); });
  if (!is_taken) (*answer)(fail(overloaded("Too many closings and payments wait.")));
}

void Closing::stop() {
  is_stopping_ = true;
}

Result<ClosingOutcome, core::Problem> Closing::close_now(const core::OrganizationId& organization,
                                                         std::optional<core::Day> through) {
  const core::TimePoint now = clock_();
  if (through && core::TimePoint{*through + std::chrono::days{1}} > now) return fail(has_not_ended(*through));
  if (parts_.catalog.get()->organization(organization) == nullptr) return fail(no_such_organization());
  const auto is_asked = [through](const CatalogSnapshot&, const core::IndexedPeriod& found) {
    return Result<bool, core::Problem>(!through || found.period.end <= *through + std::chrono::days{1});
  };
  PeriodClosing closing(parts_, organization, now);
  ClosingOutcome outcome;
  for (;;) {
    if (is_stopping_) return fail(stopping());
    const auto closed = closing.close_next(is_asked, outcome);
    if (!closed) return fail(closed.error());
    if (!*closed) break;
  }
  if (auto issued = closing.issue_adjustments(outcome); !issued) return fail(std::move(issued.error()));
  return outcome;
}

Result<ClosingOutcome, core::Problem> Closing::close_due_now() {
  const core::TimePoint now = clock_();
  const auto catalog = parts_.catalog.get();
  if (catalog != looked_with_) next_look_.clear();
  looked_with_ = catalog;
  ClosingOutcome outcome;
  std::optional<core::Problem> first_problem;
  for (const core::Organization& organization : catalog->declared().organizations) {
    if (is_stopping_) return fail(stopping());
    if (catalog->contracts_of(organization.id).empty()) continue;
    const auto next = next_look_.find(organization.id);
    if (next != next_look_.end() && now < next->second) continue;
    // What one organization's books lack must not keep the others from being billed.
    auto closed = made_answer<bool>([&]() -> Result<bool, core::Problem> {
      if (auto done = close_due_of(organization.id, now, outcome); !done) return fail(std::move(done.error()));
      return true;
    });
    if (!closed && !first_problem) first_problem = std::move(closed.error());
  }
  if (first_problem) return fail(std::move(*first_problem));
  return outcome;
}

Status<core::Problem> Closing::close_due_of(const core::OrganizationId& organization, core::TimePoint now,
                                            ClosingOutcome& outcome) {
  const auto is_due = [this, now](const CatalogSnapshot& catalog,
                                  const core::IndexedPeriod& found) -> Result<bool, core::Problem> {
    const auto due = due_of(catalog, found);
    if (!due) return fail(due.error());
    return *due <= now;
  };
  PeriodClosing closing(parts_, organization, now);
  for (;;) {
    if (is_stopping_) return fail(stopping());
    const auto closed = closing.close_next(is_due, outcome);
    if (!closed) return fail(closed.error());
    if (!*closed) break;
  }

  const auto catalog = parts_.catalog.get();
  const auto closed = parts_.store.closed_periods(organization);
  if (!closed) return fail(problem_of(closed.error()));
  const auto next = earliest_open_period(catalog->contracts_of(organization), ClosedStarts(*closed));
  if (!next) return close_months_after(organization, now, outcome);
  const auto due = due_of(*catalog, *next);
  if (!due) return fail(due.error());
  next_look_[organization] = *due;
  return {};
}

// As though the periods went on: each month from billing day to billing day closes after its grace time.
Status<core::Problem> Closing::close_months_after(const core::OrganizationId& organization, core::TimePoint now,
                                                  ClosingOutcome& outcome) {
  const auto catalog = parts_.catalog.get();
  const auto contracts = catalog->contracts_of(organization);
  if (contracts.empty()) {
    next_look_[organization] = never;
    return {};
  }
  const core::Contract& last = contracts.back();
  const auto grace = catalog->close_grace();
  const core::BillingPeriod running = core::billing_month_containing(last, core::day_of(now - grace));
  const core::Day month_end = running.whole_start;  // of the latest month whose grace time is over
  if (month_end > last.end) {
    const auto invoices = parts_.store.invoices(organization);
    if (!invoices) return fail(problem_of(invoices.error()));
    const bool is_issued = std::ranges::any_of(*invoices, [month_end](const store::SettledInvoice& invoice) {
      return invoice.entry.kind == store::InvoiceKind::adjustments && invoice.entry.date >= month_end;
    });
    if (!is_issued) {
      auto issued = PeriodClosing(parts_, organization, now).issue_adjustments(outcome);
      if (!issued) return fail(std::move(issued.error()));
    }
  }
  next_look_[organization] = core::TimePoint{running.whole_end} + grace;
  return {};
}

Result<core::TimePoint, core::Problem> Closing::due_of(const CatalogSnapshot& catalog,
                                                       const core::IndexedPeriod& found) const {
  core::TimePoint from = found.period.span().end;
  const auto applied = parts_.store.contract_first_applied(found.contract->id);
  if (!applied) return fail(problem_of(applied.error()));
  if (*applied) from = std::max(from, **applied);
  return from + catalog.close_grace();
}

}  // namespace tallystick::app
