// Usage for a Tallystick server to count. Sent again, the same event counts once.
#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main(int argc, char** argv) {
  if (argc != 5) return example::usage("ORGANIZATION PRODUCT RESOURCE TIME");
  const auto organization = tallystick::core::Uuid::parse(argv[1]);
  const auto time = tallystick::core::parse_time(argv[4]);
  if (!organization || !time)
    return example::usage("the organization's id, a product's key, a name, a moment in ISO 8601");

  tallystick::core::UsageEvent event;
  // (source, id) says which event it is: make the id of what makes the event one of its kind.
  event.source = "examples/send_events";
  event.id = std::string(argv[2]) + "/" + argv[3] + "/" + argv[4];
  event.organization = *organization;
  event.product = argv[2];
  event.resource = argv[3];
  event.time = *time;
  const tallystick::TallystickApi tallystick_server(example::from_environment());
  const auto result = tallystick_server.post_events({event}).send();
  if (!result) return example::complain(result.error());
  std::cout << result->accepted << " accepted, " << result->duplicates << " known already\n";
}
