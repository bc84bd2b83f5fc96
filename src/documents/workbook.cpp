#include "documents/workbook.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace tallystick::documents {
namespace {

constexpr std::size_t exact_digits_max = 15;
constexpr std::size_t cell_bytes_max = 32'000;  // a cell holds 32,767 characters
constexpr std::size_t column_width_max = 60;
constexpr std::size_t column_width_min = 8;
constexpr std::size_t filter_arrow_width = 3;
constexpr std::size_t author_bytes_max = 200;

/// A file name of its own that is gone afterwards: the library writes to files alone.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code missing;
    const auto folder = std::filesystem::temp_directory_path(missing);
    if (missing) {
      error_ = missing.message();
      return;
    }
    path_ = (folder / "tallystick-workbook-XXXXXX").string();
    const int file = mkstemp(path_.data());
    if (file < 0) {
      error_ = std::generic_category().message(errno);
    } else {
      close(file);
    }
  }
  ~TemporaryFile() {
    if (error_.empty()) unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Why there is none; empty: there is one.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  std::string path_;
  std::string error_;
};

// The text up to a limit, never ending within a character.
std::string_view beginning(std::string_view text, std::size_t bytes_max) {
  std::size_t size = std::min(text.size(), bytes_max);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

struct NumberCell {
  double number = 0;
  std::string pattern;  // that shows it as it was written
};

std::string pattern_of(std::size_t places, bool with_plus, bool in_per_cent) {
  std::string pattern = places == 0 ? "#,##0" : "#,##0." + std::string(places, '0');
  if (in_per_cent) pattern += "%";
  return with_plus ? "+" + pattern + ";-" + pattern + ";" + pattern : pattern;
}

// The binary number that is nearest to a decimal of 15 digits is nearest to no other one, and shows as that decimal.
std::optional<NumberCell> exact_number(std::string_view text) {
  const bool with_plus = text.starts_with('+');
  const bool in_per_cent = text.ends_with('%');
  if (with_plus) text.remove_prefix(1);
  if (in_per_cent) text.remove_suffix(1);
  const std::string_view digits = text.substr(!with_plus && text.starts_with('-') ? 1 : 0);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::string_view fraction = digits.substr(std::min(point + 1, digits.size()));
  if (!is_digits(digits.substr(0, point)) || (point < digits.size() && !is_digits(fraction))) return std::nullopt;
  std::string significant;
  for (const char c : digits) {
    if (c != '.' && !(significant.empty() && c == '0')) significant += c;
  }
  while (significant.ends_with('0')) significant.pop_back();
  if (significant.size() > exact_digits_max) return std::nullopt;
  const std::string scaled = std::string(text) + (in_per_cent ? "e-2" : "");
  NumberCell cell{0, pattern_of(fraction.size(), with_plus, in_per_cent)};
  const auto [rest, error] = std::from_chars(scaled.data(), scaled.data() + scaled.size(), cell.number);
  if (error != std::errc() || rest != scaled.data() + scaled.size()) return std::nullopt;
  return cell;
}

// Days since the one that spreadsheets call 0, which is right from March 1900 on.
std::optional<double> serial_of(core::TimePoint time) {
  using namespace std::chrono;
  constexpr core::Day zero = sys_days{year{1899} / 12 / 30};
  constexpr core::Day first = sys_days{year{1900} / 3 / 1};
  if (time < first) return std::nullopt;
  return static_cast<double>((time - zero).count()) / static_cast<double>(milliseconds{days{1}}.count());
}

/// The looks of cells, each made once: a workbook keeps every one that it was asked for.
class Formats {
 public:
  explicit Formats(lxw_workbook* workbook) : workbook_(workbook) {
    head_ = workbook_add_format(workbook);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xE6ECF0);
    format_set_bottom(head_, LXW_BORDER_THIN);
    label_ = workbook_add_format(workbook);
    format_set_bold(label_);
    format_set_align(label_, LXW_ALIGN_VERTICAL_TOP);
    digits_ = workbook_add_format(workbook);
    format_set_align(digits_, LXW_ALIGN_RIGHT);
  }

  [[nodiscard]] lxw_format* head() const { return head_; }
  [[nodiscard]] lxw_format* label() const { return label_; }
  /// Of figures that are text.
  [[nodiscard]] lxw_format* digits() const { return digits_; }

  lxw_format* number(const std::string& pattern) { return shown_as(pattern, LXW_ALIGN_RIGHT); }
  lxw_format* day() { return shown_as("yyyy-mm-dd", LXW_ALIGN_LEFT); }
  lxw_format* moment(bool with_fraction) {
    return shown_as(with_fraction ? "yyyy-mm-dd hh:mm:ss.000" : "yyyy-mm-dd hh:mm:ss", LXW_ALIGN_LEFT);
  }

 private:
  lxw_format* shown_as(const std::string& pattern, lxw_format_alignments align) {
    lxw_format*& format = patterns_[pattern];
    if (format == nullptr) {
      format = workbook_add_format(workbook_);
      format_set_num_format(format, pattern.c_str());
      format_set_align(format, static_cast<std::uint8_t>(align));
    }
    return format;
  }

  lxw_workbook* workbook_;
  lxw_format* head_;
  lxw_format* label_;
  lxw_format* digits_;
  std::map<std::string, lxw_format*> patterns_;
};

/// Fills one sheet, row by row. Keeps the first error.
class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Sheet& content, Formats& formats)
      : sheet_(sheet), content_(content), formats_(formats), widths_(content.columns.size(), column_width_min) {}

  [[nodiscard]] lxw_error write() {
    const bool is_table = content_.form == Sheet::Form::table;
    if (is_table) write_titles();
    content_.rows([this](const Row& row) { write_row(row); });
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const int chosen = content_.columns[i].width;
      const std::size_t width = chosen > 0 ? static_cast<std::size_t>(chosen) : std::min(widths_[i], column_width_max);
      const auto column = static_cast<lxw_col_t>(i);
      keep(worksheet_set_column(sheet_, column, column, static_cast<double>(width), nullptr));
    }
    if (is_table && !widths_.empty()) {
      worksheet_freeze_panes(sheet_, 1, 0);
      keep(worksheet_autofilter(sheet_, 0, 0, next_row_ - 1, static_cast<lxw_col_t>(widths_.size() - 1)));
    }
    return error_;
  }

 private:
  void write_titles() {
    for (std::size_t i = 0; i < content_.columns.size(); ++i) {
      const std::string& title = content_.columns[i].title;
      widths_[i] = std::max(widths_[i], characters(title) + filter_arrow_width);
      keep(worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(i), title.c_str(), formats_.head()));
    }
    ++next_row_;
  }

  void write_row(const Row& row) {
    if (error_ != LXW_NO_ERROR) return;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool is_label = content_.form == Sheet::Form::letter && i == 0;
      const auto column = static_cast<lxw_col_t>(i);
      const std::size_t width = std::visit(
          [&](const auto& value) { return write_cell(column, value, is_label ? formats_.label() : nullptr); }, row[i]);
      if (i < widths_.size()) widths_[i] = std::max(widths_[i], width + 1);
    }
    ++next_row_;
  }

  // Each gives the characters that the cell shows.
  std::size_t write_cell(lxw_col_t /*column*/, std::monostate /*nothing*/, lxw_format* /*format*/) { return 0; }
  std::size_t write_cell(lxw_col_t column, const std::string& text, lxw_format* format) {
    if (text.empty()) return 0;
    const std::string fitting(beginning(text, cell_bytes_max));
    keep(worksheet_write_string(sheet_, next_row_, column, fitting.c_str(), format));
    return characters(fitting);
  }
  std::size_t write_cell(lxw_col_t column, const Figure& figure, lxw_format* /*format*/) {
    const auto exact = exact_number(figure.text);
    if (!exact) return write_cell(column, figure.text, formats_.digits());
    keep(worksheet_write_number(sheet_, next_row_, column, exact->number, formats_.number(exact->pattern)));
    return figure.text.size() + figure.text.size() / 3;  // with the separators
  }
  std::size_t write_cell(lxw_col_t column, core::Day day, lxw_format* /*format*/) {
    const std::string text = core::to_string(day);
    const auto serial = serial_of(day);
    if (!serial) return write_cell(column, text, nullptr);
    keep(worksheet_write_number(sheet_, next_row_, column, *serial, formats_.day()));
    return text.size();
  }
  std::size_t write_cell(lxw_col_t column, core::TimePoint time, lxw_format* /*format*/) {
    const std::string text = core::to_string(time);
    const auto serial = serial_of(time);
    if (!serial) return write_cell(column, text, nullptr);
    const bool with_fraction = time != std::chrono::floor<std::chrono::seconds>(time);
    keep(worksheet_write_number(sheet_, next_row_, column, *serial, formats_.moment(with_fraction)));
    return text.size();
  }
  std::size_t write_cell(lxw_col_t column, bool value, lxw_format* format) {
    keep(worksheet_write_boolean(sheet_, next_row_, column, value ? 1 : 0, format));
    return 5;  // FALSE
  }

  void keep(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  lxw_worksheet* sheet_;
  const Sheet& content_;
  Formats& formats_;
  std::vector<std::size_t> widths_;
  lxw_row_t next_row_ = 0;
  lxw_error error_ = LXW_NO_ERROR;
};

std::string words_for(lxw_error error, const std::string& sheet) {
  if (error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE) {
    return "the sheet \"" + sheet + "\" has more rows than a workbook holds, which are 1,048,576";
  }
  return std::string("libxlsxwriter: ") + lxw_strerror(error);
}

Status<std::string> write_workbook(const WorkbookProperties& properties, std::span<const Sheet> sheets,
                                   const std::string& path) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* workbook = workbook_new_opt(path.c_str(), &options);
  if (workbook == nullptr) return fail("libxlsxwriter has no memory for a workbook");
  std::string title = properties.title;
  std::string author(beginning(properties.author, author_bytes_max));
  lxw_doc_properties described{};
  described.title = title.data();
  described.author = author.data();
  described.created = std::chrono::system_clock::to_time_t(properties.created);
  std::string fault;
  const auto keep = [&](lxw_error error, const std::string& sheet) {
    if (error != LXW_NO_ERROR && fault.empty()) fault = words_for(error, sheet);
  };
  keep(workbook_set_properties(workbook, &described), "");

  Formats formats(workbook);
  for (const Sheet& sheet : sheets) {
    lxw_worksheet* worksheet = workbook_add_worksheet(workbook, sheet.name.c_str());
    if (worksheet == nullptr) {
      fault = "no sheet can be called \"" + sheet.name + "\"";
      break;
    }
    keep(SheetWriter(worksheet, sheet, formats).write(), sheet.name);
  }
  keep(workbook_close(workbook), "");
  if (!fault.empty()) return fail(std::move(fault));
  return {};
}

}  // namespace

Result<std::string, std::string> workbook_file(const WorkbookProperties& properties, std::span<const Sheet> sheets) {
  const TemporaryFile file;
  if (!file.error().empty()) return fail("no temporary file for a workbook: " + file.error());
  if (auto written = write_workbook(properties, sheets, file.path()); !written) return fail(written.error());
  std::ifstream stream(file.path(), std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  if (!stream || bytes.empty()) return fail("can not read the workbook again from " + file.path());
  return bytes;
}

}  // namespace tallystick::documents
