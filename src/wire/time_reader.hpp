#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "tallystick/core/time.hpp"

namespace tallystick::wire {

/// Reads one moment after the other as core::parse_time does; quick where many of one month follow each other in the
/// form of answers, as the resources of a report do.
class TimeReader {
 public:
  /// Absent where it is no time.
  [[nodiscard]] std::optional<core::TimePoint> operator()(std::string_view text);

 private:
  std::array<char, 8> month_text_{};  // `yyyy-MM-` of the last moment in that form
  core::TimePoint month_begin_;
  unsigned month_days_ = 0;
};

}  // namespace tallystick::wire
