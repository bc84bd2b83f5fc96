#pragma once
#include <chrono>
#include <string>

#include "cli/ingest_ledger.hpp"
#include "cli/output.hpp"

namespace tallystick::cli {

inline constexpr std::size_t conflicts_shown_max = 20;

/// `200,000 accepted, 1,200 duplicates, 3 conflicts in 1.4 s (140,000 events/s)`.
[[nodiscard]] std::string summary_line(const IngestCounts& counts, std::chrono::milliseconds elapsed);

/// One line for each of the first conflicts, `FILE:LINE: …`, and how many more there are; without a last line end.
[[nodiscard]] std::string conflict_lines(const IngestCounts& counts);

/// The answer of the command: the summary line as a table, `{accepted, duplicates, conflicts}` in the shape in which
/// the server answers one batch (each conflict with its file and line, `index` counting the conflicts) as JSON, the
/// three numbers as CSV and as a workbook.
[[nodiscard]] Result<std::string, Failure> summary_text(const IngestCounts& counts, std::chrono::milliseconds elapsed,
                                                        const Output& output);

}  // namespace tallystick::cli
