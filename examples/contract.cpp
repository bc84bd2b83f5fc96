// One contract: what was agreed, and the billing periods that have begun.
#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("CONTRACT, an id as the list of contracts has it");
  const tallystick::BillingApi billing(example::from_environment());
  const auto contract = billing.get_billing_contract(argv[1]).send();
  if (!contract) return example::complain(contract.error());

  for (const auto& plan : contract->plans.value_or(std::vector<tallystick::wire::BillingPlan>{})) {
    std::cout << example::shown(plan.name) << '\n';
    for (const auto& item : plan.items.value_or(std::vector<tallystick::wire::BillingPlanItem>{})) {
      std::cout << "  " << item.quantity.value_or(0) << " at " << example::shown(item.price) << '\n';
    }
  }
  for (const auto& period :
       contract->billing_periods.value_or(std::vector<tallystick::wire::BillingContractPeriod>{})) {
    if (period.date_start && period.date_end) {
      std::cout << tallystick::core::to_string(*period.date_start) << " to "
                << tallystick::core::to_string(*period.date_end) << ' ' << example::shown(period.id) << '\n';
    }
  }
}
