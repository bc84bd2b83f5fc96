#include "documents/invoice_table.hpp"

#include <algorithm>
#include <array>

#include "documents/figures.hpp"
#include "documents/invoice_words.hpp"
#include "documents/page_geometry.hpp"

namespace tallystick::documents {
namespace {

constexpr TextStyle head_style{.size = 7, .bold = true, .ink = Ink::muted};
constexpr TextStyle head_right_style{.size = 7, .bold = true, .ink = Ink::muted, .align = Align::right};
constexpr TextStyle name_style{.size = 8.5, .bold = true, .lines_max = 12};
// Some thirty changes of one period: no row is higher than a page.
constexpr TextStyle detail_style{.size = 7.5, .ink = Ink::muted, .lines_max = 36};
constexpr TextStyle period_style{.size = 7.5};
constexpr TextStyle figure_style{.size = 8.5, .align = Align::right};
constexpr TextStyle unit_style{.size = 7, .ink = Ink::muted, .align = Align::right, .lines_max = 2};
constexpr TextStyle section_style{.size = 9, .bold = true, .ink = Ink::accent, .lines_max = 2};
constexpr TextStyle sum_label_style{.size = 8.5, .lines_max = 3};
constexpr TextStyle total_label_style{.size = 10.5, .bold = true, .lines_max = 1};
constexpr TextStyle total_style{.size = 10.5, .bold = true, .align = Align::right};
constexpr TextStyle note_style{.size = 8, .lines_max = 60};
constexpr TextStyle small_style{.size = 7.5, .ink = Ink::muted};
constexpr TextStyle link_style{.size = 8, .ink = Ink::accent, .lines_max = 6};

constexpr Points gap = 9;        // between columns
constexpr Points padding = 3.5;  // above and below what a row holds
constexpr Points under_name = 0.8;
constexpr Points sums_left = page::left + page::width / 2;

/// What a row shows; where it is a figure, already as text.
struct Row {
  std::string subject;
  std::string detail;
  std::string period;
  std::string quantity;
  std::string unit;
  std::string unit_price;
  std::string amount;
};

std::string detail_of(const wire::InvoiceDocumentLine& line) {
  std::string detail;
  for (const std::string& part :
       {std::string(line.is_third_party ? "Third-party product" : ""), kind_beside(line), line.description}) {
    if (part.empty()) continue;
    if (!detail.empty()) detail += " · ";
    detail += part;
  }
  return detail;
}

Row row_of(const wire::InvoiceDocumentLine& line, int places) {
  Row row{.subject = subject_of(line),
          .detail = detail_of(line),
          .period = period_text(line.date_start, line.date_end),
          .quantity = {},
          .unit = {},
          .unit_price = {},
          .amount = figure_text(line.amount, places)};
  // The minimum and a credit count nothing.
  if (line.product) {
    row.quantity = figure_text(line.quantity, 0);
    row.unit = line.unit_of_measure.value_or("");
  }
  if (line.unit_price) row.unit_price = figure_text(*line.unit_price, places);
  return row;
}

struct Column {
  Points left = 0;
  Points width = 0;
};

/// Columns of one invoice: figures as wide as the widest, the description what is left.
struct Columns {
  Column subject, period, quantity, unit_price, amount;
};

Columns columns_for(const PdfCanvas& canvas, const std::vector<Row>& rows) {
  Points quantity = canvas.width_of("Quantity", head_style);
  Points unit_price = canvas.width_of("Unit price", head_style);
  Points amount = canvas.width_of("Amount", head_style);
  for (const Row& row : rows) {
    quantity = std::max({quantity, canvas.width_of(row.quantity, figure_style), canvas.width_of(row.unit, unit_style)});
    unit_price = std::max(unit_price, canvas.width_of(row.unit_price, figure_style));
    amount = std::max(amount, canvas.width_of(row.amount, figure_style));
  }
  // What is wider is broken, so that a description always has its third of the page.
  constexpr Points widest = page::width / 6;
  Columns columns;
  Points right = page::right - padding;
  const auto place = [&](Column& column, Points width) {
    column = {right - width, width};
    right -= width + gap;
  };
  place(columns.amount, std::min(amount + 2, widest));
  place(columns.unit_price, std::min(unit_price + 2, widest));
  place(columns.quantity, std::min(quantity + 2, widest));
  place(columns.period, 66);
  columns.subject = {page::left + padding, right - page::left - padding};
  return columns;
}

BodyBlock header_block(const PdfCanvas& canvas, const Columns& columns) {
  struct Cell {
    SetText text;
    Points left;
  };
  const std::array<Cell, 5> cells = {
      Cell{canvas.set("Description", head_style, columns.subject.width), columns.subject.left},
      Cell{canvas.set("Period", head_style, columns.period.width), columns.period.left},
      Cell{canvas.set("Quantity", head_right_style, columns.quantity.width), columns.quantity.left},
      Cell{canvas.set("Unit price", head_right_style, columns.unit_price.width), columns.unit_price.left},
      Cell{canvas.set("Amount", head_right_style, columns.amount.width), columns.amount.left}};
  const Points height = cells.front().text.height() + 2 * padding;
  return {{height, false, true}, [cells, height](PdfCanvas& page, Points top) {
            page.fill(page::left, top, page::width, height, Ink::tint);
            for (const Cell& cell : cells) page.draw(cell.text, cell.left, top + padding);
          }};
}

BodyBlock row_block(const PdfCanvas& canvas, const Columns& columns, const Row& row) {
  const SetText subject = canvas.set(row.subject, name_style, columns.subject.width);
  const SetText detail = canvas.set(row.detail, detail_style, columns.subject.width);
  const SetText period = canvas.set(row.period, period_style, columns.period.width);
  const SetText quantity = canvas.set(row.quantity, figure_style, columns.quantity.width);
  const SetText unit = canvas.set(row.unit, unit_style, columns.quantity.width);
  const SetText unit_price = canvas.set(row.unit_price, figure_style, columns.unit_price.width);
  const SetText amount = canvas.set(row.amount, figure_style, columns.amount.width);
  const Points detail_height = row.detail.empty() ? 0 : detail.height() + under_name;
  const Points unit_height = row.unit.empty() ? 0 : unit.height();
  const Points height = std::max({subject.height() + detail_height, period.height(), quantity.height() + unit_height,
                                  unit_price.height(), amount.height()}) +
                        2 * padding;
  return {{height, true, false}, [=](PdfCanvas& page, Points top) {
            const Points text_top = top + padding;
            page.draw(subject, columns.subject.left, text_top);
            page.draw(detail, columns.subject.left, text_top + subject.height() + under_name);
            // Smaller than its neighbours: on their line.
            page.draw(period, columns.period.left, text_top + 1);
            page.draw(quantity, columns.quantity.left, text_top);
            page.draw(unit, columns.quantity.left, text_top + quantity.height());
            page.draw(unit_price, columns.unit_price.left, text_top);
            page.draw(amount, columns.amount.left, text_top);
            page.draw_rule(page::left, top + height - 0.4, page::width, 0.4, Ink::rule);
          }};
}

BodyBlock section_block(const PdfCanvas& canvas, std::string_view title) {
  const SetText text = canvas.set(title, section_style, page::width - padding);
  constexpr Points above = 9;
  return {{text.height() + above + padding, true, true},
          [text](PdfCanvas& page, Points top) { page.draw(text, page::left + padding, top + above); }};
}

/// Keeps with what follows: nothing that belongs to the end stands alone on a page.
BodyBlock text_block(const PdfCanvas& canvas, std::string_view words, const TextStyle& style, Points above) {
  const SetText text = canvas.set(words, style, page::width - 2 * padding);
  return {{text.height() + above, false, true},
          [text, above](PdfCanvas& page, Points top) { page.draw(text, page::left + padding, top + above); }};
}

BodyBlock sum_block(const PdfCanvas& canvas, const Subtotal& sum, int places) {
  const Points amount_width = canvas.width_of(figure_text(sum.amount, places), figure_style) + 2 * padding;
  const SetText amount = canvas.set(figure_text(sum.amount, places), figure_style, amount_width - padding);
  const SetText label = canvas.set(sum.label, sum_label_style, page::right - sums_left - amount_width - padding);
  const Points height = std::max(label.height(), amount.height()) + padding;
  return {{height, false, true}, [=](PdfCanvas& page, Points top) {
            page.draw(label, sums_left + padding, top + padding / 2);
            page.draw(amount, page::right - amount_width, top + padding / 2);
          }};
}

BodyBlock total_block(const PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  const std::string words = (is_credit_note(invoice) ? "Total credit " : "Total ") + invoice.currency;
  const Points label_width = canvas.width_of(words, total_label_style) + 1;
  const SetText label = canvas.set(words, total_label_style, label_width);
  const std::string figure = figure_text(invoice.amount, amount_places(invoice.currency));
  const Points amount_width = canvas.width_of(figure, total_style) + 1;
  const SetText amount = canvas.set(figure, total_style, amount_width);
  const Points amount_left = page::right - padding - amount_width;
  const Points left = std::min(sums_left, amount_left - gap - label_width - padding);
  const Points height = amount.height() + 2 * padding + 1;
  constexpr Points above = 3;
  return {{height + above, false, true}, [=](PdfCanvas& page, Points top) {
            page.fill(left, top + above, page::right - left, height, Ink::tint);
            page.draw_rule(left, top + above, page::right - left, 1, Ink::accent);
            page.draw(label, left + padding, top + above + padding + 1);
            page.draw(amount, amount_left, top + above + padding + 1);
          }};
}

BodyBlock tax_block(const PdfCanvas& canvas) {
  TextStyle style = small_style;
  style.align = Align::right;
  const SetText text = canvas.set("All amounts exclude taxes.", style, page::width - padding);
  return {{text.height() + padding, false, true},
          [text](PdfCanvas& page, Points top) { page.draw(text, page::left, top + padding); }};
}

BodyBlock link_block(const PdfCanvas& canvas, const std::string& uri) {
  const SetText label = canvas.set("Pay online:", note_style, 60);
  const Points left = page::left + padding + label.width() + 4;
  const SetText text = canvas.set(uri, link_style, page::right - left);
  constexpr Points above = 6;
  return {{text.height() + above, false, false}, [=](PdfCanvas& page, Points top) {
            page.draw(label, page::left + padding, top + above);
            page.draw(text, left, top + above);
            page.link(uri, left, top + above, text.width(), text.height());
          }};
}

void add_rows(InvoiceBody& body, const PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  const int places = amount_places(invoice.currency);
  std::vector<Row> own;
  std::vector<Row> adjustments;
  for (const wire::InvoiceDocumentLine& line : invoice.lines) {
    (is_adjustment(line) ? adjustments : own).push_back(row_of(line, places));
  }
  std::vector<Row> all = own;
  all.insert(all.end(), adjustments.begin(), adjustments.end());
  const Columns columns = columns_for(canvas, all);
  body.header = header_block(canvas, columns);
  body.blocks.push_back(body.header);
  for (const Row& row : own) body.blocks.push_back(row_block(canvas, columns, row));
  if (all.empty()) body.blocks.push_back(text_block(canvas, "There is nothing to charge.", small_style, 2 * padding));
  if (adjustments.empty()) return;
  body.blocks.push_back(section_block(canvas, "Adjustments of earlier periods"));
  for (const Row& row : adjustments) body.blocks.push_back(row_block(canvas, columns, row));
}

}  // namespace

Result<InvoiceBody, std::string> invoice_body(const PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  const auto sums = subtotals(invoice);
  if (!sums) return fail(sums.error());
  InvoiceBody body;
  add_rows(body, canvas, invoice);
  constexpr Points above_sums = 7;
  // On one page with the sums: the last row, so that a total never stands alone.
  body.blocks.back().flow.keeps_with_next = true;
  body.blocks.push_back({{above_sums, false, true}, [](PdfCanvas&, Points) {}});
  if (sums->size() > 1) {
    for (const Subtotal& sum : *sums) {
      body.blocks.push_back(sum_block(canvas, sum, amount_places(invoice.currency)));
    }
  }
  body.blocks.push_back(total_block(canvas, invoice));
  body.blocks.push_back(tax_block(canvas));
  // How to pay is for invoices of which something is to be paid.
  if (is_credit_note(invoice) || invoice.amount <= core::Decimal{}) return body;
  Points above = 10;
  for (const std::string& note : invoice.notes) {
    body.blocks.push_back(text_block(canvas, note, note_style, above));
    above = 2;
  }
  if (invoice.payment_link && !invoice.payment_link->empty()) {
    body.blocks.push_back(link_block(canvas, *invoice.payment_link));
  }
  return body;
}

}  // namespace tallystick::documents
