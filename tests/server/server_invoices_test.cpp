
#include "server/billing_server_fixture.hpp"

namespace tallystick::test {
namespace {

const std::string invoices_path = "/api/v2/billing/contracts/invoices";
const std::string records_path = "/tallystick/v1/invoices";

std::string january_invoice() {
  return core::Uuid::from_name(contract_id, "invoice/2026-01-01").to_string();
}
std::string april_draft() {
  return core::Uuid::from_name(contract_id, "invoice/2026-04-01").to_string();
}

class InvoiceServerTest : public BillingServerTest {
 protected:
  [[nodiscard]] wire::BillingInvoiceListing invoices(const std::string& target) const {
    return read<wire::BillingInvoiceListing>(get(target, token_of("reader")));
  }
  [[nodiscard]] wire::InvoiceRecordListing records(const std::string& query, const std::string& client) const {
    return read<wire::InvoiceRecordListing>(get(records_path + query, token_of(client)));
  }
  [[nodiscard]] wire::InvoiceRecord record_of(const std::string& id) const {
    return read<wire::InvoiceRecord>(get(records_path + "/" + id, token_of("reader")));
  }
  /// Path and query of the absolute address that is the answer.
  [[nodiscard]] std::string document_target(const WireAnswer& answer) const {
    const std::string url = read<wire::UrlResponse>(answer).url.value();
    const std::string origin = "http://127.0.0.1:" + std::to_string(port);
    EXPECT_TRUE(url.starts_with(origin + "/")) << url;
    return url.substr(origin.size());
  }
};

TEST_F(InvoiceServerTest, PagesStayAsRowsAreAdded) {
  start();
  (void)post_json("/tallystick/v1/periods/close", "root",
                  R"({"organizationId":")" + bank.to_string() + R"(","through":"2026-02-28"})");
  const auto newest = invoices(invoices_path + "?pageSize=1");
  EXPECT_EQ(newest.entities->at(0).date_invoiced, day("2026-02-28"));
  EXPECT_FALSE(newest.previous_uri);
  EXPECT_EQ(close(bank).closed.size(), 1U);
  const auto next = invoices(newest.next_uri.value());
  ASSERT_EQ(next.entities->size(), 1U);
  EXPECT_EQ(next.entities->at(0).date_invoiced, day("2026-01-31")) << "March came in front";
  EXPECT_FALSE(next.next_uri);
  EXPECT_EQ(next.self_uri, newest.next_uri);
  const auto back = invoices(next.previous_uri.value());
  EXPECT_EQ(back.entities->at(0), newest.entities->at(0));
  EXPECT_TRUE(back.previous_uri) << "to March";
}

TEST_F(InvoiceServerTest, PublishedInvoicesAreIssuedOnesOfOnesOwn) {
  start();
  EXPECT_TRUE(invoices(invoices_path).entities->empty()) << "no drafts";
  (void)close(bank);
  const auto all = invoices(invoices_path);
  ASSERT_EQ(all.entities->size(), 3U);
  EXPECT_EQ(all.entities->back().id, january_invoice());
  EXPECT_EQ(all.entities->front().amount, decimal("440"));
  EXPECT_EQ(all.entities->front().payment_status->text(), "Unpaid");
  EXPECT_EQ(invoices(invoices_path + "?paymentStatus=PAID").entities->size(), 0U);
  const auto filtered = invoices(invoices_path + "?paymentStatus=UnPaid&dateStart=2026-02-28&dateEnd=2026-03-01");
  EXPECT_EQ(filtered.entities->size(), 1U);
  EXPECT_EQ(filtered.self_uri,
            invoices_path + "?dateStart=2026-02-28&dateEnd=2026-03-01&paymentStatus=Unpaid&pageSize=25");
  EXPECT_EQ(get(invoices_path + "?paymentStatus=Open", token_of("reader")).status, 400);
  EXPECT_EQ(get(invoices_path, token_of("nobody")).status, 403);

  const std::string lines_path = invoices_path + "/" + *all.entities->front().id + "/lines";
  const auto lines = read<wire::BillingInvoiceItemListing>(get(lines_path, token_of("reader")));
  ASSERT_EQ(lines.entities->size(), 2U);
  EXPECT_EQ(lines.entities->at(0).amount, decimal("280"));
  EXPECT_EQ(lines.entities->at(1).amount, decimal("160"));
  EXPECT_EQ(lines.entities->at(1).quantity, 1);
  EXPECT_EQ(lines.self_uri, lines_path + "?pageSize=25");
  EXPECT_EQ(get(lines_path + "?pageSize=201", token_of("reader")).status, 400);
  for (const std::string& tail : {std::string("/lines"), std::string("/document")}) {
    EXPECT_EQ(get(invoices_path + "/" + january_invoice() + tail, token_of("partner")).status, 404) << tail;
    EXPECT_EQ(get(invoices_path + "/" + april_draft() + tail, token_of("reader")).status, 404) << tail;
    EXPECT_EQ(get(invoices_path + "/x" + tail, token_of("reader")).status, 404) << tail;
  }
}

TEST_F(InvoiceServerTest, DraftsStandInFrontOfTheFirstPage) {
  start();
  (void)close(bank);
  const auto first = records("?pageSize=2", "reader");
  ASSERT_EQ(first.entities.size(), 3U) << "April's draft, March, February";
  EXPECT_EQ(first.entities[0].id, april_draft());
  EXPECT_EQ(first.entities[0].status.text(), "Draft");
  EXPECT_EQ(first.entities[1].number, "000003");
  const auto second = read<wire::InvoiceRecordListing>(get(first.next_uri.value(), token_of("reader")));
  ASSERT_EQ(second.entities.size(), 1U);
  EXPECT_EQ(second.entities[0].id, january_invoice());
  EXPECT_EQ(records("?status=draft", "reader").entities.size(), 1U);
  EXPECT_EQ(records("?status=Issued", "reader").entities.size(), 3U);
  EXPECT_EQ(records("?paymentStatus=unpaid", "reader").entities.size(), 3U) << "a draft is neither paid nor unpaid";
  EXPECT_EQ(records("?dateStart=2026-01-01", "reader").entities.size(), 3U) << "a draft has no date";
  EXPECT_EQ(get(records_path + "?status=Paid", token_of("reader")).status, 400);

  EXPECT_EQ(record_of(april_draft()), first.entities[0]);
  EXPECT_EQ(record_of(january_invoice()), second.entities[0]);
  const auto lines =
      read<wire::BillingInvoiceItemListing>(get(records_path + "/" + april_draft() + "/lines", token_of("reader")));
  EXPECT_EQ(lines.entities->at(0).date_transacted, std::nullopt);
}

TEST_F(InvoiceServerTest, OperatorsNameAnOrganization) {
  start();
  (void)close(bank);
  const std::string of_bank = "?organizationId=" + bank.to_string();
  const auto seen = records(of_bank, "root");
  EXPECT_EQ(seen.entities, records("", "reader").entities);
  EXPECT_EQ(seen.self_uri, records_path + of_bank + "&pageSize=25");
  EXPECT_EQ(get(records_path + of_bank, token_of("partner")).status, 403);
  EXPECT_EQ(get(records_path + "?organizationId=" + stranger.to_string(), token_of("partner")).status, 403);
  EXPECT_EQ(get(records_path + "?organizationId=" + stranger.to_string(), token_of("root")).status, 404);
  EXPECT_EQ(get(records_path, token_of("nobody")).status, 403);
  for (const std::string tail : {"", "/lines", "/document", "/payments"}) {
    const std::string path = records_path + "/" + january_invoice() + tail;
    EXPECT_EQ(get(path + of_bank, token_of("root")).status, 200) << tail;
    EXPECT_EQ(get(path, token_of("reader")).status, 200) << tail;
    EXPECT_EQ(get(path, token_of("partner")).status, 404) << tail;
    EXPECT_EQ(get(path + of_bank, token_of("partner")).status, 403) << tail;
    EXPECT_EQ(get(records_path + "/x" + tail, token_of("reader")).status, 404) << tail;
  }
}

TEST_F(InvoiceServerTest, PaymentsAndCreditsSettleAnInvoice) {
  start();
  (void)close(bank);
  const std::string path = records_path + "/" + january_invoice();
  const std::string payment = R"({"idempotencyKey":"p1","amount":100.5,"reference":"wire 7"})";
  EXPECT_EQ(post_json(path + "/payments", "reader", payment).status, 403);
  const auto paid = read<wire::InvoicePayment>(post_json(path + "/payments", "root", payment));
  EXPECT_EQ(paid.amount, decimal("100.5"));
  EXPECT_EQ(paid.date, day("2026-04-01"));
  EXPECT_EQ(read<wire::InvoicePayment>(post_json(path + "/payments", "root", payment)), paid) << "recorded once";
  EXPECT_EQ(record_of(january_invoice()).amount_due, decimal("179.5"));
  EXPECT_EQ(post_json(path + "/payments", "root", R"({"idempotencyKey":"p1","amount":1})").status, 409);
  EXPECT_EQ(post_json(path + "/payments", "root", R"({"idempotencyKey":"p2","amount":180})").status, 409);
  const WireAnswer nothing = post_json(path + "/payments", "root", R"({"idempotencyKey":"p2","amount":0})");
  EXPECT_EQ(nothing.status, 400);
  EXPECT_EQ(error_of(nothing).details->at(0).field_name, "/amount");
  EXPECT_EQ(post_json(path + "/payments", "root", R"({"amount":1})").status, 400);
  EXPECT_EQ(post_json(records_path + "/x/payments", "root", payment).status, 404);

  const std::string credit = R"({"idempotencyKey":"c1","amount":179.5,"reason":"goodwill"})";
  EXPECT_EQ(post_json(path + "/creditnotes", "reader", credit).status, 403);
  const auto note = read<wire::InvoiceRecord>(post_json(path + "/creditnotes", "root", credit));
  EXPECT_EQ(note.number, "000004");
  EXPECT_EQ(note.amount, decimal("-179.5"));
  EXPECT_EQ(note.credited_invoice_id, january_invoice());
  EXPECT_EQ(record_of(january_invoice()).payment_status->text(), "Paid");
  EXPECT_EQ(invoices(invoices_path + "?paymentStatus=Paid").entities->size(), 2U) << "the invoice and its credit note";
  const auto listed = read<wire::InvoicePaymentListing>(get(path + "/payments", token_of("reader")));
  EXPECT_EQ(listed.entities, std::vector<wire::InvoicePayment>{paid});
}

TEST_F(InvoiceServerTest, DocumentsAreReadWithoutATokenWhileTheAddressLasts) {
  start();
  (void)close(bank);
  const std::string token = token_of("reader");
  const std::string pdf = document_target(get(invoices_path + "/" + january_invoice() + "/document", token));
  const WireAnswer answer = get(pdf);
  EXPECT_EQ(answer.status, 200) << answer.body.substr(0, 200);
  EXPECT_TRUE(answer.body.starts_with("%PDF-"));
  EXPECT_EQ(answer.header("Content-Type"), "application/pdf");
  EXPECT_EQ(answer.header("Content-Disposition"), R"(attachment; filename="000001.pdf")");
  EXPECT_EQ(answer.header("Cache-Control"), "private, no-store");
  const std::pair<std::string, std::string> formats[] = {
      {"csv", "text/csv; charset=utf-8"},
      {"XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"pdf", "application/pdf"}};
  for (const auto& [format, type] : formats) {
    const std::string path = records_path + "/" + january_invoice() + "/document?format=" + format;
    EXPECT_EQ(get(document_target(get(path, token))).header("Content-Type"), type) << format;
  }
  EXPECT_EQ(get(records_path + "/" + january_invoice() + "/document?format=doc", token).status, 400);

  const std::string altered[] = {pdf + "x", pdf.substr(0, pdf.find('?')),
                                 "/tallystick/v1/documents/" + april_draft() + pdf.substr(pdf.find(".pdf")),
                                 "/tallystick/v1/documents/x"};
  for (const std::string& target : altered) {
    const WireAnswer refused = get(target);
    EXPECT_EQ(refused.status, 403) << target;
    EXPECT_EQ(error_of(refused).code, "not.authorized") << target;
  }
  ASSERT_TRUE(clock_.set(clock_() + std::chrono::minutes(10)));
  EXPECT_EQ(get(pdf).status, 200);
  ASSERT_TRUE(clock_.set(clock_() + std::chrono::seconds(1)));
  EXPECT_EQ(get(pdf).status, 403);
}

TEST_F(InvoiceServerTest, AddressesBeginWithThePublicUrl) {
  settings.public_url = "https://billing.example.com/metering";
  start();
  (void)close(bank);
  const auto url =
      read<wire::UrlResponse>(get(invoices_path + "/" + january_invoice() + "/document", token_of("reader")));
  EXPECT_TRUE(url.url->starts_with("https://billing.example.com/metering/tallystick/v1/documents/")) << *url.url;
}

}  // namespace
}  // namespace tallystick::test
