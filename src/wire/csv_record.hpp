#pragma once
#include <span>
#include <string>

namespace tallystick::wire {

/// One record of comma-separated values by RFC 4180 with its line end `\n`; fields that hold a comma, a quote, or a
/// line end, or that begin or end with a blank, are quoted.
[[nodiscard]] std::string csv_record(std::span<const std::string> fields);

}  // namespace tallystick::wire
