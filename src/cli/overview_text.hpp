#pragma once
#include <string>
#include <vector>

#include "cli/output.hpp"
#include "cli/overview_questions.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick::cli {

/// One overview as `output` wants it; JSON is the model as it was answered.
[[nodiscard]] Result<std::string, Failure> overview_text(const OverviewAnswer& answer, const Output& output);

/// Several: JSON is an array of {organization, index, overview or error}; CSV has the lines of all; a workbook the
/// overviews, the failed ones too, and the lines of all; tables follow one another.
[[nodiscard]] Result<std::string, Failure> overviews_text(const std::vector<OverviewAnswer>& answers,
                                                          const Output& output);

/// `Blue Harbor Bank (22222222-…)`, as much of it as is known.
[[nodiscard]] std::string name_of(const wire::NamedEntity& organization);

/// `2026-03-01 to 2026-03-31`: the first and the last day of the period; empty where the overview does not say.
[[nodiscard]] std::string period_text(const wire::TrusteeBillingOverview& overview);

}  // namespace tallystick::cli
