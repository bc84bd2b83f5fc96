// Closes what has ended of an organization's billing periods, and shows the invoices that come of it.
#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("ORGANIZATION");
  const auto organization = tallystick::core::Uuid::parse(argv[1]);
  if (!organization) return example::usage("the organization's id, a UUID");

  const tallystick::TallystickApi tallystick_server(example::from_environment());
  const auto answer = tallystick_server.close_periods(*organization).send();
  if (!answer) return example::complain(answer.error());
  for (const auto& period : answer->closed) {
    std::cout << tallystick::core::to_string(period.date_start) << " to "
              << tallystick::core::to_string(period.date_end) << ": " << period.invoice_number << ", "
              << period.amount.to_string() << ' ' << period.currency_iso_code << '\n';
  }
}
