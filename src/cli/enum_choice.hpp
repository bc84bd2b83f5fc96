#pragma once
#include <string>
#include <string_view>

#include "cli/failure.hpp"
#include "cli/spelling.hpp"
#include "tallystick/wire/open_enum.hpp"

namespace tallystick::cli {

/// The value of an enumeration that an option names, without regard to case. Failure bad_input: the option and what may
/// be chosen.
template <class Enum>
[[nodiscard]] Result<Enum, Failure> parse_choice(std::string_view option, std::string_view text) {
  std::string names;
  for (const auto& [value, name] : wire::EnumTexts<Enum>::values) {
    if (equals_without_case(name, text)) return value;
    names += (names.empty() ? "" : " or ") + std::string(name);
  }
  return fail(Failure{ExitCode::bad_input, std::string(option) + " " + std::string(text) + ": choose " + names});
}

}  // namespace tallystick::cli
