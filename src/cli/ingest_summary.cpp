#include "cli/ingest_summary.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "wire/json_writer.hpp"

namespace tallystick::cli {
namespace {

std::string json_string(const std::string& text) {
  std::string json;
  wire::JsonWriter(json).string(text);
  return json;
}

std::string json_text(const IngestCounts& counts) {
  wire::IngestResult result;
  result.accepted = static_cast<std::int64_t>(counts.accepted);
  result.duplicates = static_cast<std::int64_t>(counts.duplicates);
  for (const FileConflict& conflict : counts.named_conflicts) {
    wire::IngestConflict& written = result.conflicts.emplace_back();
    written.index = static_cast<std::int64_t>(result.conflicts.size()) - 1;
    written.source = conflict.source;
    written.id = conflict.id;
    written.unknown.fields = {{"file", json_string(conflict.file)}, {"line", std::to_string(conflict.line)}};
  }
  return wire::to_json(result) + "\n";
}

}  // namespace

std::string summary_line(const IngestCounts& counts, std::chrono::milliseconds elapsed) {
  std::string line = with_thousands_separators(counts.accepted) + " accepted, " +
                     count_of(counts.duplicates, "duplicate") + ", " + count_of(counts.conflicts, "conflict") + " in " +
                     duration_text(elapsed);
  const std::uint64_t rate = per_second(counts.events(), elapsed);
  return rate == 0 ? line : line + " (" + with_thousands_separators(rate) + " events/s)";
}

std::string conflict_lines(const IngestCounts& counts) {
  std::string lines;
  const std::size_t shown = std::min(counts.named_conflicts.size(), conflicts_shown_max);
  for (std::size_t i = 0; i < shown; ++i) {
    const FileConflict& conflict = counts.named_conflicts[i];
    if (i != 0) lines += '\n';
    lines += to_string(conflict.file,
                       {conflict.line, "",
                        "conflict: the server has an event of source \"" + printable(conflict.source) + "\" and id \"" +
                            printable(conflict.id) + "\" with other content; the first one counts"});
  }
  if (counts.conflicts > shown)
    lines += (shown == 0 ? "" : "\nand ") + count_of(counts.conflicts - shown, "more conflict");
  return lines;
}

Result<std::string, Failure> summary_text(const IngestCounts& counts, std::chrono::milliseconds elapsed,
                                          const Output& output) {
  const Sheet sheet{.name = "Events",
                    .columns = {{"accepted"}, {"duplicates"}, {"conflicts"}},
                    .rows = [&counts](const documents::AddRow& add) {
                      add({figure(counts.accepted), figure(counts.duplicates), figure(counts.conflicts)});
                    }};
  switch (output.format) {
    case Format::json:
      return json_text(counts);
    case Format::csv:
      return csv_text(sheet);
    case Format::xlsx:
      return workbook_text("Events", std::array{sheet}, output);
    case Format::table:
      return summary_line(counts, elapsed) + "\n";
    case Format::svg:
      break;
  }
  return std::string();
}

}  // namespace tallystick::cli
