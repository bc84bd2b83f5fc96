#pragma once
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::cli {

/// A concurrent usage report as `output` wants it. JSON is the model as it was answered. CSV has product, part_number,
/// time, max: a record for each hour. A workbook has sheets of products, levels, hours and resources. The table has for
/// each product a plot, how long levels near the peak lasted, and with `with_resources` the listed resources. SVG is a
/// drawing (cli/concurrent_svg.hpp).
[[nodiscard]] Result<std::string, Failure> concurrent_text(const wire::ConcurrentUsageReport& report,
                                                           const Output& output, bool with_resources);

}  // namespace tallystick::cli
