#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "client/profile_text.hpp"
#include "client/watched_file.hpp"

namespace tallystick::client {

/// A profile of a file, and whether it changed. Time is an argument. One thread at a time.
class WatchedProfile {
 public:
  using Time = std::chrono::steady_clock::time_point;

  WatchedProfile(std::filesystem::path file, std::string profile, Configuration base)
      : file_(std::move(file)), profile_(std::move(profile)), base_(std::move(base)) {}

  /// Reads it, whether it changed or not. Faults: ConfigurationFile::open.
  [[nodiscard]] Result<ProfileReading, ProfileFault> read(Time now);
  /// Reads it where it changed and nobody is writing it. Looks at the file at most once in look_interval, and once more
  /// a settling_time later where it changed. Absent: nothing new.
  [[nodiscard]] std::optional<Result<ProfileReading, ProfileFault>> read_if_changed(Time now);
  /// Before this no look is due.
  [[nodiscard]] Time next_look() const { return next_look_; }

  static constexpr std::chrono::milliseconds look_interval{800};
  static constexpr std::chrono::milliseconds settling_time{100};

 private:
  WatchedFile file_;
  const std::string profile_;
  const Configuration base_;
  Time next_look_{};
};

}  // namespace tallystick::client
