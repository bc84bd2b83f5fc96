#pragma once
#include <string>

#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::cli {

/// The report as one self-contained SVG document on white: for each product, one below the other, the hourly maxima as
/// steps over axes, and the peak as a line with its label. Times are UTC, and numbers have thousands separators.
[[nodiscard]] std::string concurrent_svg(const wire::ConcurrentUsageReport& report);

}  // namespace tallystick::cli
