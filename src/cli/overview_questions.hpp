#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "cli/overview_ledger.hpp"
#include "cli/progress.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick::cli {

/// Whose overview.
struct OverviewSubject {
  wire::NamedEntity organization;               ///< as far as it is known before the answer
  std::optional<core::OrganizationId> trustor;  ///< absent: the caller's own organization
};

/// What came of one organization and period.
struct OverviewAnswer {
  wire::NamedEntity organization;
  std::uint64_t index = 0;
  ApiResult<wire::TrusteeBillingOverview> result;
};

/// What is asked of each subject, and how.
struct OverviewPlan {
  std::vector<std::uint64_t> indexes{0};
  /// Periods that follow one another are asked for until one is not found: past index 0, which is not found where no
  /// period contains now, that is the end of the organization's periods. What lies beyond has no answer, and where at
  /// least one period was found, neither has the end itself.
  bool walk = false;
  OverviewLedger* ledger = nullptr;  ///< keeps answers of trustors, and has those that are not to be asked for again
  std::stop_token stop{};            ///< asks for no more, and leaves what is on its way
};

struct OverviewAnswers {
  std::vector<OverviewAnswer> all;
  bool interrupted = false;  ///< some are missing, since it was to stop
};

/// Asks for each subject's periods, subjects one after the other and periods in the order given; the answers come in
/// that order. Several requests are on their way at once, as many as the connection's rate limit lets go.
[[nodiscard]] OverviewAnswers ask_overviews(const Connection& connection, const std::vector<OverviewSubject>& subjects,
                                            const OverviewPlan& plan, Progress& progress);

inline constexpr std::size_t overviews_at_once = 8;

}  // namespace tallystick::cli
