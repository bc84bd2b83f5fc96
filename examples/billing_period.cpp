// Charges and token wallets of one billing period.
#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("CONTRACT PERIOD, two ids");
  const tallystick::BillingApi billing(example::from_environment());
  const auto period = billing.get_billing_contract_billingperiod(argv[1], argv[2]).send();
  if (!period) return example::complain(period.error());

  for (const auto& charge : period->charges.value_or(std::vector<tallystick::wire::BillingCharge>{})) {
    std::cout << example::shown(charge.name) << ": " << example::shown(charge.actual_quantity) << " used, overage "
              << example::shown(charge.overage_charge) << ' ' << example::shown(charge.overage_currency) << '\n';
  }
  for (const auto& wallet : period->wallets.value_or(std::vector<tallystick::wire::BillingWallet>{})) {
    std::cout << example::shown(wallet.name) << ": " << example::shown(wallet.ending_balance) << " left\n";
  }
}
