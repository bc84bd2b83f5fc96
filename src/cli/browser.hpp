#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace tallystick::cli {

/// The program that shows an address: the first one of $BROWSER (`%s` in it is the address, else the address comes
/// last), or xdg-open where there is a screen. Absent: none is known.
[[nodiscard]] std::optional<std::vector<std::string>> browser_command(const std::string& address,
                                                                      const Terminal& terminal);

/// Starts it without waiting for it, apart from this terminal's input and output. Whether it could be started.
[[nodiscard]] bool open_browser(const std::string& address, const Terminal& terminal);

}  // namespace tallystick::cli
