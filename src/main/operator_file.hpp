#pragma once
#include <filesystem>
#include <string>

#include "tallystick/core/result.hpp"

namespace tallystick {

/// Writes `DIR/operator.json` with `client_id` and `client_secret`, readable by its owner alone, whole or not at all,
/// and durable when it returns. The failure says what could not be written.
[[nodiscard]] Status<std::string> write_operator_file(const std::filesystem::path& data_dir,
                                                      const std::string& client_id, const std::string& secret);

}  // namespace tallystick
