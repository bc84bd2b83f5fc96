#include "server/content_type.hpp"
#include "server/handlers/handlers.hpp"
#include "server/request_body.hpp"
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
  if (media_type_of(call.request) != "application/json") {
    return answer(fail(refuse_media_type("Content-Type must be application/json.")));
  }
  const auto body = read_body(call.request, small_body_bytes_max);
  if (!body) return answer(fail(body.error()));
  auto setting = wire::from_json<wire::ClockSetting>(*body);
  if (!setting) {
    Refusal refusal = refuse(Situation::bad_request);
    refusal.faults = std::move(setting.error());
    return answer(fail(std::move(refusal)));
  }
  app::TestClock& clock = *call.service->use_cases.test_clock;
  if (auto set = clock.set(setting->now); !set) return answer(fail(refusal_of(std::move(set.error()))));
  call.service->use_cases.wake_closing();
  answer(clock_response(clock));
}

}  // namespace tallystick::server
