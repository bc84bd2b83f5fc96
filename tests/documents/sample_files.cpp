#include <algorithm>
#include <fstream>
#include <iostream>

#include "documents/invoice_files.hpp"
#include "documents/sample_invoice.hpp"

// Writes invoices as files into the folder that it is given, for programs that read such files.
namespace {

namespace documents = tallystick::documents;
using tallystick::wire::InvoiceDocument;

InvoiceDocument with_names(std::string_view name) {
  InvoiceDocument invoice = documents::full_invoice();
  invoice.organization.name = name;
  invoice.bill_to_customer->name = name;
  invoice.lines.front().product->name = name;
  invoice.notes.emplace_back(name);
  return invoice;
}

InvoiceDocument credit_note() {
  InvoiceDocument note = documents::letter();
  note.type = "CreditNote";
  note.number = "NW-000043";
  note.date_invoiced = documents::day("2026-02-10");
  note.date_start.reset();
  note.date_end.reset();
  note.credited_invoice_number = "NW-000042";
  note.reason = "Outage on 14 January";
  auto credit = documents::line("credit", "", "", "1", "-1234.5");
  credit.unit_of_measure.reset();
  credit.description = "Outage on 14 January";
  note.lines = {credit};
  documents::add_up(note);
  return note;
}

InvoiceDocument adjustments_alone() {
  InvoiceDocument invoice = documents::full_invoice();
  invoice.type = "Adjustment";
  invoice.number = "NW-000044";
  invoice.date_start.reset();
  invoice.date_end.reset();
  std::erase_if(invoice.lines, [](const auto& line) { return line.kind != "adjustment"; });
  documents::add_up(invoice);
  return invoice;
}

/// Everything as long as it may come.
InvoiceDocument wordy() {
  InvoiceDocument invoice = documents::full_invoice();
  std::string sentence = "80 at 140.00 for 1 of 31 days, ";
  for (int i = 0; i < 5; ++i) sentence += sentence;
  invoice.lines.front().description = sentence;
  invoice.lines.front().product->name = std::string(60, 'W') + " with a name that goes on for quite some time indeed";
  invoice.lines[2].quantity = documents::decimal("123456789012345678.123456789");
  invoice.lines[2].unit_price = documents::decimal("0.123456789");
  invoice.lines[2].amount = documents::decimal("999999999999999999.99");
  invoice.seller.name = "The Extraordinarily Long-Named Telephony and Cloud Contact Centre Partners of Lower Austria";
  invoice.bill_to_address->line2 =
      "Building 7, entrance on the courtyard side, third floor, behind the second door on the left";
  invoice.bill_to_address->line3 = "c/o Shared Service Centre";
  invoice.ship_to_customer = tallystick::wire::Customer{std::nullopt, "K-2", "Contoso Cargo", {}};
  invoice.ship_to_address = documents::address("Cargo City Süd 5", "60549", "Frankfurt am Main", "DE");
  invoice.sold_to_customer = tallystick::wire::Customer{std::nullopt, "K-3", "Contoso Holding SE", {}};
  documents::add_up(invoice);
  return invoice;
}

InvoiceDocument sparse() {
  InvoiceDocument invoice;
  invoice.number = "000001";
  invoice.type = "Invoice";
  invoice.seller.name = "Operator";
  invoice.organization = {"5c2f0d3a-1111-4222-8333-944455566677", "Solo", {}};
  invoice.contract_number = "1";
  invoice.date_invoiced = documents::day("2026-01-31");
  invoice.currency = "JPY";
  return invoice;
}

bool write(const std::string& folder, const std::string& name, const InvoiceDocument& invoice) {
  const auto pdf = documents::invoice_pdf(invoice);
  const auto workbook = documents::invoice_workbook(invoice);
  if (!pdf || !workbook) {
    std::cerr << name << ": " << (pdf ? workbook.error() : pdf.error()) << "\n";
    return false;
  }
  const auto put = [&](const std::string& ending, const std::string& bytes) {
    std::ofstream file(folder + "/" + name + ending, std::ios::binary);
    file << bytes;
    return file.good();
  };
  return put(".pdf", *pdf) && put(".xlsx", *workbook) && put(".csv", documents::invoice_focus_csv(invoice));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = argv[1];
  const InvoiceDocument damaged = with_names("broken \xFF\xC3 text");
  const bool is_written =
      write(folder, "full", documents::full_invoice()) && write(folder, "one_line", documents::long_invoice(1)) &&
      write(folder, "forty_lines", documents::long_invoice(40)) &&
      write(folder, "five_hundred_lines", documents::long_invoice(500)) &&
      write(folder, "names", with_names("Zażółć Straße Ελλάδα Москва 東京 العربية")) &&
      write(folder, "credit_note", credit_note()) && write(folder, "adjustments", adjustments_alone()) &&
      write(folder, "wordy", wordy()) && write(folder, "sparse", sparse()) && write(folder, "damaged", damaged);
  return is_written ? 0 : 1;
}
