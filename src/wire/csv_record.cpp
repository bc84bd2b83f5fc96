#include "wire/csv_record.hpp"

#include <string_view>

namespace tallystick::wire {
namespace {

bool needs_quotes(std::string_view field) {
  if (field.find_first_of(",\"\r\n") != std::string_view::npos) return true;
  return field.starts_with(' ') || field.ends_with(' ');
}

}  // namespace

std::string csv_record(std::span<const std::string> fields) {
  std::string record;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i != 0) record += ',';
    if (!needs_quotes(fields[i])) {
      record += fields[i];
      continue;
    }
    record += '"';
    for (const char c : fields[i]) {
      if (c == '"') record += '"';
      record += c;
    }
    record += '"';
  }
  return record + "\n";
}

}  // namespace tallystick::wire
