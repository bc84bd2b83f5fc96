#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace tallystick::app {

/// One thing in a store that is not what it must be.
struct Finding {
  std::string where;     ///< `organization 2222…, month 2026-03, product sms, resource ana`
  std::string what;      ///< `sum`
  std::string found;     ///< `7`
  std::string expected;  ///< `12`
};

/// `where: what is found, must be expected`.
[[nodiscard]] std::string to_string(const Finding& finding);

/// What the store itself said when it was asked for something.
[[nodiscard]] Finding unreadable(std::string where, std::string what, const store::StoreError& error);

/// What was looked at, and what of it is wrong.
struct Verification {
  std::uint64_t organizations = 0;
  std::uint64_t events = 0;  ///< that count: no void, and not voided
  std::uint64_t closed_periods = 0;
  std::uint64_t invoices = 0;  ///< credit notes too
  std::vector<Finding> findings;
};

/// Told now and then how much of the work is done.
using OnVerified = std::function<void(std::uint64_t done, std::uint64_t total)>;

}  // namespace tallystick::app
