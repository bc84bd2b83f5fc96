#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "client/api_bench.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/organization_authorization_api.hpp"
#include "tallystick/client/organizations_api.hpp"
#include "tallystick/client/tallystick_api.hpp"
#include "tallystick/wire/event.hpp"

namespace tallystick {
namespace {

using client_test::Bench;
using client_test::header_of;
using client_test::loopback_configuration;
using client_test::origin;
using client_test::with_token;

core::Period march_2026() {
  return {core::parse_time("2026-03-01T00:00:00Z").value(), core::parse_time("2026-04-01T00:00:00.5Z").value()};
}

TEST(BillingApi, GetsTheBillableUsageReport) {
  const Bench<BillingApi> bench(
      R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.500Z","status":"Complete","usages":[
      {"name":"CX 3","totalUsage":"2.000000001","resources":[{"name":"ana@example.com","date":"2026-03-04T09:15:00.000Z"}],
      "newer":1}],"selfUri":"/x"})");
  const auto report = bench.api.get_billing_reports_billableusage(march_2026()).send();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->status->known(), wire::ReportStatus::complete);
  EXPECT_EQ(report->usages.at(0).total_usage, "2.000000001");
  EXPECT_EQ(report->usages.at(0).resources.at(0).name, "ana@example.com");
  EXPECT_EQ(report->end_date, march_2026().end);

  EXPECT_EQ(bench.sent().method, "GET");
  EXPECT_EQ(bench.sent().url, std::string(origin) +
                                  "/api/v2/billing/reports/billableusage?startDate=2026-03-01T00%3A00%3A00.000Z"
                                  "&endDate=2026-04-01T00%3A00%3A00.500Z");
}

TEST(BillingApi, PassesOnTheServersRefusal) {
  const Bench<BillingApi> bench(
      R"({"status":400,"code":"constraint.validation","message":"start not before end","contextId":"c",
      "details":[{"fieldName":"startDate"}]})",
      400);
  const auto report = bench.api.get_billing_reports_billableusage(march_2026()).send();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "constraint.validation");
  EXPECT_EQ(report.error().body->details->at(0).field_name, "startDate");
}

TEST(BillingApi, KeepsAStatusOfANewerServer) {
  const Bench<BillingApi> bench(
      R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z","status":"Partial","usages":[]})");
  const auto report = bench.api.get_billing_reports_billableusage(march_2026()).send();
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->status->known());
  EXPECT_EQ(report->status->text(), "Partial");
}

constexpr std::string_view overview_body =
    R"({"organization":{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"},"currency":"USD",
    "enabledProducts":["GenesysCloudCX3"],"subscriptionType":"PREPAY","billingPeriodStartDate":"2026-03-01T00:00:00.000Z",
    "billingPeriodEndDate":"2026-03-31T23:59:59.999Z","inRampPeriod":false,"usages":[{"name":"CX 3","partNumber":"P-3",
    "grouping":"user-license","unitOfMeasureType":"user","usageQuantity":"92.500000001","overagePrice":"160.00",
    "prepayQuantity":"80","prepayPrice":"140.00"}],"taxes":"0"})";

TEST(BillingApi, GetsTheOverviewOfACustomer) {
  const Bench<BillingApi> bench{std::string(overview_body)};
  const auto id = core::Uuid::parse("22222222-2222-4222-8222-22222222222A").value();
  const auto overview = bench.api.get_trustee_billing_overview(id, 12).send();
  ASSERT_TRUE(overview) << overview.error().message;
  EXPECT_EQ(overview->organization.name, "Blue Harbor Bank");
  EXPECT_EQ(overview->subscription_type.known(), wire::SubscriptionType::prepay);
  EXPECT_EQ(overview->billing_period_end_date, core::parse_time("2026-03-31T23:59:59.999Z").value());
  EXPECT_EQ(overview->usages.at(0).usage_quantity, "92.500000001");
  EXPECT_EQ(overview->usages.at(0).overage_price, "160.00");
  EXPECT_FALSE(overview->usages.at(0).bundle_quantity);

  EXPECT_EQ(bench.sent().method, "GET");
  EXPECT_EQ(bench.sent().url, std::string(origin) +
                                  "/api/v2/billing/trusteebillingoverview/22222222-2222-4222-8222-22222222222a"
                                  "?billingPeriodIndex=12");
}

TEST(BillingApi, AsksForTheActivePeriodUnlessToldOtherwise) {
  const Bench<BillingApi> bench{std::string(overview_body)};
  ASSERT_TRUE(bench.api.get_trustee_billing_overview({}).send());
  EXPECT_TRUE(bench.sent().url.ends_with("?billingPeriodIndex=0"));
  constexpr auto greatest = std::numeric_limits<std::uint64_t>::max();
  ASSERT_TRUE(bench.api.get_trustee_billing_overview({}, greatest).send());
  EXPECT_TRUE(bench.transport->requests(false).at(1).url.ends_with("?billingPeriodIndex=18446744073709551615"));
}

TEST(BillingApi, TellsThatThereIsNoSuchPeriod) {
  const Bench<BillingApi> bench(
      R"({"status":404,"code":"not.found","message":"The requested resource was not found."})", 404);
  const auto overview = bench.api.get_trustee_billing_overview({}, 13).send();
  ASSERT_FALSE(overview);
  EXPECT_EQ(overview.error().status, 404);
  EXPECT_EQ(overview.error().code, "not.found");
}

TEST(BillingApi, NamesWhatAnOverviewLacks) {
  const Bench<BillingApi> bench(R"({"organization":{},"currency":"USD","enabledProducts":[],"usages":[]})");
  const auto overview = bench.api.get_trustee_billing_overview({}).send();
  ASSERT_FALSE(overview);
  EXPECT_NE(overview.error().message.find("/subscriptionType"), std::string::npos) << overview.error().message;
  EXPECT_NE(overview.error().message.find("a TrusteeBillingOverview"), std::string::npos) << overview.error().message;
}

TEST(OrganizationAuthorizationApi, GetsAPageOfTrustors) {
  const Bench<OrganizationAuthorizationApi> bench(
      R"({"entities":[{"id":"t","enabled":false,"organization":{"id":"t","name":"Blue Harbor Bank"}}],"pageSize":100,
      "pageNumber":3,"total":201,"previousUri":"/api/v2/orgauthorization/trustors?pageNumber=2&pageSize=100","pageCount":3})");
  const auto page = bench.api.get_orgauthorization_trustors({.number = 3, .size = 100}).send();
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->entities->size(), 1U);
  EXPECT_FALSE(page->entities->at(0).enabled);
  EXPECT_EQ(page->entities->at(0).organization->name, "Blue Harbor Bank");
  EXPECT_EQ(page->total, 201);
  EXPECT_FALSE(page->next_uri);
  EXPECT_EQ(bench.sent().method, "GET");
  EXPECT_EQ(bench.sent().url, std::string(origin) + "/api/v2/orgauthorization/trustors?pageNumber=3&pageSize=100");
}

TEST(OrganizationAuthorizationApi, GetsTheFirstPageUnlessToldOtherwise) {
  const Bench<OrganizationAuthorizationApi> bench(R"({"entities":[]})");
  ASSERT_TRUE(bench.api.get_orgauthorization_trustors().send());
  EXPECT_TRUE(bench.sent().url.ends_with("/trustors?pageNumber=1&pageSize=25"));
}

TEST(OrganizationsApi, GetsTheCallersOrganization) {
  const Bench<OrganizationsApi> bench(R"({"id":"o-1","name":"Blue Harbor Bank","defaultLanguage":"en"})");
  const auto organization = bench.api.get_organizations_me().send();
  ASSERT_TRUE(organization);
  EXPECT_EQ(organization->name, "Blue Harbor Bank");
  EXPECT_EQ(bench.sent().url, std::string(origin) + "/api/v2/organizations/me");
}

TEST(TallystickApi, SendsEventsAsNdjson) {
  const Bench<TallystickApi> bench(R"({"accepted":1,"duplicates":0,"conflicts":[{"index":1,"source":"s","id":"i"}]})");
  core::UsageEvent usage;
  usage.source = "acd";
  usage.id = "1\n2";
  usage.product = "cx-3-named";
  usage.resource = "ana@example.com";
  usage.time = march_2026().start;
  core::VoidEvent correction;
  correction.source = "acd";
  correction.id = "3";
  correction.target_source = "acd";
  correction.target_id = "1\n2";
  const auto result = bench.api.post_events({usage, correction}).send();
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->accepted, 1);
  EXPECT_EQ(result->conflicts.at(0).id, "i");

  const HttpRequest sent = bench.sent();
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.url, std::string(origin) + "/tallystick/v1/events");
  EXPECT_EQ(header_of(sent, "Content-Type"), "application/x-ndjson");
  EXPECT_EQ(header_of(sent, "Content-Encoding"), "(absent)");
  const auto decoded = wire::decode_events(sent.body, wire::EventFormat::ndjson, 10);
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(decoded->faults.empty());
  EXPECT_EQ(decoded->events, (std::vector<core::Event>{usage, correction}));
}

TEST(TallystickApi, SendsACompressedBodyAsItIs) {
  const Bench<TallystickApi> bench(R"({"accepted":0,"duplicates":2,"conflicts":[]})");
  EXPECT_EQ(bench.api.post_events_ndjson(std::string("\x1f\x8b\0", 3), "gzip").send()->duplicates, 2);
  EXPECT_EQ(bench.sent().body, std::string("\x1f\x8b\0", 3));
  EXPECT_EQ(header_of(bench.sent(), "Content-Encoding"), "gzip");
}

TEST(TallystickApi, GetsTheReportOfAnyOrganization) {
  const Bench<TallystickApi> bench(
      R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.500Z","usages":[]})");
  const auto id = core::Uuid::parse("22222222-2222-4222-8222-222222222222").value();
  ASSERT_TRUE(bench.api.get_billable_usage(id, march_2026()).send());
  EXPECT_EQ(bench.sent().url,
            std::string(origin) +
                "/tallystick/v1/reports/billableusage?organizationId=22222222-2222-4222-8222-222222222222"
                "&startDate=2026-03-01T00%3A00%3A00.000Z&endDate=2026-04-01T00%3A00%3A00.500Z");
}

constexpr std::string_view concurrency_body =
    R"({"organizationId":"22222222-2222-4222-8222-222222222222","startDate":"2026-03-01T00:00:00.000Z",
    "endDate":"2026-04-01T00:00:00.500Z","products":[{"name":"CX 3","partNumber":"P-3","peak":500,
    "levels":[{"count":1,"milliseconds":1860000}],"hours":[{"time":"2026-03-01T00:00:00.000Z","max":503}],
    "resources":[{"name":"ana@example.com","date":"2026-03-01T00:00:00.001Z","milliseconds":9007199254740993}],
    "newer":true}]})";

TEST(TallystickApi, GetsTheConcurrentUsageOfTheCallersOwnOrganization) {
  const Bench<TallystickApi> bench{std::string(concurrency_body)};
  const auto report = bench.api.get_concurrent_usage(march_2026()).send();
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->organization_id, "22222222-2222-4222-8222-222222222222");
  EXPECT_EQ(report->end_date, march_2026().end);
  const wire::ConcurrentUsageProduct& product = report->products.at(0);
  EXPECT_EQ(product.part_number, "P-3");
  EXPECT_EQ(product.peak, 500);
  EXPECT_EQ(product.levels.at(0).milliseconds, 1'860'000);
  EXPECT_EQ(product.hours.at(0).time, march_2026().start);
  EXPECT_EQ(product.hours.at(0).max, 503);
  EXPECT_EQ(product.resources.at(0).name, "ana@example.com");
  EXPECT_EQ(product.resources.at(0).milliseconds, 9'007'199'254'740'993);
  EXPECT_EQ(product.unknown.fields.at(0).first, "newer");

  EXPECT_EQ(bench.sent().method, "GET");
  EXPECT_EQ(bench.sent().url, std::string(origin) +
                                  "/tallystick/v1/reports/concurrentusage?startDate=2026-03-01T00%3A00%3A00.000Z"
                                  "&endDate=2026-04-01T00%3A00%3A00.500Z");
}

TEST(TallystickApi, GetsTheConcurrentUsageOfAnyOrganization) {
  const Bench<TallystickApi> bench{std::string(concurrency_body)};
  const auto id = core::Uuid::parse("22222222-2222-4222-8222-22222222222A").value();
  ASSERT_TRUE(bench.api.get_concurrent_usage(march_2026(), id).send());
  EXPECT_EQ(bench.sent().url, std::string(origin) +
                                  "/tallystick/v1/reports/concurrentusage?startDate=2026-03-01T00%3A00%3A00.000Z"
                                  "&endDate=2026-04-01T00%3A00%3A00.500Z"
                                  "&organizationId=22222222-2222-4222-8222-22222222222a");
}

TEST(TallystickApi, NamesWhatAConcurrentUsageReportLacks) {
  const Bench<TallystickApi> bench(
      R"({"organizationId":"o","startDate":"2026-03-01T00:00:00.000Z","products":[{"name":"CX 3","peak":1.5}]})");
  const auto report = bench.api.get_concurrent_usage(march_2026()).send();
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("/endDate"), std::string::npos) << report.error().message;
  EXPECT_NE(report.error().message.find("a ConcurrentUsageReport"), std::string::npos) << report.error().message;
}

TEST(TallystickApi, PassesOnThatAnotherOrganizationIsNotForOne) {
  const Bench<TallystickApi> bench(R"({"status":403,"code":"not.authorized","message":"no"})", 403);
  const auto report = bench.api.get_concurrent_usage(march_2026(), core::OrganizationId{}).send();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().status, 403);
  EXPECT_EQ(report.error().code, "not.authorized");
}

TEST(TallystickApi, GetsTheOverviewOfTheCallersOwnOrganization) {
  const Bench<TallystickApi> bench{std::string(overview_body)};
  const auto overview = bench.api.get_billing_overview(1).send();
  ASSERT_TRUE(overview) << overview.error().message;
  EXPECT_EQ(overview->currency, "USD");
  EXPECT_EQ(bench.sent().method, "GET");
  EXPECT_EQ(bench.sent().url, std::string(origin) + "/tallystick/v1/billingoverview?billingPeriodIndex=1");
}

TEST(TallystickApi, AppliesACatalog) {
  const Bench<TallystickApi> bench(R"({"created":["product a"],"updated":[],"removed":[],"unchanged":3})");
  const auto changes = bench.api.apply("products: []", "application/yaml", {.dry_run = true, .prune = false}).send();
  ASSERT_TRUE(changes);
  EXPECT_EQ(changes->created, std::vector<std::string>{"product a"});
  EXPECT_EQ(changes->unchanged, 3);
  EXPECT_EQ(bench.sent().method, "POST");
  EXPECT_EQ(bench.sent().url, std::string(origin) + "/tallystick/v1/apply?dryRun=true&prune=false");
  EXPECT_EQ(bench.sent().body, "products: []");
  EXPECT_EQ(header_of(bench.sent(), "Content-Type"), "application/yaml");
}

TEST(TallystickApi, DoesNotRepeatWhatChangesTheServer) {
  const Bench<TallystickApi> bench("{}", 503);
  EXPECT_FALSE(bench.api.apply("{}", "application/json", {}).send());
  EXPECT_FALSE(bench.api.set_clock(march_2026().start).send());
  EXPECT_EQ(bench.transport->requests(false).size(), 2U);
}

TEST(TallystickApi, GetsTheCatalogAsText) {
  const Bench<TallystickApi> bench("{\n  \"products\": []\n}\n");
  EXPECT_EQ(bench.api.get_catalog().send().value(), "{\n  \"products\": []\n}\n");
  EXPECT_EQ(bench.sent().url, std::string(origin) + "/tallystick/v1/catalog");
}

TEST(TallystickApi, ReadsAndSetsTheClock) {
  const Bench<TallystickApi> bench(R"({"now":"2026-03-01T00:00:00.000Z"})");
  EXPECT_EQ(bench.api.get_clock().send()->now, march_2026().start);
  EXPECT_EQ(bench.api.set_clock(march_2026().end).send()->now, march_2026().start);
  const HttpRequest put = bench.transport->requests(false).at(1);
  EXPECT_EQ(put.method, "PUT");
  EXPECT_EQ(put.url, std::string(origin) + "/tallystick/v1/clock");
  EXPECT_EQ(put.body, R"({"now":"2026-04-01T00:00:00.500Z"})");
}

TEST(Connection, SharesOneTokenAmongTheApis) {
  const auto transport = with_token([](const HttpRequest&) {
    return ApiResult<HttpResponse>(HttpResponse{.status = 200, .body = R"({"now":"2026-03-01T00:00:00.000Z"})"});
  });
  const Connection connection(loopback_configuration(), transport);
  ASSERT_TRUE(OrganizationsApi(connection).get_organizations_me().send());
  ASSERT_TRUE(TallystickApi(connection).get_clock().send());
  EXPECT_EQ(transport->requests(true).size(), 1U);
  EXPECT_EQ(connection.configuration()->client_id, "partner");
}

}  // namespace
}  // namespace tallystick
