// What a customer of a partner owes for a billing period: 0 is the active one, 1 the last completed one.
#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("CUSTOMER PERIOD, such as 22222222-2222-4222-8222-222222222222 1");
  const auto customer = tallystick::core::Uuid::parse(argv[1]);
  if (!customer) return example::usage("the customer's id, a UUID, and the period's index");

  const tallystick::BillingApi billing(example::from_environment());
  const auto overview = billing.get_trustee_billing_overview(*customer, std::strtoull(argv[2], nullptr, 10)).send();
  if (!overview) return example::complain(overview.error());

  std::cout << example::shown(overview->organization.name) << ", " << overview->subscription_type.text() << " in "
            << overview->currency << '\n';
  for (const auto& line : overview->usages) {
    std::cout << line.name << ": " << line.usage_quantity << " used, " << line.prepay_quantity << " prepaid\n";
  }
}
