#include "server/billing_server_fixture.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick::test {
namespace {

const std::string contracts_path = "/api/v2/billing/contracts";

TEST_F(BillingServerTest, ContractsAreOnesOwn) {
  start();
  const std::string token = token_of("reader");
  const auto listing = read<wire::BillingContractListing>(get(contracts_path, token));
  ASSERT_EQ(listing.entities->size(), 1U);
  EXPECT_EQ(listing.entities->at(0).id, contract_id.to_string());
  EXPECT_EQ(listing.self_uri, contracts_path + "?pageSize=25");
  EXPECT_FALSE(listing.next_uri || listing.previous_uri);
  const auto one = read<wire::BillingContract>(get(contracts_path + "/" + contract_id.to_string(), token));
  EXPECT_EQ(one, listing.entities->at(0));
  EXPECT_EQ(one.billing_periods->size(), 4U) << "January to April have begun";

  for (const std::string& id : {partner_contract.to_string(), std::string("not-a-uuid"), stranger.to_string()}) {
    EXPECT_EQ(get(contracts_path + "/" + id, token).status, 404) << id;
    EXPECT_EQ(get(contracts_path + "/" + id + "/billingperiods/" + *one.billing_periods->at(0).id, token).status, 404);
  }
  EXPECT_EQ(get(contracts_path).status, 401);
  EXPECT_EQ(get(contracts_path, token_of("nobody")).status, 403);
  EXPECT_EQ(get(contracts_path + "/" + contract_id.to_string(), token_of("nobody")).status, 403);
  const WireAnswer head =
      ask({.method = "HEAD", .target = contracts_path, .token = token, .content_type = {}, .body = {}, .headers = {}});
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.header("inin-ratelimit-count")) << "a published address";
}

TEST_F(BillingServerTest, ContractFiltersAreWrittenInOneForm) {
  start();
  const std::string token = token_of("reader");
  struct Row {
    std::string query;
    std::size_t found;
    std::string self;
  };
  const Row rows[] = {
      {"status=ACTIVE", 1, "status=Active&pageSize=25"},
      {"status=inactive", 0, "status=Inactive&pageSize=25"},
      {"status=", 1, "pageSize=25"},
      {"externalNumber=00041822&pageSize=7", 1, "externalNumber=00041822&pageSize=7"},
      {"externalNumber=4", 0, "externalNumber=4&pageSize=25"},
      {"dateEnd=2025-12-31T10:00:00Z&dateStart=2025-01-01", 0, "dateStart=2025-01-01&dateEnd=2025-12-31&pageSize=25"},
      {"dateStart=2026-12-31", 1, "dateStart=2026-12-31&pageSize=25"},
  };
  for (const Row& row : rows) {
    const auto listing = read<wire::BillingContractListing>(get(contracts_path + "?" + row.query, token));
    EXPECT_EQ(listing.entities->size(), row.found) << row.query;
    EXPECT_EQ(listing.self_uri, contracts_path + "?" + row.self) << row.query;
  }
  const std::pair<std::string, std::string> refused[] = {
      {"status=Open", "invalid.query.param.value"},
      {"pageSize=0", "invalid.query.param.value"},
      {"after=x", "invalid.query.param.value"},
      {"dateStart=x", "invalid.date"},
      {"dateStart=2026-02-01&dateEnd=2026-01-01", "constraint.validation"}};
  for (const auto& [query, code] : refused) {
    const WireAnswer answer = get(contracts_path + "?" + query, token);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(error_of(answer).code, code) << query;
  }
  EXPECT_NE(error_of(get(contracts_path + "?status=Open", token)).message->find("Active, Inactive"), std::string::npos);
}

TEST_F(BillingServerTest, ClosedPeriodsStayAsTheyWere) {
  start();
  const std::string token = token_of("reader");
  const std::string path = contracts_path + "/" + contract_id.to_string() + "/billingperiods/" +
                           core::Uuid::from_name(contract_id, "billingperiod/2026-03-01").to_string();
  const auto open = read<wire::BillingContractPeriodDetail>(get(path, token));
  EXPECT_EQ(open.status->text(), "Open");
  EXPECT_EQ(open.charges->at(0).overage_charge, decimal("160"));
  const std::string overview_path = "/tallystick/v1/billingoverview?billingPeriodIndex=1";
  const auto open_overview = read<wire::TrusteeBillingOverview>(get(overview_path, token));

  EXPECT_EQ(close(bank).closed.size(), 3U);
  const std::string closed = get(path, token).body;
  EXPECT_EQ(wire::from_json<wire::BillingContractPeriodDetail>(closed)->status->text(), "Closed");
  EXPECT_EQ(wire::from_json<wire::BillingContractPeriodDetail>(closed)->charges, open.charges);
  EXPECT_EQ(read<wire::TrusteeBillingOverview>(get(overview_path, token)), open_overview)
      << "with its address of today";

  store_events({usage({.id = "4", .product = "seats", .resource = "dee@example.com"})});
  EXPECT_EQ(get(path, token).body, closed);
  EXPECT_EQ(read<wire::TrusteeBillingOverview>(get(overview_path, token)), open_overview);
  const auto april = read<wire::BillingContractPeriodDetail>(
      get(contracts_path + "/" + contract_id.to_string() + "/billingperiods/" +
              core::Uuid::from_name(contract_id, "billingperiod/2026-04-01").to_string(),
          token));
  ASSERT_FALSE(april.charges->empty());
  EXPECT_EQ(april.charges->back().name, "Seats, adjustment for 2026-03-01 to 2026-03-31");
  EXPECT_EQ(april.charges->back().overage_charge, decimal("160"));
}

TEST_F(BillingServerTest, ClosingIsForOperators) {
  start();
  const std::string path = "/tallystick/v1/periods/close";
  const std::string body = R"({"organizationId":")" + bank.to_string() + R"("})";
  EXPECT_EQ(post_json(path, "reader", body).status, 403);
  struct Row {
    std::string body;
    int status;
    std::string code;
  };
  const Row rows[] = {
      {"[", 400, "bad.request"},
      {"{}", 400, "constraint.validation"},
      {R"({"organizationId":"x"})", 400, "constraint.validation"},
      {R"({"organizationId":")" + bank.to_string() + R"(","through":"2026-13-01"})", 400, "constraint.validation"},
      {R"({"organizationId":")" + bank.to_string() + R"(","through":"2026-04-30"})", 400, "constraint.validation"},
      {R"({"organizationId":")" + stranger.to_string() + R"("})", 404, "not.found"}};
  for (const Row& row : rows) {
    const WireAnswer answer = post_json(path, "root", row.body);
    EXPECT_EQ(answer.status, row.status) << row.body << answer.body;
    EXPECT_EQ(error_of(answer).code, row.code) << row.body << answer.body;
  }
  EXPECT_EQ(post(path, token_of("root"), "text/plain", body).status, 415);

  const auto january = read<wire::ClosePeriodsAnswer>(
      post_json(path, "root", R"({"organizationId":")" + bank.to_string() + R"(","through":"2026-01-31"})"));
  ASSERT_EQ(january.closed.size(), 1U);
  EXPECT_EQ(january.closed[0].date_end, day("2026-01-31"));
  EXPECT_EQ(january.closed[0].invoice_number, "000001");
  EXPECT_EQ(january.closed[0].amount, decimal("280"));
  const auto rest = close(bank);
  ASSERT_EQ(rest.closed.size(), 2U);
  EXPECT_EQ(rest.closed[1].invoice_number, "000003");
  EXPECT_EQ(rest.closed[1].amount, decimal("440"));
  EXPECT_TRUE(close(bank).closed.empty());
}

TEST_F(BillingServerTest, WhatMayMakePeriodsDueWakesTheSchedule) {
  settings.has_test_clock = true;
  start();
  EXPECT_EQ(closing_wakes, 0);
  const WireAnswer set = ask({.method = "PUT",
                              .target = "/tallystick/v1/clock",
                              .token = token_of("root"),
                              .content_type = "application/json",
                              .body = R"({"now":"2026-05-01T00:00:00Z"})",
                              .headers = {}});
  EXPECT_EQ(set.status, 200) << set.body;
  EXPECT_EQ(closing_wakes, 1);
  EXPECT_EQ(post_json("/tallystick/v1/apply", "root", "{}").status, 200);
  EXPECT_EQ(closing_wakes, 2);
}

}  // namespace
}  // namespace tallystick::test
