#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string_view>

#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::app {

/// Keeps people's secrets from being guessed (docs/domain.md, "People and their tokens"): of an account's tries in a
/// quarter of an hour at most ten may be wrong, further ones are refused unseen until the first of the ten is a quarter
/// of an hour ago. A refused try prolongs nothing. Accounts that are not there are counted like those that are. Any
/// thread.
class LogInAttempts {
 public:
  /// Names an account for the time that it has this secret: a new secret starts anew. The address as it was typed;
  /// `secret_hash` is empty for an account that is not there.
  using Account = store::TokenHash;
  [[nodiscard]] static Account account_of(const core::OrganizationId& organization, std::string_view email,
                                          std::string_view secret_hash);

  /// Begins a try; false: refused. It counts as wrong until it ends otherwise, so that tries at one time are counted
  /// too.
  [[nodiscard]] bool begin(const Account& account, core::TimePoint now);
  /// It was right: the account's wrong ones are forgotten.
  void succeed(const Account& account);
  /// Nobody looked at it.
  void take_back(const Account& account);

  static constexpr std::size_t wrong_max = 10;
  static constexpr std::chrono::minutes window{15};

 private:
  void make_room(core::TimePoint now);

  std::mutex mutex_;
  std::map<Account, std::deque<core::TimePoint>> wrong_;  // times in order
};

}  // namespace tallystick::app
