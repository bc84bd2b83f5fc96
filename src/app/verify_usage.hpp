#pragma once
#include "app/verification.hpp"
#include "store/store.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::app {

/// A calendar month in UTC.
[[nodiscard]] core::Period month_containing(core::Day day);

/// Folds the events of one organization and month anew, and compares with what the store keeps beside them: each
/// resource's totals and those of whole products, and each day's presence. One finding a product, and one a product for
/// presence, which names the first difference and says how many there are. Adds the month's events to the count.
void verify_usage(const store::UsageSnapshot& usage, const core::OrganizationId& organization,
                  const core::Period& month, Verification& verification);

}  // namespace tallystick::app
