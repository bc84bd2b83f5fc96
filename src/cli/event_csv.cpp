#include "cli/event_csv.hpp"

#include <algorithm>
#include <utility>

#include "cli/display_width.hpp"
#include "cli/spelling.hpp"
#include "tallystick/wire/event.hpp"
#include "wire/event_shape.hpp"
#include "wire/utf8.hpp"

namespace tallystick::cli {
namespace {

std::string_view name_of(EventColumn column) {
  return event_column_names.at(static_cast<std::size_t>(column));
}

InputFault fault_of(const CsvRecord& record, EventColumn column, std::string message) {
  return {record.line, std::string(name_of(column)), std::move(message)};
}

std::string quoted(const std::string& text) {
  return "\"" + shortened(printable(text), 60) + "\"";
}

void read_time(const CsvRecord& record, EventColumn column, const std::string& text, core::TimePoint& time,
               std::vector<InputFault>& faults) {
  const auto parsed = core::parse_time(text);
  if (parsed) {
    time = *parsed;
    return;
  }
  faults.push_back(fault_of(record, column,
                            parsed.error() == core::TimeFault::out_of_range
                                ? quoted(text) + " is no moment of the calendar"
                                : quoted(text) + " is not a time: write 2026-03-04T09:15:00Z"));
}

void read_field(const CsvRecord& record, EventColumn column, std::string text, core::UsageEvent& event,
                std::vector<InputFault>& faults) {
  if (wire::first_invalid_utf8(text)) {
    faults.push_back(fault_of(record, column, "is not UTF-8: save the file with that encoding"));
    return;
  }
  switch (column) {
    case EventColumn::source:
      event.source = std::move(text);
      return;
    case EventColumn::id:
      event.id = std::move(text);
      return;
    case EventColumn::organization:
      if (const auto id = core::Uuid::parse(text)) {
        event.organization = *id;
      } else {
        faults.push_back(fault_of(record, column, quoted(text) + " is not a UUID"));
      }
      return;
    case EventColumn::product:
      if (text == wire::void_type) {
        faults.push_back(fault_of(record, column, quoted(text) + " is a correction: send those as NDJSON"));
      }
      event.product = std::move(text);
      return;
    case EventColumn::resource:
      event.resource = std::move(text);
      return;
    case EventColumn::time:
      read_time(record, column, text, event.time, faults);
      return;
    case EventColumn::quantity: {
      if (text.empty()) return;
      const auto quantity = core::Decimal::parse(text);
      if (quantity) {
        event.quantity = *quantity;
      } else {
        faults.push_back(
            fault_of(record, column, quoted(text) + ": " + std::string(core::to_string(quantity.error()))));
      }
      return;
    }
    case EventColumn::until:
      if (!text.empty()) read_time(record, column, text, event.until.emplace(), faults);
      return;
  }
}

class EventCsvReader : public EventReader {
 public:
  explicit EventCsvReader(ByteSource& source) : records_(source) {}

  Result<std::optional<EventRecord>, InputFault> next() override {
    if (header_.columns.empty()) {
      auto first = records_.next();
      if (!first) return fail(first.error());
      if (!*first) return std::optional<EventRecord>();
      auto header = read_event_header(**first);
      if (!header) return fail(header.error());
      header_ = *std::move(header);
    }
    auto record = records_.next();
    if (!record) return fail(record.error());
    if (!*record) return std::optional<EventRecord>();
    EventRecord read{(*record)->line, (*record)->last_line, {}, {}};
    auto event = read_event_record(header_, **std::move(record));
    if (event) {
      read.json = wire::event_to_json(*std::move(event));
    } else {
      read.faults = event.error();
    }
    return std::optional(std::move(read));
  }

  [[nodiscard]] std::string field_of_pointer(std::string_view pointer) const override {
    if (pointer == "/type") return "product";
    if (pointer == "/subject") return "resource";
    if (pointer.starts_with("/data/")) return std::string(pointer.substr(6));
    return std::string(pointer.substr(pointer.empty() ? 0 : 1));
  }

 private:
  CsvReader records_;
  EventCsvHeader header_;
};

}  // namespace

Result<EventCsvHeader, InputFault> read_event_header(const CsvRecord& record) {
  const std::vector<std::string> names(event_column_names.begin(), event_column_names.end());
  if (record.fields.size() == 1 && record.fields.front().find(';') != std::string::npos) {
    return fail(InputFault{record.line, "", "the columns are parted by semicolons: part them by commas"});
  }
  EventCsvHeader header;
  for (const std::string& field : record.fields) {
    const auto* name = std::find(event_column_names.begin(), event_column_names.end(), field);
    if (name == event_column_names.end()) {
      std::string hint = did_you_mean(field, names);
      if (hint.empty()) hint = "; the columns are source,id,organization,product,resource,time,quantity,until";
      return fail(InputFault{record.line, "", quoted(field) + " is no column" + hint});
    }
    const auto column = static_cast<EventColumn>(name - event_column_names.begin());
    if (std::find(header.columns.begin(), header.columns.end(), column) != header.columns.end()) {
      return fail(InputFault{record.line, field, "this column is there twice"});
    }
    header.columns.push_back(column);
  }
  for (std::size_t i = 0; i < event_columns_required; ++i) {
    const auto column = static_cast<EventColumn>(i);
    if (std::find(header.columns.begin(), header.columns.end(), column) == header.columns.end()) {
      return fail(InputFault{record.line, std::string(name_of(column)), "this column is missing in the header"});
    }
  }
  return header;
}

Result<core::UsageEvent, std::vector<InputFault>> read_event_record(const EventCsvHeader& header, CsvRecord record) {
  std::vector<InputFault> faults;
  if (record.fields.size() != header.columns.size()) {
    faults.push_back({record.line, "",
                      "has " + std::to_string(record.fields.size()) + " fields, the header has " +
                          std::to_string(header.columns.size())});
    return fail(std::move(faults));
  }
  core::UsageEvent event;
  std::vector<std::string> fields = std::exchange(record.fields, {});
  for (std::size_t i = 0; i < fields.size(); ++i) {
    read_field(record, header.columns[i], std::move(fields[i]), event, faults);
  }
  if (!faults.empty()) return fail(std::move(faults));
  return event;
}

std::unique_ptr<EventReader> make_event_csv_reader(ByteSource& source) {
  return std::make_unique<EventCsvReader>(source);
}

}  // namespace tallystick::cli
