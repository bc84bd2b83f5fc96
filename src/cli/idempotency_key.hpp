#pragma once
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/progress.hpp"

namespace tallystick::cli {

inline constexpr const char* key_help =
    "What makes a repeat harmless: the same command with the same key counts once; without one a random key is used "
    "and told";

/// The key that makes a request that moves money count once: `written`, else a new random one, which is told on
/// standard error before anything is sent, so that whoever got no answer can repeat the command with it. Failures:
/// bad_input for an empty key or one over 128 bytes; failed without randomness.
[[nodiscard]] Result<std::string, Failure> choose_key(const std::optional<std::string>& written, Progress& progress);

}  // namespace tallystick::cli
