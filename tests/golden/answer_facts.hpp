#pragma once
#include "app/billable_usage.hpp"
#include "app/billing_overview.hpp"
#include "app/concurrent_usage.hpp"
#include "golden/golden_case.hpp"

namespace tallystick::golden {

/// An answer with every fact that a case may name, by the names of the published models; `absent` where it has none.
[[nodiscard]] AnswerFacts facts_of(const app::BillingOverview& overview);
[[nodiscard]] AnswerFacts facts_of(const app::BillableUsageReport& report);
[[nodiscard]] AnswerFacts facts_of(const app::ConcurrentUsageReport& report);

/// Two answers as texts that are equal where the answer says what is expected. Of lines names, quantities,
/// peaks, prices and notes are always compared, all else where it is expected.
struct ComparedAnswers {
  std::string actual;
  std::string expected;
};
[[nodiscard]] ComparedAnswers compare(const AnswerFacts& actual, const AnswerFacts& expected);

}  // namespace tallystick::golden
