#include "server/invoice_answer.hpp"

#include <gtest/gtest.h>

#include "server/billed_samples.hpp"
#include "server/invoice_document.hpp"
#include "server/invoice_lines_answer.hpp"

namespace tallystick::test {
namespace {

using server::draft_record;
using server::invoice_answer;
using server::invoice_document;
using server::invoice_items;
using server::invoice_record;
using server::InvoiceStage;
using Line = core::InvoiceLine;

class InvoiceAnswerTest : public testing::Test {
 protected:
  InvoiceAnswerTest() {
    contents.id = uuid("55555555-5555-4555-8555-555555555555");
    contents.number = "NW-000001";
    contents.date = day("2026-03-31");
    contents.seller.name = "Northwind Billing";
    contents.seller.notes = {"IBAN 1"};
    contents.organization = bank;
    contents.organization_name = "Blue Harbor Bank";
    contents.contract = &agreed;
    contents.period = month("2026-03-01", "2026-04-01");
    contents.lines = {invoice_line(Line::Kind::overage, "seats", "8.5", "1360"),
                      invoice_line(Line::Kind::overage, "tokens", "0.4", "0.40"),
                      invoice_line(Line::Kind::minimum, "", "1", "292.50")};
    contents.amount = decimal("1652.90");
    contents.catalog = token_catalog();
    settled.entry.id = contents.id;
    settled.entry.contract = contract_id;
    settled.entry.number = contents.number;
    settled.entry.date = contents.date;
    settled.entry.currency = "USD";
    settled.entry.amount = contents.amount;
  }

  core::Contract agreed = contract(bank, "2026-01-01", "2027-01-01");
  app::InvoiceContents contents;
  store::SettledInvoice settled;
};

TEST_F(InvoiceAnswerTest, DocumentSaysWhatEachLineIs) {
  const auto document = invoice_document(contents);
  EXPECT_EQ(document.type, "Invoice");
  EXPECT_EQ(document.date_end, day("2026-03-31"));
  EXPECT_EQ(document.notes, std::vector<std::string>{"IBAN 1"});
  ASSERT_EQ(document.lines.size(), 3U);
  const auto& seats = document.lines[0];
  EXPECT_EQ(seats.id, core::Uuid::from_name(contents.id, "line/1").to_string());
  EXPECT_EQ(seats.kind, "overage");
  EXPECT_EQ(seats.grouping, "user-license");
  EXPECT_EQ(seats.list_unit_price, decimal("155"));
  EXPECT_EQ(seats.unit_of_measure, "User");
  EXPECT_FALSE(seats.is_token);
  EXPECT_TRUE(document.lines[1].is_token) << "minutes roll up into it";
  EXPECT_EQ(document.lines[2].product, std::nullopt);
  EXPECT_EQ(document.lines[2].kind, "minimum");
}

TEST_F(InvoiceAnswerTest, TheListPriceIsThatOfAPack) {
  core::ContractItem packs;
  packs.product = "seats";
  packs.bundle_quantity = decimal("10");
  agreed.items = {packs};
  contents.lines = {invoice_line(Line::Kind::prepay, "seats", "3", "300"),
                    invoice_line(Line::Kind::overage, "seats", "8.5", "1360")};
  const auto document = invoice_document(contents);
  EXPECT_EQ(document.lines[0].list_unit_price, decimal("1550")) << "ten seats of 155";
  EXPECT_EQ(document.lines[1].list_unit_price, decimal("155"));
  packs.bundle_quantity = decimal("2");
  agreed.amendments = {{day("2026-03-16"), {packs}}};
  EXPECT_EQ(invoice_document(contents).lines[0].list_unit_price, decimal("310")) << "as on the period's last day";
}

TEST_F(InvoiceAnswerTest, LetterIsTheContracts) {
  core::PostalAddress address;
  address.line1 = "1 Quay";
  address.city = "Bergen";
  address.country_code = "NO";
  agreed.invoices.bill_to = {"C-7", "Accounts", address};
  agreed.invoices.purchase_orders = {"PO-1", "PO-2"};
  agreed.invoices.payment_terms = "Net 30";
  agreed.invoices.payment_link = "https://pay.example.com/1";
  const auto answer = invoice_answer(invoice_document(contents), settled);
  EXPECT_EQ(
      wire::to_json(answer),
      R"({"id":"55555555-5555-4555-8555-555555555555","billToCustomer":{"number":"C-7","name":"Accounts"},)"
      R"("shipToCustomer":{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"},)"
      R"("soldToCustomer":{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"},)"
      R"("dateInvoiced":"2026-03-31","billToAddress":{"dateEffective":"2026-01-01","addressType":"BillTo","currencyIsoCode":"USD",)"
      R"("line1":"1 Quay","cityName":"Bergen","countryCode":"NO"},"currencyIsoCode":"USD",)"
      R"("paymentStatus":"Unpaid","paymentTerms":"Net 30","paymentLink":"https://pay.example.com/1",)"
      R"("customerPoNumber":"PO-1, PO-2","customerInvoiceType":"Invoice","amount":1652.9})");
}

TEST_F(InvoiceAnswerTest, ItemsHaveWholeQuantities) {
  const auto items = invoice_items(invoice_document(contents), InvoiceStage::issued);
  EXPECT_EQ(items.at(0).quantity, 9) << "half up";
  EXPECT_EQ(items.at(1).quantity, 0);
  EXPECT_EQ(items.at(0).date_transacted, day("2026-03-31"));
  EXPECT_EQ(items.at(0).description, "worked out");
  EXPECT_EQ(items.at(0).organization->name, "Blue Harbor Bank");
  EXPECT_EQ(items.at(2).amount, decimal("292.5"));
  EXPECT_EQ(invoice_items(invoice_document(contents), InvoiceStage::draft).at(0).date_transacted, std::nullopt);
}

TEST_F(InvoiceAnswerTest, RecordsTellWhatIsLeftToPay) {
  settled.settlement = {decimal("1000"), decimal("600")};
  const auto record = invoice_record(invoice_document(contents), settled);
  EXPECT_EQ(record.status.text(), "Issued");
  EXPECT_EQ(record.number, "NW-000001");
  EXPECT_EQ(record.amount_paid, decimal("1000"));
  EXPECT_EQ(record.amount_credited, decimal("600"));
  EXPECT_EQ(record.amount_due, decimal("52.9"));
  EXPECT_EQ(record.date_start, day("2026-03-01"));
  settled.settlement.paid = decimal("1052.90");
  EXPECT_EQ(invoice_record(settled).payment_status->text(), "Paid");
}

TEST_F(InvoiceAnswerTest, CreditNotesNameTheirInvoice) {
  contents.kind = settled.entry.kind = store::InvoiceKind::credit_note;
  contents.period.reset();
  contents.credit = {uuid("66666666-6666-4666-8666-666666666666"), "NW-000000", "goodwill"};
  settled.entry.credits = contents.credit->invoice;
  settled.entry.amount = contents.amount = decimal("-10");
  const auto document = invoice_document(contents);
  EXPECT_EQ(document.type, "CreditNote");
  EXPECT_EQ(document.reason, "goodwill");
  EXPECT_EQ(document.date_start, std::nullopt);
  const auto record = invoice_record(document, settled);
  EXPECT_EQ(record.credited_invoice_id, "66666666-6666-4666-8666-666666666666");
  EXPECT_EQ(record.payment_status->text(), "Paid");
  EXPECT_EQ(record.amount_due, decimal("0"));
}

TEST_F(InvoiceAnswerTest, DraftsHaveNoNumberAndNoDate) {
  app::PeriodBill bill = bill_of(agreed, token_catalog());
  bill.lines = contents.lines;
  bill.amount = contents.amount;
  const auto record = draft_record(server::draft_document(bill));
  EXPECT_EQ(record.id, core::Uuid::from_name(contract_id, "invoice/2026-03-01").to_string());
  EXPECT_EQ(record.status.text(), "Draft");
  EXPECT_EQ(record.number, std::nullopt);
  EXPECT_EQ(record.date_invoiced, std::nullopt);
  EXPECT_EQ(record.payment_status, std::nullopt);
  EXPECT_EQ(record.amount, decimal("1652.9"));
  EXPECT_EQ(record.amount_due, decimal("0"));
}

TEST_F(InvoiceAnswerTest, LinesArePagedInTheirOrder) {
  const auto listing = server::invoice_lines_listing("/lines");
  const auto all = invoice_items(invoice_document(contents), InvoiceStage::issued);
  std::vector<wire::BillingInvoiceItem> seen;
  std::optional<std::string> next = "?pageSize=2";
  while (next) {
    const auto query = server::Query::parse(next->substr(next->find('?') + 1)).value();
    auto page = server::invoice_lines_answer(listing, listing.read_cursor(query).value(), all);
    for (const auto& item : *page.entities) seen.push_back(item);
    EXPECT_EQ(page.previous_uri.has_value(), seen.size() > 2);
    next = page.next_uri;
  }
  EXPECT_EQ(seen, all);
}

}  // namespace
}  // namespace tallystick::test
