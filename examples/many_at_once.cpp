// Several periods of a customer at once: each call is a future, and the connection sends them on its own threads.
#include <future>
#include <vector>

#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("CUSTOMER PERIODS, such as 22222222-2222-4222-8222-222222222222 12");
  const auto customer = tallystick::core::Uuid::parse(argv[1]);
  if (!customer) return example::usage("the customer's id, a UUID, and how many periods");

  const tallystick::BillingApi billing(example::from_environment());
  std::vector<std::future<tallystick::ApiAnswer<tallystick::wire::TrusteeBillingOverview>>> answers;
  for (std::uint64_t index = 0; index < std::strtoull(argv[2], nullptr, 10); ++index) {
    answers.push_back(billing.get_trustee_billing_overview(*customer, index).start());
  }
  for (auto& answer : answers) {
    const auto overview = answer.get().result;
    if (!overview) return example::complain(overview.error());
    if (overview->billing_period_start_date) {
      std::cout << tallystick::core::to_string(*overview->billing_period_start_date) << ": " << overview->usages.size()
                << " lines\n";
    }
  }
}
