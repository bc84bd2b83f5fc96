#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "tallystick/wire/billing_usage_report.hpp"

/// A report that is looked at again and again.
namespace tallystick::cli {

/// What became of a product between two looks.
struct ReportChange {
  std::string product;
  std::optional<std::string> before;  ///< its total; absent: it was not there
  std::optional<std::string> total;   ///< absent: it is not there any more
  friend bool operator==(const ReportChange&, const ReportChange&) = default;
};

/// In the order of `now`, then what is gone. `before` absent: nothing was seen yet, all is new.
[[nodiscard]] std::vector<ReportChange> changes_between(const std::optional<wire::BillingUsageReport>& before,
                                                        const wire::BillingUsageReport& now);

/// What a program reads: a JSON line `{"time", "product", "before", "total", "difference"}` for each change. `before`
/// is absent the first time, `total` when the product is gone, `difference` (plain, with its sign) unless both are
/// there.
[[nodiscard]] std::string change_lines(const std::vector<ReportChange>& changes, core::TimePoint time);

/// What a person sees: the report as a table of at most `rows` lines, where each product says how its total changed
/// since the look before; on the first one nothing has. `notice`: a line below it.
[[nodiscard]] std::string watched_table(const std::optional<wire::BillingUsageReport>& before,
                                        const wire::BillingUsageReport& now, const std::string& notice,
                                        const Output& output, int rows);

struct ReportWatch {
  using Ask = std::function<Result<wire::BillingUsageReport, Failure>(const std::stop_token& stop)>;
  Ask ask;
  std::chrono::milliseconds every{60'000};
};

/// Looks until it is asked to stop, which is success. On a terminal the table is redrawn in place; elsewhere changes
/// are written as JSON lines. A look that fails for a passing reason (no answer, a fault of the server) is told, and
/// the next one comes in its turn; the first look, and a refusal, end it with their failure.
[[nodiscard]] Status<Failure> watch_report(const ReportWatch& watch, const Output& output, const Terminal& terminal,
                                           Progress& progress, const std::stop_token& stop);

}  // namespace tallystick::cli
