#include "client/watched_profile.hpp"

namespace tallystick::client {

Result<ProfileReading, ProfileFault> WatchedProfile::read(Time now) {
  next_look_ = now + look_interval;
  const std::string& name = file_.path().native();
  const auto content = file_.read();
  if (!content) return fail(ProfileFault{.message = name + " cannot be read: " + content.error()});
  auto reading = read_profile_text(content->text, file_.path(), profile_, base_);
  constexpr unsigned permissions_of_others = 077;
  if (reading && reading->holds_secret && (content->permissions & permissions_of_others) != 0) {
    return fail(ProfileFault{.message = name + " has a secret in it and others can read it: run chmod 600 " + name});
  }
  return reading;
}

std::optional<Result<ProfileReading, ProfileFault>> WatchedProfile::read_if_changed(Time now) {
  if (now < next_look_) return std::nullopt;
  if (file_.changed_and_settled()) return read(now);
  next_look_ = now + (file_.changed() ? settling_time : look_interval);
  return std::nullopt;
}

}  // namespace tallystick::client
