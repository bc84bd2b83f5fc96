#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/csv.hpp"
#include "cli/event_reader.hpp"
#include "tallystick/core/event.hpp"

namespace tallystick::cli {

/// The columns of a CSV of usage events (interface.md, "One binary"); their order in a file is free, and the last two
/// may be missing: quantity is 1 then, and there is no until.
enum class EventColumn { source, id, organization, product, resource, time, quantity, until };
inline constexpr std::array<std::string_view, 8> event_column_names{"source",   "id",   "organization", "product",
                                                                    "resource", "time", "quantity",     "until"};
inline constexpr std::size_t event_columns_required = 6;

/// Which field of a record holds which column.
struct EventCsvHeader {
  std::vector<EventColumn> columns;
};

/// Reads the header. Faults: an unknown column (with the nearest spelling), one that is there twice, a required one
/// that is missing.
[[nodiscard]] Result<EventCsvHeader, InputFault> read_event_header(const CsvRecord& record);

/// One record as the event that it means, or all that is wrong with it. Sizes, known organizations and products and
/// what a metering asks for are the server's to check.
[[nodiscard]] Result<core::UsageEvent, std::vector<InputFault>> read_event_record(const EventCsvHeader& header,
                                                                                  CsvRecord record);

/// A reader of a whole CSV with its header.
[[nodiscard]] std::unique_ptr<EventReader> make_event_csv_reader(ByteSource& source);

}  // namespace tallystick::cli
