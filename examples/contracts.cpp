// One's contracts, the newest first: the next page is fetched when the loop comes to it.
#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main() {
  const tallystick::BillingApi billing(example::from_environment());
  for (const auto& contract : billing.get_billing_contracts().items()) {
    if (!contract) return example::complain(contract.error());
    std::cout << example::shown(contract->external_number) << ' ' << example::shown(contract->id);
    // A status that this version does not know is shown as the service writes it.
    if (contract->status) std::cout << ' ' << contract->status->text();
    std::cout << '\n';
  }
}
