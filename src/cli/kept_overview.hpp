#pragma once
#include <cstdint>
#include <string>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"

/// A line of the file in which answers are kept (cli/overview_ledger.hpp).
namespace tallystick::cli {

struct KeptOverview {
  core::TimePoint at;  ///< when it was answered
  std::string organization;
  std::int64_t index = 0;
  wire::UnknownFields unknown;  ///< the `overview` or the `error`, as JSON text
};

/// JSON without a line end.
[[nodiscard]] std::string kept_overview_line(const KeptOverview& kept);
[[nodiscard]] Result<KeptOverview, wire::DecodeFaults> read_kept_overview(const std::string& line);

}  // namespace tallystick::cli
