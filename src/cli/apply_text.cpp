#include "cli/apply_text.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "wire/csv_record.hpp"

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

// "product cx-3-named": the kind is one word, a key may have blanks.
std::string csv_records(const std::vector<std::string>& entries, const Mark& mark) {
  std::string text;
  for (const std::string& entry : entries) {
    const std::size_t blank = entry.find(' ');
    const std::string kind = entry.substr(0, blank);
    const std::string key = blank == std::string::npos ? "" : entry.substr(blank + 1);
    text += wire::csv_record(std::vector<std::string>{mark.name, kind, key});
  }
  return text;
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

std::string changes_text(const wire::AppliedChanges& changes, bool dry_run, const Output& output) {
  if (output.format == Format::json) return wire::to_json(changes) + "\n";
  if (output.format == Format::csv) {
    return wire::csv_record(std::vector<std::string>{"change", "kind", "key"}) + csv_records(changes.created, created) +
           csv_records(changes.updated, updated) + csv_records(changes.removed, removed);
  }
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
