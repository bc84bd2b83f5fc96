#include "server/handlers/handlers.hpp"
#include "server/json_body.hpp"
#include "tallystick/wire/clock_setting.hpp"

namespace tallystick::server {
namespace {

Response clock_response(const app::TestClock& clock) {
  wire::ClockSetting setting;
  setting.now = clock();
  return json_response(wire::to_json(setting));
}

}  // namespace

void handle_get_clock(Call& call, const Answer& answer) {
  answer(clock_response(*call.service->use_cases.test_clock));
}

void handle_set_clock(Call& call, const Answer& answer) {
  const auto setting = read_json_body<wire::ClockSetting>(call);
  if (!setting) return answer(fail(setting.error()));
  app::TestClock& clock = *call.service->use_cases.test_clock;
  if (auto set = clock.set(setting->now); !set) return answer(fail(refusal_of(std::move(set.error()))));
  call.service->use_cases.wake_closing();
  answer(clock_response(clock));
}

}  // namespace tallystick::server
