#pragma once
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "tallystick/client/api_error.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::cli {

/// Why a command did not do what was asked: what a person reads, and what a script sees.
struct Failure {
  ExitCode code = ExitCode::failed;
  std::string message;  ///< one or more lines, without a line end
};

/// The one place where an answer of the server becomes an exit code: credentials 3, permission 4, not found 5; no
/// answer, a time-out or overload after the retries 6; what the user gave and the server refused 2; all else 1,
/// a cancelled call and a conflict with what is stored too; a document that conflicts is another matter (apply).
[[nodiscard]] ExitCode exit_code_of(const ApiError& error);

/// The error as the client words it, with its exit code.
[[nodiscard]] Failure failure_of(const ApiError& error);

/// The error in the shape of the wire: the answer's own body, or one made of what is known.
[[nodiscard]] std::string error_json(const ApiError& error);

/// The single faults that an answer names, in its order; empty where it names none.
[[nodiscard]] std::vector<core::Fault> faults_of(const ApiError& error);

/// failure_of, with a line for each fault that the message does not tell yet: what was wrong with values that came from
/// arguments, `amount: is more than the 300.00 that are due`.
[[nodiscard]] Failure failure_with_faults(const ApiError& error);

}  // namespace tallystick::cli
