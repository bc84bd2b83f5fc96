#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

#include "documents/figures.hpp"
#include "documents/invoice_files.hpp"
#include "documents/invoice_words.hpp"

namespace tallystick::documents {
namespace {

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

std::string significant_digits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == 'e') break;
    if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
  }
  while (digits.ends_with('0')) digits.pop_back();
  return digits;
}

/// What a number cell can hold of a decimal: the binary number where its 16 digits, which is how the library writes it,
/// are the decimal's own.
std::optional<double> exact_number(core::Decimal decimal) {
  const std::string plain = decimal.to_string();
  const double number = std::strtod(plain.c_str(), nullptr);
  std::array<char, 32> shown{};
  std::snprintf(shown.data(), shown.size(), "%.15e", number);
  if (significant_digits(shown.data()) != significant_digits(plain)) return std::nullopt;
  return number;
}

/// A sheet, filled cell by cell. Keeps the first error.
class Sheet {
 public:
  explicit Sheet(lxw_worksheet* sheet) : sheet_(sheet) {}

  void text(lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format = nullptr) {
    if (text.empty()) return;
    // A cell holds 32,767 characters.
    constexpr std::size_t bytes_max = 32'000;
    std::size_t size = std::min(text.size(), bytes_max);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    keep(worksheet_write_string(sheet_, row, column, std::string(text.substr(0, size)).c_str(), format));
  }

  void number(lxw_row_t row, lxw_col_t column, core::Decimal decimal, lxw_format* format) {
    if (const auto exact = exact_number(decimal)) {
      keep(worksheet_write_number(sheet_, row, column, *exact, format));
    } else {
      text(row, column, decimal.to_string(), format);
    }
  }

  void width(lxw_col_t column, int characters) {
    keep(worksheet_set_column(sheet_, column, column, characters, nullptr));
  }

  [[nodiscard]] lxw_worksheet* raw() const { return sheet_; }
  [[nodiscard]] lxw_error error() const { return error_; }
  void keep(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

 private:
  lxw_worksheet* sheet_;
  lxw_error error_ = LXW_NO_ERROR;
};

struct Formats {
  lxw_format* head;
  lxw_format* label;
  lxw_format* figure;  ///< as many digits as the number has
  lxw_format* amount;  ///< at least the currency's digits
};

Formats formats_of(lxw_workbook* workbook, int places) {
  Formats formats{workbook_add_format(workbook), workbook_add_format(workbook), workbook_add_format(workbook),
                  workbook_add_format(workbook)};
  format_set_bold(formats.head);
  format_set_bg_color(formats.head, 0xE6ECF0);
  format_set_bottom(formats.head, LXW_BORDER_THIN);
  format_set_bold(formats.label);
  format_set_align(formats.label, LXW_ALIGN_VERTICAL_TOP);
  for (auto* figure : {formats.figure, formats.amount}) format_set_align(figure, LXW_ALIGN_RIGHT);
  std::string pattern = "#,##0";
  if (places > 0) pattern += "." + std::string(static_cast<std::size_t>(places), '0');
  format_set_num_format(formats.figure, "#,##0.#########");
  format_set_num_format(
      formats.amount,
      (pattern + std::string(places > 0 ? "" : ".") + std::string(static_cast<std::size_t>(9 - places), '#')).c_str());
  return formats;
}

struct LineColumn {
  const char* title;
  int width;  ///< in characters
};
constexpr std::array line_columns = {
    LineColumn{"kind", 12},       LineColumn{"product", 32},     LineColumn{"sku", 18},
    LineColumn{"grouping", 22},   LineColumn{"description", 48}, LineColumn{"period start", 12},
    LineColumn{"period end", 12}, LineColumn{"quantity", 16},    LineColumn{"unit", 14},
    LineColumn{"unit price", 14}, LineColumn{"list price", 14},  LineColumn{"amount", 16},
    LineColumn{"currency", 9},    LineColumn{"third party", 11}};

void fill_lines(Sheet& sheet, const Formats& formats, const wire::InvoiceDocument& invoice) {
  constexpr auto last_column = static_cast<lxw_col_t>(line_columns.size() - 1);
  for (lxw_col_t i = 0; i <= last_column; ++i) {
    sheet.width(i, line_columns.at(i).width);
    sheet.text(0, i, line_columns.at(i).title, formats.head);
  }
  lxw_row_t row = 0;
  for (const wire::InvoiceDocumentLine& line : invoice.lines) {
    ++row;
    lxw_col_t column = 0;
    const auto text = [&](std::string_view value) { sheet.text(row, column++, value); };
    const auto number = [&](const std::optional<core::Decimal>& value, lxw_format* format) {
      if (value) sheet.number(row, column, *value, format);
      ++column;
    };
    text(line.kind);
    text(subject_of(line));
    text(line.product ? line.product->sku.value_or("") : "");
    text(line.grouping.value_or(""));
    text(line.description);
    text(core::to_string(line.date_start));
    text(core::to_string(line.date_end));
    number(line.quantity, formats.figure);
    text(line.unit_of_measure.value_or(""));
    number(line.unit_price, formats.amount);
    number(line.list_unit_price, formats.amount);
    number(line.amount, formats.amount);
    text(invoice.currency);
    text(line.is_third_party ? "yes" : "no");
  }
  worksheet_freeze_panes(sheet.raw(), 1, 0);
  sheet.keep(worksheet_autofilter(sheet.raw(), 0, 0, row, last_column));
}

std::string one_line(const std::optional<wire::InvoiceAddress>& address) {
  std::string text;
  if (!address) return text;
  for (const std::string& line : address_lines(*address)) text += (text.empty() ? "" : ", ") + line;
  return text;
}

std::string name_in(const std::optional<wire::Customer>& customer) {
  return customer ? name_of(*customer) : "";
}

void fill_letter(Sheet& sheet, const Formats& formats, const wire::InvoiceDocument& invoice) {
  sheet.width(0, 24);
  sheet.width(1, 60);
  lxw_row_t row = 0;
  const auto text = [&](std::string_view label, const std::optional<std::string>& value) {
    if (!value || value->empty()) return;
    sheet.text(row, 0, label, formats.label);
    sheet.text(row, 1, *value);
    ++row;
  };
  const auto day = [&](std::string_view label, const std::optional<core::Day>& value) {
    if (value) text(label, core::to_string(*value));
  };
  text("type", std::string(title_of(invoice)));
  text("number", invoice.number);
  day("date", invoice.date_invoiced);
  day("period start", invoice.date_start);
  day("period end", invoice.date_end);
  text("seller", invoice.seller.name);
  text("seller address", one_line(invoice.seller.address));
  text("seller tax number", invoice.seller.tax_number);
  text("seller email", invoice.seller.email);
  text("seller phone", invoice.seller.phone);
  text("seller website", invoice.seller.website);
  text("organization", invoice.organization.name);
  text("organization id", invoice.organization.id);
  text("contract", invoice.contract_number);
  text("bill to", addressee(invoice));
  text("bill to number", invoice.bill_to_customer ? invoice.bill_to_customer->number : std::nullopt);
  text("bill to address", one_line(invoice.bill_to_address));
  text("ship to", name_in(invoice.ship_to_customer));
  text("ship to address", one_line(invoice.ship_to_address));
  text("sold to", name_in(invoice.sold_to_customer));
  text("order", invoice.customer_po_number);
  text("payment terms", invoice.payment_terms);
  text("payment link", invoice.payment_link);
  text("credits invoice", invoice.credited_invoice_number);
  text("reason", invoice.reason);
  text("currency", invoice.currency);
  sheet.text(row, 0, "amount", formats.label);
  sheet.number(row++, 1, invoice.amount, formats.amount);
  text("taxes", "All amounts exclude taxes.");
  for (const std::string& note : invoice.notes) text("note", note);
}

Status<std::string> write_workbook(const wire::InvoiceDocument& invoice, const std::string& path) {
  lxw_workbook* workbook = workbook_new(path.c_str());
  if (workbook == nullptr) return fail("libxlsxwriter has no memory for a workbook");
  std::string title = std::string(title_of(invoice)) + " " + invoice.number;
  std::string author = invoice.seller.name.substr(0, 200);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  properties.created = std::chrono::system_clock::to_time_t(invoice.date_invoiced);
  const lxw_error described = workbook_set_properties(workbook, &properties);

  const Formats formats = formats_of(workbook, amount_places(invoice.currency));
  Sheet lines(workbook_add_worksheet(workbook, "Lines"));
  fill_lines(lines, formats, invoice);
  Sheet letter(workbook_add_worksheet(workbook, "Invoice"));
  fill_letter(letter, formats, invoice);
  const lxw_error closed = workbook_close(workbook);
  for (const lxw_error error : {described, lines.error(), letter.error(), closed}) {
    if (error != LXW_NO_ERROR) return fail(std::string("libxlsxwriter: ") + lxw_strerror(error));
  }
  return {};
}

}  // namespace

Result<std::string, std::string> invoice_workbook(const wire::InvoiceDocument& invoice) {
  const TemporaryFile file;
  if (!file.error().empty()) return fail("no temporary file for a workbook: " + file.error());
  if (const auto written = write_workbook(invoice, file.path()); !written) return fail(written.error());
  std::ifstream stream(file.path(), std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  if (!stream || bytes.empty()) return fail("can not read the workbook again from " + file.path());
  return bytes;
}

}  // namespace tallystick::documents
