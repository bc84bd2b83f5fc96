#include <gtest/gtest.h>

#include "client/api_bench.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/organization_authorization_api.hpp"
#include "tallystick/client/organizations_api.hpp"
#include "tallystick/client/tallystick_api.hpp"

/// What a newer service says beyond what this version knows comes through each call, and goes out again as it came.
namespace tallystick {
namespace {

using client_test::Bench;

/// The text with a member that nobody knows at the end of each object. The text has no braces within strings.
std::string with_newer_members(std::string_view text) {
  std::string newer;
  for (const char c : text) {
    if (c == '}') newer += std::string(newer.ends_with('{') ? "" : ",") + R"("newer":{"a":[1.10,null,"Ω"]})";
    newer += c;
  }
  return newer;
}

/// `ask` makes a call of the API; `answer` is written in our order of members.
template <class Api, class Ask>
void expect_kept(const Ask& ask, std::string_view answer) {
  const std::string body = with_newer_members(answer);
  const Bench<Api> bench(body);
  const auto model = ask(bench.api).send();
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(wire::to_json(*model), body);
}

constexpr std::string_view report =
    R"({"id":"r","startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z","status":"Paused",)"
    R"("usages":[{"name":"CX 3","totalUsage":"1.5","resources":[{"name":"ana","date":"2026-03-04T09:15:00.001Z"}]}]})";
constexpr std::string_view overview =
    R"({"organization":{"id":"o"},"currency":"XTS","enabledProducts":["New"],"subscriptionType":"PREPAY_WEEKLY",)"
    R"("billingPeriodStartDate":"2026-03-01T00:00:00.000Z","billingPeriodEndDate":"2026-03-31T23:59:59.999Z",)"
    R"("usages":[{"name":"CX 3","partNumber":"p","grouping":"new-grouping","unitOfMeasureType":"new-unit",)"
    R"("usageQuantity":"92.5","prepayQuantity":"80"}]})";
constexpr std::string_view contract =
    R"({"id":"c","status":"Suspended","commercialModel":"New","billToCustomer":{"name":"b"},)"
    R"("billingPeriods":[{"id":"p","status":"Reopened"}],"plans":[{"id":"l","organizations":[{"id":"o"}],)"
    R"("product":{"id":"r"},"items":[{"itemNumber":"1","type":"New","function":"new-function","price":1.5}]}]})";
constexpr std::string_view lines =
    R"({"entities":[{"id":"l","product":{"id":"r"},"organization":{"id":"o"},"quantity":80,"amount":-0.01}],)"
    R"("nextUri":"/n"})";
constexpr std::string_view record =
    R"({"id":"i","status":"Void","billToCustomer":{"name":"b"},"billToAddress":{"addressType":"Home"},)"
    R"("paymentStatus":"Overdue","amount":1,"amountPaid":0,"amountCredited":0,"amountDue":1})";
constexpr std::string_view payment = R"({"idempotencyKey":"k","amount":100.05,"date":"2026-04-10"})";
constexpr std::string_view address = R"({"url":"https://billing.example/1"})";

std::string page_of(std::string_view entity) {
  return R"({"entities":[)" + std::string(entity) + R"(],"nextUri":"/n"})";
}

core::Period march() {
  return {core::parse_time("2026-03-01T00:00:00Z").value(), core::parse_time("2026-04-01T00:00:00Z").value()};
}

TEST(NewerService, SaysMoreInThePublishedApi) {
  using Api = BillingApi;
  expect_kept<Api>([](const Api& api) { return api.get_billing_reports_billableusage(march()); }, report);
  expect_kept<Api>([](const Api& api) { return api.get_trustee_billing_overview({}); }, overview);
  expect_kept<Api>([](const Api& api) { return api.get_billing_contracts(); }, page_of(contract));
  expect_kept<Api>([](const Api& api) { return api.get_billing_contract("c"); }, contract);
  expect_kept<Api>([](const Api& api) { return api.get_billing_contract_billingperiod("c", "p"); },
                   R"({"id":"p","status":"Frozen","charges":[{"id":"h","product":{"id":"r"},)"
                   R"("organizations":[{"id":"o"}],"overageCharge":1}],"wallets":[{"id":"w","product":{"sku":"t"},)"
                   R"("endingBalance":0}]})");
  expect_kept<Api>([](const Api& api) { return api.get_billing_contracts_invoices(); },
                   page_of(R"({"id":"i","billToCustomer":{"name":"b"},"billToAddress":{"addressType":"Home"},)"
                           R"("paymentStatus":"Overdue","customerInvoiceType":"New","amount":13100.05})"));
  expect_kept<Api>([](const Api& api) { return api.get_billing_contracts_invoice_lines("i"); }, lines);
  expect_kept<Api>([](const Api& api) { return api.get_billing_contracts_invoice_document("i"); }, address);
  expect_kept<OrganizationsApi>([](const OrganizationsApi& api) { return api.get_organizations_me(); },
                                R"({"id":"o","name":"Blue Harbor Bank"})");
  expect_kept<OrganizationAuthorizationApi>(
      [](const OrganizationAuthorizationApi& api) { return api.get_orgauthorization_trustors(); },
      R"({"entities":[{"id":"t","enabled":true,"organization":{"id":"t"}}],"pageNumber":1})");
}

TEST(NewerService, SaysMoreInItsOwnApi) {
  using Api = TallystickApi;
  expect_kept<Api>([](const Api& api) { return api.post_events({}); },
                   R"({"accepted":1,"duplicates":2,"conflicts":[{"index":0,"source":"s","id":"i"}]})");
  expect_kept<Api>([](const Api& api) { return api.get_billable_usage({}, march()); }, report);
  expect_kept<Api>([](const Api& api) { return api.get_concurrent_usage(march()); },
                   R"({"organizationId":"o","startDate":"2026-03-01T00:00:00.000Z",)"
                   R"("endDate":"2026-04-01T00:00:00.000Z","products":[{"name":"CX 3","partNumber":"p","peak":1,)"
                   R"("levels":[{"count":1,"milliseconds":2}],"hours":[{"time":"2026-03-01T00:00:00.000Z","max":1}],)"
                   R"("resources":[{"name":"ana","date":"2026-03-01T00:00:00.000Z","milliseconds":2}]}]})");
  expect_kept<Api>([](const Api& api) { return api.get_billing_overview(); }, overview);
  expect_kept<Api>(
      [](const Api& api) { return api.close_periods({}); },
      R"({"closed":[{"contractId":"c","billingPeriodId":"p","dateStart":"2026-03-01",)"
      R"("dateEnd":"2026-03-31","invoiceId":"i","invoiceNumber":"N-1","currencyIsoCode":"XTS","amount":13100}],"adjustmentInvoices":[)" +
          std::string(record) + "]}");
  expect_kept<Api>([](const Api& api) { return api.get_invoices({}); }, page_of(record));
  expect_kept<Api>([](const Api& api) { return api.get_invoice("i"); }, record);
  expect_kept<Api>([](const Api& api) { return api.get_invoice_lines("i"); }, lines);
  expect_kept<Api>([](const Api& api) { return api.get_invoice_payments("i"); },
                   R"({"entities":[)" + std::string(payment) + "]}");
  expect_kept<Api>([](const Api& api) { return api.get_invoice_document_url("i", Api::DocumentFormat::csv); }, address);
  expect_kept<Api>([](const Api& api) { return api.post_invoice_payment("i", {}); }, payment);
  expect_kept<Api>([](const Api& api) { return api.post_credit_note("i", {}); }, record);
  expect_kept<Api>([](const Api& api) { return api.apply("{}", "application/json", {}); },
                   R"({"created":["product a"],"updated":[],"removed":[],"unchanged":7})");
  expect_kept<Api>([](const Api& api) { return api.get_clock(); }, R"({"now":"2026-03-01T00:00:00.000Z"})");
  expect_kept<Api>([](const Api& api) { return api.set_clock({}); }, R"({"now":"2026-03-01T00:00:00.000Z"})");
}

}  // namespace
}  // namespace tallystick
