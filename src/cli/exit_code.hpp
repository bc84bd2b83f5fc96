#pragma once

namespace tallystick::cli {

/// Exit codes that scripts rely on (interface.md).
enum class ExitCode {
  done = 0,
  failed = 1,
  bad_input = 2,  ///< wrong usage too
  not_authenticated = 3,
  not_permitted = 4,
  not_found = 5,
  no_answer = 6,
};

}  // namespace tallystick::cli
