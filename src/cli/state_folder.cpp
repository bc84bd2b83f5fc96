#include "cli/state_folder.hpp"

namespace tallystick::cli {

std::optional<std::filesystem::path> state_folder(const Terminal& terminal) {
  if (const auto state = terminal.variable("XDG_STATE_HOME")) return std::filesystem::path(*state) / "tallystick";
  if (const auto home = terminal.variable("HOME")) return std::filesystem::path(*home) / ".local/state/tallystick";
  return std::nullopt;
}

}  // namespace tallystick::cli
