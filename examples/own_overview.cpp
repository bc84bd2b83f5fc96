// What one's own organization owes for the active billing period: a Tallystick server shows it, the published service
// does not.
#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main() {
  const tallystick::TallystickApi tallystick_server(example::from_environment());
  const auto overview = tallystick_server.get_billing_overview().send();
  if (!overview) return example::complain(overview.error());

  for (const auto& line : overview->usages) {
    std::cout << line.name << ": " << line.usage_quantity << ' ' << line.unit_of_measure_type << ", overage at "
              << example::shown(line.overage_price) << ' ' << overview->currency << '\n';
  }
}
