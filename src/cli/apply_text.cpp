#include "cli/apply_text.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/sheet_text.hpp"

namespace tallystick::cli {
namespace {

struct Mark {
  const char* name;
  const char* sign;
  const char* colour;
};
constexpr Mark created{"created", "+", "\x1b[32m"};
constexpr Mark updated{"updated", "~", "\x1b[33m"};
constexpr Mark removed{"removed", "-", "\x1b[31m"};

std::string lines_text(const std::vector<std::string>& entries, const Mark& mark, bool colours) {
  std::string text;
  for (const std::string& entry : entries) {
    const std::string line = std::string(mark.sign) + " " + printable(entry);
    text += colours ? mark.colour + line + "\x1b[0m\n" : line + "\n";
  }
  return text;
}

Sheet change_sheet(const wire::AppliedChanges& changes) {
  return {
      .name = "Changes", .columns = {{"change"}, {"kind"}, {"key"}}, .rows = [&changes](const documents::AddRow& add) {
        const auto add_all = [&](const std::vector<std::string>& entries, const Mark& mark) {
          for (const std::string& entry : entries) {
            // "product cx-3-named": the kind is one word, a key may have blanks.
            const std::size_t blank = entry.find(' ');
            add({std::string(mark.name), entry.substr(0, blank),
                 blank == std::string::npos ? Cell() : Cell(entry.substr(blank + 1))});
          }
        };
        add_all(changes.created, created);
        add_all(changes.updated, updated);
        add_all(changes.removed, removed);
      }};
}

// Takes `word` and the number behind it from the front of a text.
std::optional<std::uint64_t> take_number(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + word.size(), end, number);
  if (error != std::errc()) return std::nullopt;
  text = std::string_view(rest, static_cast<std::size_t>(end - rest));
  return number;
}

}  // namespace

Result<std::string, Failure> changes_text(const wire::AppliedChanges& changes, bool dry_run, const Output& output) {
  if (output.format == Format::json) return wire::to_json(changes) + "\n";
  if (output.format == Format::csv) return csv_text(change_sheet(changes));
  if (output.format == Format::xlsx) return workbook_text("Changes", std::array{change_sheet(changes)}, output);
  std::string text = lines_text(changes.created, created, output.colours) +
                     lines_text(changes.updated, updated, output.colours) +
                     lines_text(changes.removed, removed, output.colours);
  const auto count = [](const std::vector<std::string>& entries) { return with_thousands_separators(entries.size()); };
  return text + count(changes.created) + " created, " + count(changes.updated) + " updated, " + count(changes.removed) +
         " removed, " + with_thousands_separators(static_cast<std::uint64_t>(changes.unchanged)) + " unchanged" +
         (dry_run ? " (dry run: nothing was changed)\n" : "\n");
}

std::string fault_at_place(const std::string& file, const core::Fault& fault) {
  std::string_view message = fault.message;
  std::string place = file;
  std::string_view rest = message;
  const auto line = take_number(rest, "line ");
  const auto column = line ? take_number(rest, ", column ") : std::nullopt;
  if (column && rest.starts_with(": ")) {
    place += ":" + std::to_string(*line) + ":" + std::to_string(*column);
    message = rest.substr(2);
  }
  std::string text = place + ": ";
  if (fault.pointer.size() > 1) text += fault.pointer.substr(fault.pointer.starts_with('/') ? 1 : 0) + ": ";
  return printable(text.append(message));
}

}  // namespace tallystick::cli
