#pragma once
#include <chrono>
#include <filesystem>
#include <memory>

namespace tallystick::cli {

/// Keeps other processes that lock the same file out until what is returned is gone, or this process ends. Waits while
/// another has it, but not longer than `wait_max`: one that was stopped in the middle must not stop all others for
/// ever. Empty: it was not had. The file is made where there is none (0600), and stays.
[[nodiscard]] std::shared_ptr<void> lock_file(const std::filesystem::path& file, std::chrono::milliseconds wait_max);

}  // namespace tallystick::cli
