#pragma once
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"

/// Questions to a person. Where standard input is no terminal its lines are the answers, one a question.
namespace tallystick::cli {

/// `Client id [partner]: `; an empty answer is `usual`. Failure bad_input: there is no answer.
[[nodiscard]] Result<std::string, Failure> ask(const Terminal& terminal, const std::string& what,
                                               const std::string& usual = {});

/// The same for what nobody may see: it is not shown while it is typed.
[[nodiscard]] Result<std::string, Failure> ask_secret(const Terminal& terminal, const std::string& what);

}  // namespace tallystick::cli
