#include <set>

#include "server/compressed_text.hpp"
#include "server/server_fixture.hpp"
#include "tallystick/wire/applied_changes.hpp"
#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/clock_setting.hpp"
#include "tallystick/wire/event.hpp"
#include "tallystick/wire/ingest_result.hpp"
#include "tallystick/wire/organization.hpp"

namespace tallystick::test {
namespace {

const std::string march = "startDate=2026-03-01T00:00:00Z&endDate=2026-04-01T00:00:00Z";
const std::string report_path = "/api/v2/billing/reports/billableusage?";
const std::string own_report_path = "/tallystick/v1/reports/billableusage?";

std::string ndjson(const std::vector<core::Event>& events) {
  std::string lines;
  for (const core::Event& event : events) lines += wire::event_to_json(event) + "\n";
  return lines;
}

wire::BillingUsageReport report_of(const WireAnswer& answer) {
  EXPECT_EQ(answer.status, 200) << answer.body;
  return wire::from_json<wire::BillingUsageReport>(answer.body).value();
}

/// What was counted: product, total, resources with their dates.
using Counted = std::vector<std::tuple<std::string, std::string, std::vector<std::pair<std::string, std::string>>>>;
Counted counted(const wire::BillingUsageReport& report) {
  Counted all;
  for (const auto& usage : report.usages) {
    auto& [name, total, resources] = all.emplace_back();
    name = usage.name;
    total = usage.total_usage;
    for (const auto& resource : usage.resources) resources.emplace_back(resource.name, core::to_string(resource.date));
  }
  return all;
}

TEST_F(ServerTest, TokenEventsReport) {
  start();
  const std::string meter = token_of("meter");
  const std::string events = ndjson({
      usage({.id = "1", .resource = "bo@example.com", .time = "2026-03-04T09:15:00.250Z", .quantity = "0.1"}),
      usage({.id = "2", .resource = "ana@example.com", .time = "2026-03-31T23:59:59.999Z", .quantity = "0.2"}),
      usage({.id = "3",
             .resource = "bo@example.com",
             .time = "2026-03-02T00:00:00Z",
             .quantity = "1000000000000.000000007"}),
      usage({.id = "4", .resource = "cy@example.com", .time = "2026-04-01T00:00:00Z", .quantity = "5"}),
      usage({.id = "5", .product = "seats", .resource = "ana@example.com", .time = "2026-03-09T01:00:00Z"}),
      usage({.id = "6", .resource = "dee@example.com", .time = "2026-03-09T01:00:00Z", .quantity = "7"}),
      void_of("6", "7"),
  });
  const WireAnswer first = ask({.method = "POST",
                                .target = "/tallystick/v1/events",
                                .token = meter,
                                .content_type = "application/x-ndjson; charset=utf-8",
                                .body = gzipped(events),
                                .headers = "Content-Encoding: gzip\r\n"});
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(wire::from_json<wire::IngestResult>(first.body)->accepted, 7);
  const WireAnswer again = post("/tallystick/v1/events", meter, "application/x-ndjson", events);
  EXPECT_EQ(wire::from_json<wire::IngestResult>(again.body)->duplicates, 7);

  const Counted expected{
      {"API requests",
       "1000000000000.300000007",
       {{"ana@example.com", "2026-03-31T23:59:59.999Z"}, {"bo@example.com", "2026-03-02T00:00:00.000Z"}}},
      {"Seats", "1", {{"ana@example.com", "2026-03-09T01:00:00.000Z"}}}};
  const auto published = report_of(get(report_path + march, token_of("reader")));
  EXPECT_EQ(counted(published), expected);
  EXPECT_EQ(published.status->known(), wire::ReportStatus::complete);
  EXPECT_EQ(core::to_string(published.start_date), "2026-03-01T00:00:00.000Z");
  EXPECT_EQ(published.self_uri, report_path + "startDate=2026-03-01T00:00:00.000Z&endDate=2026-04-01T00:00:00.000Z");
  EXPECT_EQ(counted(report_of(get(*published.self_uri, token_of("reader")))), expected);

  const auto own = report_of(get(own_report_path + march, meter));
  EXPECT_EQ(counted(own), expected);
  EXPECT_EQ(own.id, published.id);
  EXPECT_EQ(own.self_uri, own_report_path + "organizationId=" + bank.to_string() +
                              "&startDate=2026-03-01T00:00:00.000Z&endDate=2026-04-01T00:00:00.000Z");
  EXPECT_EQ(counted(report_of(get(*own.self_uri, token_of("root")))), expected);
}

TEST_F(ServerTest, EveryFormOfADateIsTheSamePeriod) {
  start();
  const std::string reader = token_of("reader");
  const auto expected = report_of(get(report_path + march, reader));
  for (const std::string& query : {
           std::string("startDate=2026-03-01T00%3A00%3A00.000Z&endDate=2026-04-01T00%3A00%3A00.000Z"),
           std::string("startDate=2026-03-01T00:00:00&endDate=2026-04-01T00:00:00.0000000"),
           std::string("startDate=2026-03-01T01:00:00%2B01:00&endDate=2026-04-01T00:00:00+00:00"),
           std::string("startDate=2026-03-01+00:00:00+%2B0000+UTC&endDate=2026-04-01T00:00:00Z&unknown=1"),
       }) {
    EXPECT_EQ(report_of(get(report_path + query, reader)).self_uri, expected.self_uri) << query;
  }
}

TEST_F(ServerTest, ReportThatTakesLongIsInProgressFirst) {
  report_settings.in_progress_after = std::chrono::milliseconds(0);
  Gate gate;
  store_.usage_door.before = [&gate] { gate.pass(); };
  store_events({usage({.id = "1"})});
  start();
  const std::string reader = token_of("reader");
  const auto early = report_of(get(report_path + march, reader));
  EXPECT_EQ(early.status->known(), wire::ReportStatus::in_progress);
  EXPECT_TRUE(early.usages.empty());
  gate.await_arrivals(1);
  gate.open();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  auto late = report_of(get(report_path + march, reader));
  while (late.status->known() == wire::ReportStatus::in_progress && std::chrono::steady_clock::now() < deadline) {
    late = report_of(get(report_path + march, reader));
  }
  EXPECT_EQ(late.status->known(), wire::ReportStatus::complete);
  EXPECT_EQ(late.usages.size(), 1U);
  EXPECT_EQ(late.id, early.id);
  EXPECT_EQ(late.self_uri, early.self_uri);
}

TEST_F(ServerTest, RateLimitIsToldWithEveryAnswer) {
  settings.requests_per_minute = 2;
  start();
  const std::string reader = token_of("reader");
  const std::string nobody = token_of("nobody");
  for (const std::string count : {"1", "2"}) {
    const WireAnswer answer = get("/api/v2/organizations/me", reader);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("inin-ratelimit-count"), count);
    EXPECT_EQ(answer.header("inin-ratelimit-allowed"), "2");
    const int reset = std::stoi(answer.header("inin-ratelimit-reset").value());
    EXPECT_TRUE(reset >= 1 && reset <= 60) << reset;
  }
  const WireAnswer refused = get(report_path, reader);
  EXPECT_EQ(refused.status, 429) << "before the missing dates are looked at";
  EXPECT_EQ(error_of(refused).code, "too.many.requests");
  EXPECT_EQ(error_of(refused).message, "Rate limit exceeded the maximum [2] requests within [60] seconds");
  EXPECT_EQ(refused.header("Retry-After"), refused.header("inin-ratelimit-reset"));
  EXPECT_EQ(refused.header("inin-ratelimit-count"), "3");
  EXPECT_EQ(get(report_path, nobody).header("inin-ratelimit-count"), "1") << "a refusal counts, each token for itself";
  EXPECT_EQ(get(own_report_path + march, reader).status, 403) << "own addresses are not limited";
}

TEST_F(ServerTest, CorrelationIdIsEchoedOrMade) {
  start();
  const auto asked_with = [this](const std::string& id) {
    return ask({.method = "GET",
                .target = "/nothing",
                .token = {},
                .content_type = {},
                .body = {},
                .headers = "ININ-Correlation-Id: " + id + "\r\n"});
  };
  const WireAnswer echoed = asked_with("my-id_1");
  EXPECT_EQ(echoed.header("ININ-Correlation-Id"), "my-id_1");
  EXPECT_EQ(error_of(echoed).context_id, "my-id_1");
  std::set<std::string> made;
  for (const std::string& odd :
       {std::string(), std::string("two words"), std::string(129, 'x'), std::string("\xc3\xbc")}) {
    const WireAnswer answer = asked_with(odd);
    const std::string id = answer.header("ININ-Correlation-Id").value();
    EXPECT_TRUE(core::Uuid::parse(id)) << id;
    EXPECT_EQ(error_of(answer).context_id, id);
    EXPECT_TRUE(made.insert(id).second) << id;
  }
}

TEST_F(ServerTest, WhoAmI) {
  start();
  const auto own = wire::from_json<wire::Organization>(get("/api/v2/organizations/me", token_of("nobody")).body);
  EXPECT_EQ(own->id, bank.to_string());
  EXPECT_EQ(own->name, "Blue Harbor Bank");
  const WireAnswer head = ask({.method = "HEAD",
                               .target = "/api/v2/organizations/me",
                               .token = token_of("root"),
                               .content_type = {},
                               .body = {},
                               .headers = {}});
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Cache-Control"), "no-store");
  EXPECT_EQ(head.header("Content-Length"),
            std::to_string(get("/api/v2/organizations/me", token_of("root")).body.size()));
}

TEST_F(ServerTest, CatalogIsAppliedAndGivenBack) {
  start();
  const std::string root = token_of("root");
  const std::string yaml =
      "products:\n  - {key: calls, name: Calls, part_number: P-1, grouping: resource, unit: call,"
      " metering: {kind: sum}}\n"
      "  - {key: cx-1, name: CX 1, part_number: P-2, grouping: user-license, unit: user,"
      " metering: {kind: concurrent, family: cx, rank: 1}}\n"
      "  - {key: voice, name: Voice, part_number: P-3, grouping: resource, unit: minute,"
      " metering: {kind: duration, step_seconds: 6, unit: minute}}\n"
      "  - {key: meetings, name: Meetings, part_number: P-4, grouping: resource, unit: hour,"
      " metering: {kind: duration, unit: hour}}\n";
  const auto dry = post("/tallystick/v1/apply?dryRun=TRUE", root, "application/yaml", yaml);
  ASSERT_EQ(dry.status, 200) << dry.body;
  EXPECT_EQ(wire::from_json<wire::AppliedChanges>(dry.body)->created,
            (std::vector<std::string>{"product calls", "product cx-1", "product voice", "product meetings"}));
  EXPECT_EQ(get("/tallystick/v1/catalog", root).body.find("calls"), std::string::npos);
  ASSERT_EQ(post("/tallystick/v1/apply?dryRun=false", root, "text/yaml; charset=utf-8", yaml).status, 200);
  const WireAnswer catalog = get("/tallystick/v1/catalog", root);
  EXPECT_NE(catalog.body.find("calls"), std::string::npos);
  const auto same = post("/tallystick/v1/apply", root, "application/json", catalog.body);
  ASSERT_EQ(same.status, 200) << same.body;
  const auto changes = wire::from_json<wire::AppliedChanges>(same.body);
  EXPECT_TRUE(changes->created.empty() && changes->updated.empty() && changes->removed.empty()) << same.body;
}

TEST_F(ServerTest, RefusedCatalogNamesLineAndColumn) {
  start();
  const std::string yaml =
      "organizations: []\n"
      "trusts:\n"
      "  - {trustee: 11111111-1111-4111-8111-111111111111,\n"
      "     trustor: 99999999-9999-4999-8999-999999999999}\n";
  const WireAnswer answer = post("/tallystick/v1/apply", token_of("root"), "application/yaml", yaml);
  EXPECT_EQ(answer.status, 400) << answer.body;
  const wire::ErrorBody body = error_of(answer);
  EXPECT_EQ(body.code, "constraint.validation");
  ASSERT_EQ(body.details->size(), 1U) << answer.body;
  EXPECT_EQ(body.details->at(0).field_name, "/trusts/0/trustor");
  EXPECT_NE(body.details->at(0).error_code->find("line 4, column 15"), std::string::npos) << answer.body;
}

TEST_F(ServerTest, TestClockMovesForwardOnly) {
  settings.has_test_clock = true;
  start();
  const std::string root = token_of("root");
  const auto set = [&](const std::string& body) {
    return ask({.method = "PUT",
                .target = "/tallystick/v1/clock",
                .token = root,
                .content_type = "application/json",
                .body = body,
                .headers = {}});
  };
  EXPECT_EQ(wire::from_json<wire::ClockSetting>(get("/tallystick/v1/clock", root).body)->now,
            at("2026-04-01T00:00:00Z"));
  EXPECT_EQ(set(R"({"now":"2026-04-01T12:00:00Z"})").status, 200);
  EXPECT_EQ(clock_(), at("2026-04-01T12:00:00Z"));
  const WireAnswer back = set(R"({"now":"2026-04-01T00:00:00Z"})");
  EXPECT_EQ(back.status, 400);
  EXPECT_EQ(error_of(back).details->at(0).field_name, "/now");
  EXPECT_EQ(error_of(set(R"({"then":1})")).code, "bad.request");
  EXPECT_EQ(clock_(), at("2026-04-01T12:00:00Z"));
  EXPECT_EQ(set(R"({"now":"2026-04-02T00:00:00Z"})").status, 200);
  EXPECT_EQ(get("/tallystick/v1/clock", root).status, 401) << "the clock drives the expiry of tokens";
}

TEST_F(ServerTest, TheClockTakesTheEncodingsThatBatchesMayHave) {
  settings.has_test_clock = true;
  start();
  const std::string root = token_of("root");
  const auto set = [&](const std::string& body, const std::string& encoding) {
    return ask({.method = "PUT",
                .target = "/tallystick/v1/clock",
                .token = root,
                .content_type = "application/json",
                .body = body,
                .headers = "Content-Encoding: " + encoding + "\r\n"});
  };
  const std::string noon = R"({"now":"2026-04-01T12:00:00Z"})";
  EXPECT_EQ(error_of(set(noon, "br")).code, "unsupported.media.type");
  EXPECT_EQ(clock_(), at("2026-04-01T00:00:00Z"));
  EXPECT_EQ(set(gzipped(noon), "gzip").status, 200);
  EXPECT_EQ(clock_(), at("2026-04-01T12:00:00Z"));
}

TEST_F(ServerTest, MetricsCountWhatWasDone) {
  start();
  const std::string meter = token_of("meter");
  ASSERT_EQ(log_in("meter", "wrong-secret").status, 401);
  const std::string events = ndjson({usage({.id = "1"}), usage({.id = "1"}), usage({.id = "1", .quantity = "2"})});
  ASSERT_EQ(post("/tallystick/v1/events", meter, "application/x-ndjson", events).status, 200);
  ASSERT_EQ(get("/made/up/path").status, 404);
  const WireAnswer metrics = get("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_EQ(metrics.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const std::string line :
       {R"(tallystick_events_total{outcome="accepted"} 1)", R"(tallystick_events_total{outcome="duplicate"} 1)",
        R"(tallystick_events_total{outcome="conflict"} 1)", R"(tallystick_store_events 1)",
        R"(tallystick_token_requests_total{outcome="issued"} 1)",
        R"(tallystick_token_requests_total{outcome="invalid_client"} 1)",
        R"(tallystick_http_request_duration_seconds_count{route="/tallystick/v1/events"} 1)"}) {
    EXPECT_NE(metrics.body.find(line), std::string::npos) << line << "\n" << metrics.body;
  }
  EXPECT_EQ(metrics.body.find("made"), std::string::npos) << "what callers invent is no label";
}

TEST_F(ServerTest, OperationalAddressesMoveToTheAdminListener) {
  settings.listen_admin = server::Address{"127.0.0.1", 0};
  start();
  const std::uint16_t admin = server->admin_address().value().port;
  const auto at_admin = [&](const std::string& target) {
    return ask_at(admin,
                  {.method = "GET", .target = target, .token = {}, .content_type = {}, .body = {}, .headers = {}});
  };
  for (const std::string path : {"/health/live", "/health/ready", "/metrics"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_EQ(at_admin(path).status, 200) << path;
  }
  EXPECT_EQ(at_admin("/api/v2/organizations/me").status, 404);
}

TEST_F(ServerTest, FailureInsideIsNotToldOutside) {
  store_.commit_door.error = disk_error();
  start();
  const WireAnswer answer =
      post("/tallystick/v1/events", token_of("meter"), "application/x-ndjson", ndjson({usage({.id = "1"})}));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(error_of(answer).code, "internal.server.error");
  EXPECT_EQ(answer.body.find("disk"), std::string::npos) << answer.body;
}

TEST_F(ServerTest, FullQueueSaysWhenToComeBack) {
  writer_settings.queue_events_max = 1;
  Gate gate;
  store_.commit_door.before = [&gate] { gate.pass(); };
  start();
  const std::string meter = token_of("meter");
  SocketClient waiting(port);
  const std::string body = ndjson({usage({.id = "1"})});
  waiting.send("POST /tallystick/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + meter +
               "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
               body);
  gate.await_arrivals(1);
  const WireAnswer refused = post("/tallystick/v1/events", meter, "application/x-ndjson", ndjson({usage({.id = "2"})}));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(error_of(refused).code, "service.unavailable");
  EXPECT_GE(std::stoi(refused.header("Retry-After").value()), 1);
  gate.open();
  EXPECT_EQ(waiting.read_answer().status, 200);
}

}  // namespace
}  // namespace tallystick::test
