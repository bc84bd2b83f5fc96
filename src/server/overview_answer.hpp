#pragma once
#include <string>

#include "app/billing_overview.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick::server {

/// An overview as the published API writes it (domain.md, "The small print", Overview): ends as the last moment inside,
/// prices with the currency's minor digits, what does not apply absent. `self`: the address that answers it.
[[nodiscard]] wire::TrusteeBillingOverview overview_answer(const app::BillingOverview& overview, std::string self);

}  // namespace tallystick::server
