#include "documents/invoice_letter.hpp"

#include <algorithm>
#include <initializer_list>

#include "documents/figures.hpp"
#include "documents/invoice_words.hpp"
#include "documents/page_geometry.hpp"

namespace tallystick::documents {
namespace {

constexpr TextStyle seller_style{.size = 14, .bold = true, .ink = Ink::accent, .lines_max = 4};
constexpr TextStyle seller_small_style{.size = 7.5, .ink = Ink::muted, .align = Align::right, .lines_max = 10};
constexpr TextStyle return_style{.size = 6, .ink = Ink::muted, .lines_max = 1};
constexpr TextStyle addressee_style{.size = 9.5, .bold = true, .lines_max = 3};
constexpr TextStyle address_style{.size = 9.5, .lines_max = 8};
constexpr TextStyle fact_label_style{.size = 7.5, .ink = Ink::muted, .lines_max = 1};
constexpr TextStyle fact_style{.size = 8, .lines_max = 3};
constexpr TextStyle party_style{.size = 8, .lines_max = 7};
constexpr TextStyle title_style{.size = 17, .bold = true, .lines_max = 2};
constexpr TextStyle sentence_style{.size = 8.5, .lines_max = 12};
constexpr TextStyle small_style{.size = 7.5, .ink = Ink::muted, .lines_max = 1};
constexpr TextStyle small_right_style{.size = 7.5, .ink = Ink::muted, .align = Align::right, .lines_max = 1};

constexpr Points fact_label_width = 30 * page::millimetre;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

std::vector<std::string> address_of(const std::optional<wire::InvoiceAddress>& address) {
  return address ? address_lines(*address) : std::vector<std::string>{};
}

/// Sets text, draws it, gives the top of what follows.
Points draw_text(PdfCanvas& canvas, std::string_view text, const TextStyle& style, Points left, Points top,
                 Points width) {
  const SetText set = canvas.set(text, style, width);
  canvas.draw(set, left, top);
  return top + set.height();
}

std::string title(const wire::InvoiceDocument& invoice) {
  return std::string(title_of(invoice)) + " " + invoice.number;
}

/// Large, and smaller where the name would fill more than two lines.
TextStyle style_of_seller(const PdfCanvas& canvas, std::string_view name, Points width) {
  TextStyle style = seller_style;
  // What is left of lines where words do not fill them.
  constexpr Points filled = 1.7;
  while (style.size > 9 && canvas.width_of(name, style) > filled * width) style.size -= 1;
  return style;
}

void draw_letter_head(PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  const wire::InvoiceSeller& seller = invoice.seller;
  const Points half = page::width / 2;
  const Points name_width = half + 10 * page::millimetre;
  const Points name_bottom = draw_text(canvas, seller.name, style_of_seller(canvas, seller.name, name_width),
                                       page::left, page::letter_head_top, name_width);
  std::vector<std::string> lines = {joined(address_of(seller.address), ", ")};
  lines.push_back(joined({seller.phone.value_or(""), seller.email.value_or("")}, "  ·  "));
  lines.push_back(seller.website.value_or(""));
  if (seller.tax_number && !seller.tax_number->empty()) lines.push_back("Tax number " + *seller.tax_number);
  const Points lines_left = page::left + half + 15 * page::millimetre;
  const Points lines_bottom = draw_text(canvas, joined(lines, "\n"), seller_small_style, lines_left,
                                        page::letter_head_top, page::right - lines_left);
  const Points rule_top =
      std::min(std::max(name_bottom, lines_bottom) + 2 * page::millimetre, page::window_top - 6 * page::millimetre);
  canvas.draw_rule(page::left, rule_top, page::width, 1.2, Ink::accent);
}

Points draw_window(PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  std::vector<std::string> sender = address_of(invoice.seller.address);
  sender.insert(sender.begin(), invoice.seller.name);
  Points top = draw_text(canvas, joined(sender, " · "), return_style, page::left, page::window_top, page::window_width);
  canvas.draw_rule(page::left, top + 1, page::window_width, 0.4, Ink::rule);
  top += 4 * page::millimetre;
  top = draw_text(canvas, addressee(invoice), addressee_style, page::left, top, page::window_width);
  const auto lines = address_of(invoice.bill_to_address);
  if (lines.empty()) return top;
  return draw_text(canvas, joined(lines, "\n"), address_style, page::left, top, page::window_width);
}

struct Fact {
  std::string_view label;
  std::string text;
};

std::vector<Fact> facts_of(const wire::InvoiceDocument& invoice) {
  std::vector<Fact> facts = {{is_credit_note(invoice) ? "Credit note number" : "Invoice number", invoice.number},
                             {"Date", day_text(invoice.date_invoiced)}};
  const auto add = [&](std::string_view label, const std::optional<std::string>& text) {
    if (text && !text->empty()) facts.push_back({label, *text});
  };
  add("Credits invoice", invoice.credited_invoice_number);
  if (invoice.date_start && invoice.date_end) {
    facts.push_back({"Billing period", period_text(*invoice.date_start, *invoice.date_end)});
  }
  if (invoice.bill_to_customer) add("Customer number", invoice.bill_to_customer->number);
  add("Contract", invoice.contract_number);
  add("Your order", invoice.customer_po_number);
  if (!is_credit_note(invoice)) add("Payment terms", invoice.payment_terms);
  add("Currency", invoice.currency);
  return facts;
}

Points draw_facts(PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  Points top = page::window_top;
  const Points value_left = page::facts_left + fact_label_width;
  for (const Fact& fact : facts_of(invoice)) {
    const SetText value = canvas.set(fact.text, fact_style, page::right - value_left);
    canvas.draw(canvas.set(fact.label, fact_label_style, fact_label_width), page::facts_left, top + 0.5);
    canvas.draw(value, value_left, top);
    top += value.height() + 2.6;
  }
  return top;
}

/// Side by side.
Points draw_other_parties(PdfCanvas& canvas, const wire::InvoiceDocument& invoice, Points top) {
  const auto parties = other_parties(invoice);
  if (parties.empty()) return top;
  const Points width = page::width / 3;
  Points bottom = top;
  Points left = page::left;
  for (const OtherParty& party : parties) {
    const Points text_top = draw_text(canvas, party.label, small_style, left, top, width - 8) + 1;
    bottom = std::max(bottom, draw_text(canvas, joined(party.lines, "\n"), party_style, left, text_top, width - 8));
    left += width;
  }
  return bottom + 3 * page::millimetre;
}

std::string credit_sentence(const wire::InvoiceDocument& invoice) {
  std::string text;
  if (invoice.credited_invoice_number) text = "This credits invoice " + *invoice.credited_invoice_number + ".";
  if (invoice.reason && !invoice.reason->empty()) text += (text.empty() ? "Reason: " : " Reason: ") + *invoice.reason;
  return text;
}

}  // namespace

Points draw_letter(PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  draw_letter_head(canvas, invoice);
  Points top = std::max(draw_window(canvas, invoice), draw_facts(canvas, invoice)) + 8 * page::millimetre;
  top = std::max(top, 90 * page::millimetre);
  top = draw_text(canvas, title(invoice), title_style, page::left, top, page::width) + 3 * page::millimetre;
  if (const std::string sentence = credit_sentence(invoice); !sentence.empty()) {
    top = draw_text(canvas, sentence, sentence_style, page::left, top, page::width) + 3 * page::millimetre;
  }
  return draw_other_parties(canvas, invoice, top) + 1 * page::millimetre;
}

void draw_later_head(PdfCanvas& canvas, const wire::InvoiceDocument& invoice) {
  const Points half = page::width / 2;
  draw_text(canvas, invoice.seller.name, small_style, page::left, page::later_head_top, half - 6);
  const Points bottom =
      draw_text(canvas, title(invoice), small_right_style, page::left + half, page::later_head_top, half);
  canvas.draw_rule(page::left, bottom + 3, page::width, 0.6, Ink::accent);
}

void draw_footer(PdfCanvas& canvas, const wire::InvoiceDocument& invoice, std::size_t page, std::size_t pages) {
  const Points third = page::width / 3;
  canvas.draw_rule(page::left, page::footer_top - 5, page::width, 0.4, Ink::rule);
  draw_text(canvas, title(invoice), small_style, page::left, page::footer_top, 2 * third - 6);
  draw_text(canvas, "Page " + std::to_string(page) + " of " + std::to_string(pages), small_right_style,
            page::left + 2 * third, page::footer_top, third);
}

}  // namespace tallystick::documents
