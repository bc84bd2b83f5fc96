#pragma once
#include "app/billable_usage.hpp"
#include "app/billing_overview.hpp"
#include "golden/golden_case.hpp"

namespace tallystick::golden {

/// An answer with every fact that a case may name, by the names of the published models; `absent` where it has none.
[[nodiscard]] AnswerFacts facts_of(const app::BillingOverview& overview);
[[nodiscard]] AnswerFacts facts_of(const app::BillableUsageReport& report);

/// Two answers as texts that are equal where the answer says what is expected. Of an overview's lines quantities,
/// prices and notes are always compared, all else where it is expected.
struct ComparedAnswers {
  std::string actual;
  std::string expected;
};
[[nodiscard]] ComparedAnswers compare(const AnswerFacts& actual, const AnswerFacts& expected);

}  // namespace tallystick::golden
