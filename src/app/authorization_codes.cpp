#include "app/authorization_codes.hpp"

#include <algorithm>
#include <utility>

#include "app/token_hash.hpp"

namespace tallystick::app {

std::string AuthorizationCodes::issue(AuthorizedLogIn log_in, const RandomBytes& random, core::TimePoint now) {
  std::string code = make_secret(random);
  const std::lock_guard lock(mutex_);
  make_room(log_in.user_id, now);
  codes_.push_back({hash_token(code), now, std::move(log_in)});
  return code;
}

std::optional<AuthorizationCodes::Taken> AuthorizationCodes::take(std::string_view code, std::string_view client_id,
                                                                  core::TimePoint now) {
  const store::TokenHash hash = hash_token(code);
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(codes_, hash, &Code::hash);
  if (found == codes_.end() || found->log_in.client_id != client_id) return std::nullopt;
  if (found->is_used) {
    if (found->issued + remembered <= now) return std::nullopt;
    return Taken{found->log_in, true};
  }
  if (found->issued + lifetime <= now) return std::nullopt;
  found->is_used = true;
  return Taken{found->log_in, false};
}

void AuthorizationCodes::make_room(const std::string& user_id, core::TimePoint now) {
  while (!codes_.empty() && codes_.front().issued + remembered <= now) codes_.pop_front();
  const auto is_theirs = [&](const Code& code) { return code.log_in.user_id == user_id; };
  if (static_cast<std::size_t>(std::ranges::count_if(codes_, is_theirs)) < of_one_person_max) return;
  codes_.erase(std::ranges::find_if(codes_, is_theirs));
}

}  // namespace tallystick::app
