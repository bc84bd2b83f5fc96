#include "tallystick/client/tallystick_api.hpp"

void send(const tallystick::TallystickApi& api, const std::vector<tallystick::core::Event>& events) {
#ifdef CORRECT
  const auto result = api.post_events(events).send();
  if (!result) throw result.error();
#else
  api.post_events(events).send();
#endif
}
