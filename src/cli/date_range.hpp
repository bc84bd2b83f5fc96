#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/period.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::cli {

/// The range that `--from` and `--to` name. Each is a moment in any published ISO-8601 form (core::parse_time), a day
/// `2026-03-01`, a month `2026-03` or a year `2026`, in UTC. The range ends before `to`; a day, month or year stands
/// for its first moment. Without `to`, `from` must be a day, month or year, and the range is the whole of it.
/// The failure is a sentence that names the option and what would be right.
[[nodiscard]] Result<core::Period, std::string> parse_date_range(std::string_view from,
                                                                 std::optional<std::string_view> to);

}  // namespace tallystick::cli
