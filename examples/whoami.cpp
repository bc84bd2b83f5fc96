// Which organization one's client belongs to, and how the call went.
#include "service.hpp"
#include "tallystick/client/organizations_api.hpp"

int main() {
  const tallystick::OrganizationsApi organizations(example::from_environment());
  const auto [me, metadata] = organizations.get_organizations_me().send_for_answer();
  if (!me) return example::complain(me.error());

  std::cout << example::shown(me->name) << ' ' << example::shown(me->id) << '\n'
            << "status " << metadata.status << ", " << metadata.attempts << " attempt, correlation id "
            << metadata.correlation_id << '\n';
}
