#include "tallystick/wire/clock_setting.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(ClockSetting, (), (now))

template std::string to_json<ClockSetting>(const ClockSetting&);
template Result<ClockSetting, DecodeFaults> from_json<ClockSetting>(std::string_view);

}  // namespace tallystick::wire
