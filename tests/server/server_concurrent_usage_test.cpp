#include "server/server_fixture.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::test {
namespace {

const std::string path = "/tallystick/v1/reports/concurrentusage";
const std::string morning = "?startDate=2026-03-04T08:30:00Z&endDate=2026-03-04T11:00:00Z";

/// The bank has two products that are counted by how many are there at once, agents and desks.
class ConcurrentUsageServerTest : public ServerTest {
 protected:
  ConcurrentUsageServerTest() {
    store::CatalogChange change;
    change.put.products = {product("agents", "Live agents", core::MeteringKind::concurrent),
                           product("desks", "Desks", core::MeteringKind::concurrent)};
    EXPECT_TRUE(store_.save_catalog(change));
  }

  static core::Event session(std::string id, std::string resource, std::string_view from, std::string_view until,
                             std::string product = "agents", core::OrganizationId organization = bank) {
    return usage({.id = std::move(id),
                  .product = std::move(product),
                  .resource = std::move(resource),
                  .time = from,
                  .until = until,
                  .organization = organization});
  }

  static wire::ConcurrentUsageReport report_of(const WireAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto report = wire::from_json<wire::ConcurrentUsageReport>(answer.body);
    EXPECT_TRUE(report) << answer.body;
    return report ? *report : wire::ConcurrentUsageReport{};
  }
};

// Ana from 9 to 10, Bo for the half hour that makes the peak 2, Cy for five minutes of it: three at once are no peak.
TEST_F(ConcurrentUsageServerTest, SaysHowManyWereThereAndForHowLong) {
  store_events({session("1", "bo@example.com", "2026-03-04T09:20:00Z", "2026-03-04T09:50:00Z"),
                session("2", "ana@example.com", "2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z"),
                session("3", "cy@example.com", "2026-03-04T09:20:00Z", "2026-03-04T09:25:00Z"),
                session("4", "desk 7", "2026-03-04T08:00:00Z", "2026-03-04T08:40:00.001Z", "desks"),
                session("5", "gone@example.com", "2026-03-04T08:30:00Z", "2026-03-04T11:00:00Z"), void_of("5", "6"),
                session("7", "of@partner", "2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z", "agents", partner),
                usage({.id = "8"})});
  start();
  const WireAnswer answer = get(path + morning, token_of("reader"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.body,
            R"({"organizationId":"22222222-2222-4222-8222-222222222222","startDate":"2026-03-04T08:30:00.000Z",)"
            R"("endDate":"2026-03-04T11:00:00.000Z","products":[)"
            R"({"name":"Desks","partNumber":"P-desks","peak":0,"levels":[{"count":1,"milliseconds":600001}],)"
            R"("hours":[{"time":"2026-03-04T08:00:00.000Z","max":1},{"time":"2026-03-04T09:00:00.000Z","max":0},)"
            R"({"time":"2026-03-04T10:00:00.000Z","max":0}],"resources":[]},)"
            R"({"name":"Live agents","partNumber":"P-agents","peak":2,"levels":[{"count":1,"milliseconds":3600000},)"
            R"({"count":2,"milliseconds":1800000},{"count":3,"milliseconds":300000}],)"
            R"("hours":[{"time":"2026-03-04T08:00:00.000Z","max":0},{"time":"2026-03-04T09:00:00.000Z","max":3},)"
            R"({"time":"2026-03-04T10:00:00.000Z","max":0}],)"
            R"("resources":[{"name":"ana@example.com","date":"2026-03-04T09:00:00.000Z","milliseconds":3600000},)"
            R"({"name":"bo@example.com","date":"2026-03-04T09:20:00.000Z","milliseconds":1800000}]}]})");
}

TEST_F(ConcurrentUsageServerTest, WithoutConcurrentProductsItIsEmpty) {
  store_events({usage({.id = "1"})});
  start();
  EXPECT_EQ(get(path + morning, token_of("reader")).body,
            R"({"organizationId":"22222222-2222-4222-8222-222222222222","startDate":"2026-03-04T08:30:00.000Z",)"
            R"("endDate":"2026-03-04T11:00:00.000Z","products":[]})");
}

// The clock stands at the first moment of April.
TEST_F(ConcurrentUsageServerTest, WhatLiesAheadOfTheClockWaits) {
  store_events({session("1", "ana@example.com", "2026-03-31T22:00:00Z", "2026-03-31T23:00:00Z"),
                session("2", "bo@example.com", "2026-04-01T00:30:00Z", "2026-04-01T02:00:00Z"),
                session("4", "cy@example.com", "2026-03-31T23:00:00Z", "2026-04-01T02:00:00Z"),
                session("3", "desk 7", "2026-04-01T00:30:00Z", "2026-04-01T02:00:00Z", "desks")});
  start();
  const std::string query = path + "?startDate=2026-03-31T22:00:00Z&endDate=2026-04-01T03:00:00Z";
  const auto report = report_of(get(query, token_of("reader")));
  EXPECT_EQ(core::to_string(report.end_date), "2026-04-01T03:00:00.000Z");
  ASSERT_EQ(report.products.size(), 1U);
  const wire::ConcurrentUsageProduct& agents = report.products[0];
  EXPECT_EQ(agents.name, "Live agents");
  ASSERT_EQ(agents.levels.size(), 1U);
  EXPECT_EQ(agents.levels[0].milliseconds, 7'200'000);
  ASSERT_EQ(agents.resources.size(), 1U);
  EXPECT_EQ(agents.resources[0].name, "ana@example.com") << "as long as Cy was, who comes later by name";
  EXPECT_EQ(agents.resources[0].milliseconds, 3'600'000);
  ASSERT_EQ(agents.hours.size(), 2U);
  EXPECT_EQ(agents.hours[1].time, at("2026-03-31T23:00:00Z"));
  EXPECT_EQ(agents.hours[1].max, 1);
}

TEST_F(ConcurrentUsageServerTest, WhoMayAskForWhom) {
  for (const std::string action : {"read", "create", "add"}) {
    add_client("bank-" + action, bank, {"billing:subscription:" + action});
  }
  add_client("bank-all", bank, {"*:*:*"});
  add_client("bank-events", bank, {"tallystick:event:add", "billing:subscription:edit"});
  add_client("support", core::operator_organization_id, {"billing:subscription:view"});
  add_client("support-all", core::operator_organization_id, {"*:*:*"});
  add_client("support-reports", core::operator_organization_id, {"tallystick:report:view"});
  start();
  const std::string own_id = bank.to_string();
  const struct {
    std::string client;
    int own;      ///< without organizationId
    int bank;     ///< the bank, by its id
    int partner;  ///< there, and another organization for all of them
    int unknown;  ///< a UUID that nobody has, and what is none
  } rows[] = {
      {"reader", 200, 200, 403, 403},      {"bank-read", 200, 200, 403, 403},       {"bank-create", 200, 200, 403, 403},
      {"bank-add", 200, 200, 403, 403},    {"bank-all", 200, 200, 403, 403},        {"meter", 200, 200, 403, 403},
      {"nobody", 403, 403, 403, 403},      {"bank-events", 403, 403, 403, 403},     {"support", 200, 403, 403, 403},
      {"support-all", 200, 403, 403, 403}, {"support-reports", 200, 200, 200, 404}, {"root", 200, 200, 200, 404},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.client);
    const std::string token = token_of(row.client);
    const auto status_for = [&](const std::string& id) {
      return get(path + morning + "&organizationId=" + id, token).status;
    };
    EXPECT_EQ(get(path + morning, token).status, row.own);
    EXPECT_EQ(status_for(""), row.own) << "an empty one is none";
    EXPECT_EQ(status_for(bank.to_string()), row.bank);
    EXPECT_EQ(status_for("%32" + own_id.substr(1)), row.bank);
    EXPECT_EQ(status_for(partner.to_string()), row.partner);
    EXPECT_EQ(status_for(stranger.to_string()), row.unknown);
    EXPECT_EQ(status_for("bank"), row.unknown);
  }
}

TEST_F(ConcurrentUsageServerTest, OperatorsAskForAnyOrganization) {
  store_events({session("1", "ana@example.com", "2026-03-04T09:00:00Z", "2026-03-04T10:00:00Z")});
  start();
  const std::string root = token_of("root");
  const WireAnswer own = get(path + morning, token_of("reader"));
  EXPECT_EQ(report_of(own).products.size(), 1U);
  EXPECT_EQ(get(path + morning + "&organizationId=" + bank.to_string(), root).body, own.body);
  const auto of_partner = report_of(get(path + morning + "&organizationId=" + partner.to_string(), root));
  EXPECT_EQ(of_partner.organization_id, partner.to_string());
  EXPECT_TRUE(of_partner.products.empty());
  EXPECT_EQ(report_of(get(path + morning, root)).organization_id, core::operator_organization_id.to_string());
}

TEST_F(ConcurrentUsageServerTest, RefusalsComeInTheirOrder) {
  start();
  const std::string dateless = path + "?organizationId=" + stranger.to_string();
  EXPECT_EQ(get(dateless).status, 401);
  const WireAnswer forbidden = get(dateless, token_of("nobody"));
  EXPECT_EQ(forbidden.status, 403);
  EXPECT_EQ(error_of(forbidden).code, "missing.any.permissions");
  EXPECT_NE(error_of(forbidden).message->find("[billing:subscription:read, billing:subscription:view, "
                                              "billing:subscription:create, billing:subscription:add, "
                                              "tallystick:report:view]"),
            std::string::npos);
  for (const std::string client : {"reader", "meter"}) {
    const WireAnswer other = get(dateless, token_of(client));
    EXPECT_EQ(other.status, 403);
    EXPECT_EQ(error_of(other).code, "not.authorized");
  }
  const WireAnswer wrong = get(dateless, token_of("root"));
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(error_of(wrong).code, "invalid.date");
  const WireAnswer unknown = get(path + morning + "&organizationId=" + stranger.to_string(), token_of("root"));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(error_of(unknown).code, "not.found");
}

TEST_F(ConcurrentUsageServerTest, ThePeriodIsThatOfAReport) {
  start();
  const std::string reader = token_of("reader");
  const struct {
    std::string query;
    std::string code;
    std::vector<std::string> fields;
  } rows[] = {
      {"", "invalid.date", {"startDate", "endDate"}},
      {"?startDate=2026-03-04T08:30:00Z", "invalid.date", {"endDate"}},
      {"?startDate=&endDate=2026-03-04T08:30:00Z", "invalid.date", {"startDate"}},
      {"?startDate=soon&endDate=2026-02-30T00:00:00Z", "invalid.date", {"startDate", "endDate"}},
      {"?startDate=0001-01-01T00:00:00Z&endDate=2026-03-04T08:30:00Z", "invalid.date", {"startDate"}},
      {"?startDate=2026-03-04T08:30:00Z&endDate=2026-03-04T08:30:00.0009Z", "constraint.validation", {"startDate"}},
      {"?startDate=2026-03-04T08:30:00Z&endDate=2026-03-04T08:29:59Z", "constraint.validation", {"startDate"}},
      {"?startDate=2025-03-04T00:00:00Z&endDate=2026-03-05T00:00:00.001Z", "constraint.validation", {"endDate"}},
  };
  for (const auto& row : rows) {
    const WireAnswer answer = get(path + row.query, reader);
    EXPECT_EQ(answer.status, 400) << row.query;
    const wire::ErrorBody body = error_of(answer);
    EXPECT_EQ(body.code, row.code) << row.query;
    std::vector<std::string> fields;
    for (const wire::Detail& detail : body.details.value_or(std::vector<wire::Detail>{})) {
      fields.push_back(detail.field_name.value_or(""));
    }
    EXPECT_EQ(fields, row.fields) << row.query;
  }
  EXPECT_EQ(get(path + "?startDate=2025-03-04T00:00:00Z&endDate=2026-03-05T00:00:00Z&unknown=1", reader).status, 200)
      << "366 days";
  EXPECT_EQ(error_of(get(path + "?startDate=%zz", reader)).code, "bad.request");
}

TEST_F(ConcurrentUsageServerTest, MethodsOfTheAddress) {
  start();
  const std::string reader = token_of("reader");
  const auto by = [&](std::string method) {
    return ask({.method = std::move(method),
                .target = path + morning,
                .token = reader,
                .content_type = {},
                .body = {},
                .headers = {}});
  };
  const WireAnswer head = by("HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), std::to_string(get(path + morning, reader).body.size()));
  for (const std::string method : {"POST", "PUT", "DELETE"}) {
    const WireAnswer answer = by(method);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.header("Allow"), "GET, HEAD") << method;
  }
  EXPECT_EQ(get("/api/v2/billing/reports/concurrentusage" + morning, reader).status, 404);
}

TEST_F(ConcurrentUsageServerTest, FailureOfTheStoreIsNotToldOutside) {
  start();
  const std::string reader = token_of("reader");
  store_.usage_door.error = disk_error();
  const WireAnswer answer = get(path + morning, reader);
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(error_of(answer).code, "internal.server.error");
  EXPECT_EQ(answer.body.find("disk"), std::string::npos) << answer.body;
}

}  // namespace
}  // namespace tallystick::test
