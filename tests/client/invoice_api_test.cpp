#include <gtest/gtest.h>

#include <set>

#include "client/api_bench.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick {
namespace {

using client_test::Bench;
using client_test::header_of;
using client_test::loopback_configuration;
using client_test::with_token;

constexpr std::string_view bank = "22222222-2222-4222-8222-222222222222";
constexpr std::string_view empty_listing = R"({"entities":[]})";
constexpr std::string_view invoice_record =
    R"({"id":"i-1","number":"NW-000012","status":"Issued","dateInvoiced":"2026-03-31","currencyIsoCode":"USD",
    "paymentStatus":"Unpaid","amount":12345.67,"amountPaid":0.5,"amountCredited":0,"amountDue":12345.17,"newer":1})";

core::Day day(std::string_view text) {
  return core::parse_date(text).value();
}
core::Decimal decimal(std::string_view text) {
  return core::Decimal::parse(text).value();
}
core::OrganizationId organization() {
  return core::Uuid::parse(bank).value();
}

TEST(BillingApi, AsksForContractsWithEveryFilter) {
  const Bench<BillingApi> bench(
      R"({"entities":[{"id":"c-1","externalNumber":"00041822","status":"Active","dateStart":"2026-01-01",
      "plans":[{"items":[{"price":140.00,"overagePrice":160.000000001,"quantity":80,"currencyIsoCode":"USD"}]}]}],
      "nextUri":"/api/v2/billing/contracts?after=x"})");
  BillingApi::ContractQuery query;
  query.page.after = "a/b=";
  query.page.size = 200;
  query.date_start = day("2026-03-01");
  query.date_end = day("2026-03-31");
  query.status = wire::ContractStatus::inactive;
  query.external_number = "0004 1822";
  const auto listing = bench.api.get_billing_contracts(query).send();
  ASSERT_TRUE(listing) << listing.error().message;
  EXPECT_EQ(bench.asked(),
            "GET /api/v2/billing/contracts?after=a%2Fb%3D&pageSize=200&dateStart=2026-03-01&dateEnd=2026-03-31"
            "&status=Inactive&externalNumber=0004%201822");
  const wire::BillingContract& contract = listing->entities->at(0);
  EXPECT_EQ(contract.status->known(), wire::ContractStatus::active);
  EXPECT_EQ(contract.date_start, day("2026-01-01"));
  const wire::BillingPlanItem& item = contract.plans->at(0).items->at(0);
  EXPECT_EQ(item.price, decimal("140"));
  EXPECT_EQ(item.overage_price, decimal("160.000000001"));
  EXPECT_EQ(item.quantity, 80);
}

TEST(BillingApi, LeavesOutWhatAQuestionDoesNotSay) {
  const Bench<BillingApi> bench{std::string(empty_listing)};
  ASSERT_TRUE(bench.api.get_billing_contracts().send());
  ASSERT_TRUE(bench.api.get_billing_contracts_invoices().send());
  ASSERT_TRUE(bench.api.get_billing_contracts_invoice_lines("i-1").send());
  const auto sent = bench.transport->requests(false);
  EXPECT_TRUE(sent.at(0).url.ends_with("/api/v2/billing/contracts"));
  EXPECT_TRUE(sent.at(1).url.ends_with("/api/v2/billing/contracts/invoices"));
  EXPECT_TRUE(sent.at(2).url.ends_with("/api/v2/billing/contracts/invoices/i-1/lines"));
}

TEST(BillingApi, GetsAContractByAnyId) {
  const Bench<BillingApi> bench(
      R"({"id":"a/b","billingPeriods":[{"id":"p","dateStart":"2026-03-01","status":"Void"}]})");
  const auto contract = bench.api.get_billing_contract("a/b?c").send();
  ASSERT_TRUE(contract);
  EXPECT_EQ(bench.asked(), "GET /api/v2/billing/contracts/a%2Fb%3Fc");
  EXPECT_EQ(contract->billing_periods->at(0).status->text(), "Void");
  EXPECT_FALSE(contract->billing_periods->at(0).status->known());
}

TEST(BillingApi, GetsAPeriodWithItsExactFigures) {
  const Bench<BillingApi> bench(
      R"({"id":"p-1","dateStart":"2026-03-01","dateEnd":"2026-03-31","status":"Closed","charges":[{"name":"CX 3",
      "actualQuantity":92.500000001,"overageCharge":2000.16,"overageCurrency":"USD"}],
      "wallets":[{"startingBalance":350,"balanceOverage":0}]})");
  const auto period = bench.api.get_billing_contract_billingperiod("c-1", "p-1").send();
  ASSERT_TRUE(period) << period.error().message;
  EXPECT_EQ(bench.asked(), "GET /api/v2/billing/contracts/c-1/billingperiods/p-1");
  EXPECT_EQ(period->date_end, day("2026-03-31"));
  EXPECT_EQ(period->charges->at(0).actual_quantity, decimal("92.500000001"));
  EXPECT_EQ(period->charges->at(0).overage_charge, decimal("2000.16"));
  EXPECT_EQ(period->wallets->at(0).starting_balance, decimal("350"));
}

TEST(BillingApi, AsksForInvoicesTheirLinesAndDocument) {
  const Bench<BillingApi> bench(R"({"entities":[],"url":"https://documents.example/x?signature=1"})");
  BillingApi::InvoiceQuery query;
  query.page.before = "b";
  query.date_start = day("2026-01-01");
  query.date_end = day("2026-12-31");
  query.payment_status = wire::PaymentStatus::unpaid;
  ASSERT_TRUE(bench.api.get_billing_contracts_invoices(query).send());
  EXPECT_EQ(bench.asked(),
            "GET /api/v2/billing/contracts/invoices?before=b&dateStart=2026-01-01&dateEnd=2026-12-31"
            "&paymentStatus=Unpaid");
  PageQuery page;
  page.after = "l";
  page.size = 1;
  ASSERT_TRUE(bench.api.get_billing_contracts_invoice_lines("i-1", page).send());
  EXPECT_EQ(bench.transport->requests(false).at(1).url.substr(client_test::origin.size()),
            "/api/v2/billing/contracts/invoices/i-1/lines?after=l&pageSize=1");
  EXPECT_EQ(bench.api.get_billing_contracts_invoice_document("i-1").send()->url,
            "https://documents.example/x?signature=1");
  EXPECT_EQ(bench.transport->requests(false).at(2).url.substr(client_test::origin.size()),
            "/api/v2/billing/contracts/invoices/i-1/document");
}

TEST(BillingApi, PassesOnWhyThereIsNoContractOrInvoice) {
  const Bench<BillingApi> bench(
      R"({"status":404,"code":"not.found","message":"The requested resource was not found."})", 404);
  EXPECT_EQ(bench.api.get_billing_contract("x").send().error().code, "not.found");
  EXPECT_EQ(bench.api.get_billing_contract_billingperiod("x", "y").send().error().status, 404);
  EXPECT_EQ(bench.api.get_billing_contracts_invoice_lines("x").send().error().status, 404);
  EXPECT_EQ(bench.api.get_billing_contracts_invoice_document("x").send().error().status, 404);
  const Bench<BillingApi> broken(R"({"entities":[{"amount":"a lot"}]})");
  const auto listing = broken.api.get_billing_contracts_invoices().send();
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().kind, ApiError::Kind::answer);
  EXPECT_NE(listing.error().message.find("/entities/0/amount"), std::string::npos) << listing.error().message;
}

TEST(TallystickApi, AsksForInvoicesOfAnyOrganization) {
  const Bench<TallystickApi> bench(R"({"entities":[)" + std::string(invoice_record) + R"(],"nextUri":"/n"})");
  TallystickApi::InvoiceRecordQuery query;
  query.organization = organization();
  query.page.after = "a";
  query.page.size = 25;
  query.status = wire::InvoiceStatus::draft;
  query.date_start = day("2026-03-01");
  query.date_end = day("2026-03-31");
  query.payment_status = wire::PaymentStatus::paid;
  const auto listing = bench.api.get_invoices(query).send();
  ASSERT_TRUE(listing) << listing.error().message;
  EXPECT_EQ(bench.asked(), "GET /tallystick/v1/invoices?organizationId=" + std::string(bank) +
                               "&after=a&pageSize=25&status=Draft&dateStart=2026-03-01&dateEnd=2026-03-31"
                               "&paymentStatus=Paid");
  EXPECT_EQ(listing->entities.at(0).number, "NW-000012");
  EXPECT_EQ(listing->entities.at(0).amount_due, decimal("12345.17"));
  EXPECT_EQ(listing->next_uri, "/n");
}

TEST(TallystickApi, GetsWhatBelongsToAnInvoice) {
  const Bench<TallystickApi> bench(
      R"({"entities":[],"id":"i-1","status":"Draft","amount":1,"amountPaid":0,"amountCredited":0,"amountDue":1,"url":"u"})");
  EXPECT_EQ(bench.api.get_invoice("i-1").send()->status.known(), wire::InvoiceStatus::draft);
  ASSERT_TRUE(bench.api.get_invoice("i-1", organization()).send());
  ASSERT_TRUE(bench.api.get_invoice_lines("i-1", {}, organization()).send());
  ASSERT_TRUE(bench.api.get_invoice_payments("i-1").send());
  EXPECT_EQ(bench.api.get_invoice_document_url("i-1", TallystickApi::DocumentFormat::xlsx).send()->url, "u");
  const std::string base = "http://127.0.0.1:8080/tallystick/v1/invoices/i-1";
  const std::string whose = "organizationId=" + std::string(bank);
  const std::vector<std::string> expected{base, base + "?" + whose, base + "/lines?" + whose, base + "/payments",
                                          base + "/document?format=xlsx"};
  std::vector<std::string> asked;
  for (const HttpRequest& request : bench.transport->requests(false)) asked.push_back(request.url);
  EXPECT_EQ(asked, expected);
}

TEST(TallystickApi, RecordsAPayment) {
  const Bench<TallystickApi> bench(R"({"idempotencyKey":"k-1","amount":10.5,"date":"2026-04-14"})");
  const auto payment = bench.api
                           .post_invoice_payment("i-1", {.idempotency_key = "k-1",
                                                         .amount = decimal("10.50"),
                                                         .date = std::nullopt,
                                                         .reference = "bank 17",
                                                         .unknown = {}})
                           .send();
  ASSERT_TRUE(payment) << payment.error().message;
  EXPECT_EQ(payment->date, day("2026-04-14"));
  EXPECT_EQ(bench.asked(), "POST /tallystick/v1/invoices/i-1/payments");
  EXPECT_EQ(header_of(bench.sent(), "Content-Type"), "application/json");
  EXPECT_EQ(bench.sent().body, R"({"idempotencyKey":"k-1","amount":10.5,"reference":"bank 17"})");
}

TEST(TallystickApi, IssuesACreditNote) {
  const Bench<TallystickApi> bench{std::string(invoice_record)};
  const auto note =
      bench.api
          .post_credit_note("i-1",
                            {.idempotency_key = "k-1", .amount = std::nullopt, .reason = "Outage", .unknown = {}})
          .send();
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(note->number, "NW-000012");
  EXPECT_EQ(bench.asked(), "POST /tallystick/v1/invoices/i-1/creditnotes");
  EXPECT_EQ(bench.sent().body, R"({"idempotencyKey":"k-1","reason":"Outage"})");
}

TEST(TallystickApi, ClosesPeriodsOnce) {
  const Bench<TallystickApi> bench(
      R"({"closed":[{"contractId":"c","billingPeriodId":"p","dateStart":"2026-03-01","dateEnd":"2026-03-31",
      "invoiceId":"i","invoiceNumber":"NW-000001","currencyIsoCode":"USD","amount":-0.01}],"adjustmentInvoices":[]})");
  const auto answer = bench.api.close_periods(organization(), day("2026-03-31")).send();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->closed.at(0).amount, decimal("-0.01"));
  EXPECT_EQ(bench.asked(), "POST /tallystick/v1/periods/close");
  EXPECT_EQ(bench.sent().body, R"({"organizationId":")" + std::string(bank) + R"(","through":"2026-03-31"})");
  const Bench<TallystickApi> overloaded("{}", 503);
  EXPECT_FALSE(overloaded.api.close_periods(organization()).send());
  EXPECT_EQ(overloaded.transport->requests(false).size(), 1U);
}

// A transport that cuts the first answer of each body and counts what it would have done, once for each key.
TEST(TallystickApi, WhatMovesMoneyIsRepeatedUnderItsKey) {
  int requests = 0;
  std::set<std::string> bodies;
  const auto transport = with_token([&](const HttpRequest& request) -> ApiResult<HttpResponse> {
    bodies.insert(request.body);
    if (++requests == 1) return fail(ApiError{.kind = ApiError::Kind::network, .message = "cut", .transient = true});
    return HttpResponse{.status = 200, .headers = {}, .body = R"({"idempotencyKey":"k","amount":1})"};
  });
  Configuration configuration = loopback_configuration();
  configuration.retry_budget = std::chrono::seconds(60);
  const TallystickApi api(Connection(configuration, transport));
  const auto payment = api.post_invoice_payment("i-1", {.idempotency_key = "k",
                                                        .amount = decimal("1"),
                                                        .date = std::nullopt,
                                                        .reference = std::nullopt,
                                                        .unknown = {}})
                           .send();
  EXPECT_TRUE(payment);
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(bodies.size(), 1U);
}

TEST(PageQuery, TakesTheCursorOutOfAnAddress) {
  struct Row {
    const char* next_uri;
    std::optional<std::string> cursor;
  };
  const Row rows[] = {
      {"/api/v2/billing/contracts?after=MjAyNg&pageSize=25", "MjAyNg"},
      {"/x?pageSize=25&after=a%2Fb%3D", "a/b="},
      {"https://api.example/x?status=Active&after=1", "1"},
      {"/x?after=", ""},
      {"/x?after=%zz%4", "%zz%4"},
      {"/x?hereafter=1", std::nullopt},
      {"/after=1", std::nullopt},
      {"/x?before=1", std::nullopt},
      {"/x?", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(cursor_after(row.next_uri), row.cursor) << row.next_uri;
}

}  // namespace
}  // namespace tallystick
