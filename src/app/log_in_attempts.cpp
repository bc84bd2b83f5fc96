#include "app/log_in_attempts.hpp"

#include <string>

#include "app/letter_case.hpp"
#include "app/token_hash.hpp"

namespace tallystick::app {
namespace {

// At a tenth of a second for each wrong try, one after the other, no more than 9,000 accounts have one in the window.
constexpr std::size_t accounts_max = 10'000;

}  // namespace

LogInAttempts::Account LogInAttempts::account_of(const core::OrganizationId& organization, std::string_view email,
                                                 std::string_view secret_hash) {
  std::string name = organization.to_string();
  name.append(secret_hash).append(1, '\0').append(without_case(email));
  return hash_token(name);
}

bool LogInAttempts::begin(const Account& account, core::TimePoint now) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  auto& times = wrong_[account];
  while (!times.empty() && times.front() + window <= now) times.pop_front();
  if (times.size() >= wrong_max) return false;
  times.push_back(now);
  return true;
}

void LogInAttempts::succeed(const Account& account) {
  const std::lock_guard lock(mutex_);
  wrong_.erase(account);
}

void LogInAttempts::take_back(const Account& account) {
  const std::lock_guard lock(mutex_);
  const auto found = wrong_.find(account);
  if (found == wrong_.end()) return;
  if (!found->second.empty()) found->second.pop_back();
  if (found->second.empty()) wrong_.erase(found);
}

void LogInAttempts::make_room(core::TimePoint now) {
  if (wrong_.size() < accounts_max) return;
  std::erase_if(wrong_, [now](const auto& entry) { return entry.second.back() + window <= now; });
  if (wrong_.size() >= accounts_max) wrong_.erase(wrong_.begin());
}

}  // namespace tallystick::app
