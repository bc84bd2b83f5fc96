#include "cli/sheet_text.hpp"

#include <vector>

#include "wire/csv_record.hpp"

namespace tallystick::cli {
namespace {

std::string text_of(std::monostate /*nothing*/) {
  return "";
}
std::string text_of(const std::string& text) {
  return text;
}
std::string text_of(const Figure& figure) {
  return figure.text;
}
std::string text_of(core::Day day) {
  return core::to_string(day);
}
std::string text_of(core::TimePoint time) {
  return core::to_string(time);
}
std::string text_of(bool value) {
  return value ? "true" : "false";
}

}  // namespace

std::string csv_text(const Sheet& sheet) {
  std::vector<std::string> fields;
  for (const documents::SheetColumn& column : sheet.columns) fields.push_back(column.title);
  std::string text = wire::csv_record(fields);
  sheet.rows([&](const documents::Row& row) {
    fields.assign(sheet.columns.size(), "");
    for (std::size_t i = 0; i < row.size(); ++i) {
      fields[i] = std::visit([](const auto& value) { return text_of(value); }, row[i]);
    }
    text += wire::csv_record(fields);
  });
  return text;
}

Result<std::string, Failure> workbook_text(const std::string& title, std::span<const Sheet> sheets,
                                           const Output& output) {
  auto file = documents::workbook_file({.title = title, .author = "tallystick", .created = output.written_at}, sheets);
  if (!file) return fail(Failure{ExitCode::failed, file.error() + "; choose --format csv or json"});
  return *std::move(file);
}

}  // namespace tallystick::cli
