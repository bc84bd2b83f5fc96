#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tallystick::cli {

/// Events of a file that are sent together.
struct EventBatch {
  std::uint64_t number = 0;          ///< counted from 0 within the file
  std::string ndjson;                ///< the body
  std::vector<std::uint64_t> lines;  ///< of the file, one for each line of the body
  std::uint64_t last_line = 0;       ///< of the file: where the last event ends
  std::uint64_t bytes_taken = 0;     ///< of the file, as far as it was read for this batch

  void add(const std::string& json, std::uint64_t first_line_of_event, std::uint64_t last_line_of_event) {
    ndjson += json;
    ndjson += '\n';
    lines.push_back(first_line_of_event);
    last_line = last_line_of_event;
  }
};

/// A body stays well below what servers take (32 MiB), and an answer comes soon.
inline constexpr std::size_t batch_bytes_max = std::size_t{4} << 20U;
inline constexpr std::size_t batch_events_default = 2'000;
inline constexpr std::size_t batch_events_max = 10'000;  ///< what servers take (interface.md, "Addresses")

}  // namespace tallystick::cli
