#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/billing_contract.hpp"

namespace tallystick::cli {

/// A listing of contracts as `output` wants it; JSON is the model as it was answered.
[[nodiscard]] Result<std::string, Failure> contracts_text(const wire::BillingContractListing& listing,
                                                          const Output& output);

/// One contract: its letter, the items of its plans and its billing periods; CSV has the items alone, a workbook a
/// sheet of each.
[[nodiscard]] Result<std::string, Failure> contract_text(const wire::BillingContract& contract, const Output& output);

/// How a contract's last begun period counts: 0, the active one, while the contract is in force; else 1, the last
/// completed one.
[[nodiscard]] std::uint64_t index_of_last_period(const wire::BillingContract& contract);

}  // namespace tallystick::cli
