#pragma once
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace tallystick::core {

/// Something wrong at one place of a document that a caller sent.
struct Fault {
  std::string pointer;  ///< RFC 6901 pointer into the body, or the name of a query parameter
  std::string message;  ///< what is wrong and what would be right
  friend bool operator==(const Fault&, const Fault&) = default;
};

/// At most this many faults of one request are reported (interface.md, "Addresses").
inline constexpr std::size_t faults_reported_max = 100;

enum class ProblemKind {
  malformed,        ///< the body is not what it claims to be (not JSON, not UTF-8, wrong shape)
  invalid,          ///< well-formed, but fields break a rule; `faults` names them
  invalid_date,     ///< a date parameter is missing or not a date
  conflict,         ///< against what is stored; `faults` names what
  bad_credentials,  ///< an unknown, wrong or expired credential
  invalid_grant,    ///< a code, refresh token or assertion that is not good, or not any more
  not_permitted,    ///< the caller is known but may not
  not_found,        ///< no such thing, or not the caller's own
  too_large,        ///< over a limit that `message` names
  overloaded,       ///< come back after `retry_after_s`
  storage_failed,   ///< the store could not write or read; details are in the log
  internal,         ///< a rule of our own broke
};

/// Why a use case did not do what was asked. The server turns it into a status and an ErrorBody in one place.
struct Problem {
  ProblemKind kind = ProblemKind::internal;
  std::string message;
  std::vector<Fault> faults;
  int retry_after_s = 0;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
