#pragma once
#include <string>

#include "cli/failure.hpp"
#include "tallystick/client/billing_api.hpp"

/// Which contract and which of its billing periods a command means.
namespace tallystick::cli {

/// All contracts that a question chooses, as one listing.
[[nodiscard]] Result<wire::BillingContractListing, Failure> all_contracts(const BillingApi& api,
                                                                          BillingApi::ContractQuery query);

/// The contract of that id, or of that external number. Failures: not_found; bad_input where several have the number.
[[nodiscard]] Result<wire::BillingContract, Failure> find_contract(const BillingApi& api, const std::string& text);

/// The id of the contract's period that `text` names: its id; the month in which it begins, `2026-03`; a day in it; or
/// counted back, 0 being the active one and 1 the last completed one. Failures: not_found; bad_input for none of these,
/// or a month in which several begin.
[[nodiscard]] Result<std::string, Failure> find_period(const wire::BillingContract& contract, const std::string& text);

}  // namespace tallystick::cli
