#pragma once
#include "app/billing_questions.hpp"
#include "tallystick/wire/billing_contract.hpp"

namespace tallystick::server {

/// A contract as the published API writes it (docs/domain.md, "Contracts, periods and wallets on the wire"): a plan for
/// each product with an item, in the order in which the contract and its amendments first name them.
[[nodiscard]] wire::BillingContract contract_answer(const app::ContractView& view);

}  // namespace tallystick::server
