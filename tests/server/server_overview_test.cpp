#include <algorithm>
#include <future>

#include "server/server_fixture.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"
#include "tallystick/wire/trustor_listing.hpp"

namespace tallystick::test {
namespace {

const std::string overview_path = "/api/v2/billing/trusteebillingoverview/";
const std::string own_path = "/tallystick/v1/billingoverview";
const std::string trustors_path = "/api/v2/orgauthorization/trustors";

core::OrganizationId numbered(int number) {
  const std::string digits = std::to_string(number);
  return uuid("44444444-4444-4444-8444-" + std::string(12 - digits.size(), '0') + digits);
}

core::Day day(std::string_view text) {
  return core::parse_date(text).value();
}

/// The bank, and others, have a contract of 2026: 2 seats at 140.00, 160.00 for each above them. The clock stands at
/// the first moment of April.
class OverviewServerTest : public ServerTest {
 protected:
  OverviewServerTest() {
    add_client("partner", partner, {"affiliateOrganization:clientBilling:view"});
    add_client("lister", partner, {"authorization:orgTrustor:view"});
    core::Contract contract;
    contract.id = uuid("33333333-3333-4333-8333-333333333333");
    contract.organization = bank;
    contract.currency = "USD";
    contract.subscription_type = "PREPAY";
    contract.effective = day("2026-01-01");
    contract.end = day("2027-01-01");
    core::ContractItem seats;
    seats.product = "seats";
    seats.prepay_quantity = decimal("2");
    seats.prepay_price = decimal("140");
    seats.overage_price = decimal("160");
    contract.items = {seats};
    store::CatalogChange change;
    change.put.organizations = {{disabled_customer, "Disabled Customer"}, {untrusting, "Untrusting"}};
    change.put.trusts = {{partner, disabled_customer, false}};
    for (core::OrganizationId owner : {bank, disabled_customer, untrusting, partner}) {
      contract.organization = owner;
      change.put.contracts.push_back(contract);
      contract.id.bytes[15]++;
    }
    EXPECT_TRUE(store_.save_catalog(change));
  }

  static wire::TrusteeBillingOverview overview_of(const WireAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    return wire::from_json<wire::TrusteeBillingOverview>(answer.body).value();
  }
  static wire::TrustorEntityListing listing_of(const WireAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    return wire::from_json<wire::TrustorEntityListing>(answer.body).value();
  }
  /// The body without the contextId, which is of each request its own.
  static std::string body_without_context(const WireAnswer& answer) {
    wire::ErrorBody body = error_of(answer);
    body.context_id.reset();
    return wire::to_json(body);
  }

  const core::OrganizationId disabled_customer = numbered(1);
  const core::OrganizationId untrusting = numbered(2);
};

TEST_F(OverviewServerTest, PartnerSeesWhatItsCustomerOwes) {
  store_events({usage({.id = "1", .product = "seats", .resource = "ana@example.com"}),
                usage({.id = "2", .product = "seats", .resource = "bo@example.com"}),
                usage({.id = "3", .product = "seats", .resource = "cy@example.com"}),
                usage({.id = "4", .product = "requests", .quantity = "0.5"}),
                usage({.id = "5", .product = "seats", .resource = "dee@example.com", .time = "2026-02-28T23:59:59Z"})});
  start();
  const WireAnswer answer =
      get(overview_path + bank.to_string() + "?billingPeriodIndex=001&unknown=1", token_of("partner"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto overview = overview_of(answer);
  EXPECT_EQ(answer.body,
            R"({"id":")" + *overview.id +
                R"(","organization":{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"},)"
                R"("currency":"USD","enabledProducts":["Seats"],"subscriptionType":"PREPAY",)"
                R"("billingPeriodStartDate":"2026-03-01T00:00:00.000Z",)"
                R"("billingPeriodEndDate":"2026-03-31T23:59:59.999Z","usages":[)"
                R"({"name":"API requests","partNumber":"P-requests","grouping":"resource","unitOfMeasureType":"each",)"
                R"("usageQuantity":"0.5","prepayQuantity":"0","isCancellable":true,"isThirdParty":false},)"
                R"({"name":"Seats","partNumber":"P-seats","grouping":"resource","unitOfMeasureType":"each",)"
                R"("usageQuantity":"3","overagePrice":"160.00","prepayQuantity":"2","prepayPrice":"140.00",)"
                R"("isCancellable":true,"bundleQuantity":"1","isThirdParty":false}],)"
                R"("contractEffectiveDate":"2026-01-01T00:00:00.000Z","contractEndDate":"2026-12-31T23:59:59.999Z",)"
                R"("inRampPeriod":false,"selfUri":")" +
                overview_path + bank.to_string() + R"(?billingPeriodIndex=1"})");
  EXPECT_TRUE(core::Uuid::parse(*overview.id));
  EXPECT_EQ(get(*overview.self_uri, token_of("partner")).body, answer.body);
}

TEST_F(OverviewServerTest, OwnOverviewIsTheSame) {
  store_events({usage({.id = "1", .product = "seats", .resource = "ana@example.com"})});
  start();
  auto seen = overview_of(get(overview_path + bank.to_string() + "?billingPeriodIndex=1", token_of("partner")));
  const auto own = overview_of(get(own_path + "?billingPeriodIndex=1", token_of("reader")));
  EXPECT_EQ(own.self_uri, own_path + "?billingPeriodIndex=1");
  seen.self_uri = own.self_uri;
  EXPECT_EQ(own, seen);
  EXPECT_EQ(get(own_path, token_of("partner")).status, 403);
  EXPECT_EQ(get(own_path + "?billingPeriodIndex=4", token_of("reader")).status, 404);
  EXPECT_EQ(get(own_path + "?billingPeriodIndex=18446744073709551616", token_of("reader")).status, 404);
  EXPECT_EQ(get(own_path + "?billingPeriodIndex=x", token_of("reader")).status, 400);
}

TEST_F(OverviewServerTest, IndexesWalkBackToTheFirstPeriod) {
  start();
  const std::string token = token_of("partner");
  std::vector<std::string> starts;
  WireAnswer answer = get(overview_path + bank.to_string(), token);
  while (answer.status == 200) {
    starts.push_back(core::to_string(*overview_of(answer).billing_period_start_date));
    answer = get(overview_path + bank.to_string() + "?billingPeriodIndex=" + std::to_string(starts.size()), token);
  }
  EXPECT_EQ(starts, (std::vector<std::string>{"2026-04-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z",
                                              "2026-02-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"}));
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(overview_of(get(overview_path + bank.to_string() + "?billingPeriodIndex=", token)).self_uri,
            overview_path + bank.to_string() + "?billingPeriodIndex=0");
}

TEST_F(OverviewServerTest, WhoeverMayNotBeSeenIsNotThere) {
  start();
  const std::string token = token_of("partner");
  const std::string beyond =
      body_without_context(get(overview_path + bank.to_string() + "?billingPeriodIndex=4", token));
  const int looked_at_usage = store_.usage_door.calls;
  const std::string paths[] = {overview_path + disabled_customer.to_string(),
                               overview_path + untrusting.to_string(),
                               overview_path + stranger.to_string(),
                               overview_path + partner.to_string(),
                               overview_path + core::operator_organization_id.to_string(),
                               overview_path + "not-a-uuid",
                               overview_path + "%2F",
                               overview_path + "{trustorOrgId}",
                               overview_path + bank.to_string() + "?billingPeriodIndex=18446744073709551616",
                               overview_path + bank.to_string() + "?billingPeriodIndex=" + std::string(200, '9')};
  for (const std::string& path : paths) {
    const WireAnswer answer = get(path, token);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(body_without_context(answer), beyond) << path;
  }
  EXPECT_EQ(store_.usage_door.calls, looked_at_usage) << "decided before the store is asked";
  EXPECT_EQ(get(overview_path + bank.to_string() + "?billingPeriodIndex=18446744073709551615", token).status, 404);
}

TEST_F(OverviewServerTest, RefusalsComeInTheirOrder) {
  start();
  const std::string nowhere = overview_path + stranger.to_string() + "?billingPeriodIndex=-1";
  EXPECT_EQ(get(nowhere).status, 401);
  const WireAnswer forbidden = get(nowhere, token_of("lister"));
  EXPECT_EQ(forbidden.status, 403);
  EXPECT_NE(error_of(forbidden).message->find("[affiliateOrganization:clientBilling:view]"), std::string::npos);
  const WireAnswer wrong = get(nowhere, token_of("partner"));
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(error_of(wrong).code, "invalid.value");
  EXPECT_EQ(get(overview_path, token_of("partner")).status, 404) << "no such address";
  EXPECT_EQ(get("/api/v2/billing/trusteebillingoverview", token_of("partner")).status, 404);
  EXPECT_EQ(get(overview_path + bank.to_string() + "/", token_of("partner")).status, 404);
}

TEST_F(OverviewServerTest, EncodedIdIsTheSameOrganization) {
  start();
  const std::string token = token_of("partner");
  const std::string expected = overview_path + bank.to_string() + "?billingPeriodIndex=0";
  EXPECT_EQ(overview_of(get(overview_path + "%32" + bank.to_string().substr(1), token)).self_uri, expected);
}

TEST_F(OverviewServerTest, FailureOfTheStoreIsNotToldOutside) {
  start();
  const std::string token = token_of("partner");
  store_.usage_door.error = disk_error();
  const WireAnswer answer = get(overview_path + bank.to_string(), token);
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(error_of(answer).code, "internal.server.error");
  EXPECT_EQ(answer.body.find("disk"), std::string::npos) << answer.body;
}

// One is being made, one may wait; of the two that come then one is too many.
TEST_F(OverviewServerTest, MoreThanMayWaitAreToldToComeBack) {
  usage_question_settings = {.threads = 1, .waiting_max = 1};
  Gate gate;
  store_.usage_door.before = [&gate] { gate.pass(); };
  start();
  const std::string token = token_of("partner");
  const auto ask = [&] {
    return std::async(std::launch::async, [&] { return get(overview_path + bank.to_string(), token); });
  };
  auto made = ask();
  gate.await_arrivals(1);
  auto one = ask();
  auto other = ask();
  const auto is_answered = [](auto& answer) {
    return answer.wait_for(std::chrono::milliseconds(5)) == std::future_status::ready;
  };
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!is_answered(one) && !is_answered(other) && std::chrono::steady_clock::now() < deadline) {
  }
  gate.open();
  EXPECT_EQ(made.get().status, 200);
  std::vector<WireAnswer> answers{one.get(), other.get()};
  std::ranges::sort(answers, {}, &WireAnswer::status);
  EXPECT_EQ(answers[0].status, 200);
  EXPECT_EQ(answers[1].status, 503);
  EXPECT_GE(std::stoi(answers[1].header("Retry-After").value_or("0")), 1);
}

TEST_F(OverviewServerTest, TrustorsAreListedById) {
  start();
  for (const std::string client : {"partner", "lister"}) {
    const WireAnswer answer = get(trustors_path, token_of(client));
    EXPECT_EQ(answer.body, R"({"entities":[{"id":"22222222-2222-4222-8222-222222222222","enabled":true,)"
                           R"("organization":{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"},)"
                           R"("selfUri":"/api/v2/orgauthorization/trustors/22222222-2222-4222-8222-222222222222"},)"
                           R"({"id":"44444444-4444-4444-8444-000000000001","enabled":false,)"
                           R"("organization":{"id":"44444444-4444-4444-8444-000000000001","name":"Disabled Customer"},)"
                           R"("selfUri":"/api/v2/orgauthorization/trustors/44444444-4444-4444-8444-000000000001"}],)"
                           R"("pageSize":25,"pageNumber":1,"total":2,)"
                           R"("firstUri":"/api/v2/orgauthorization/trustors?pageSize=25&pageNumber=1",)"
                           R"("lastUri":"/api/v2/orgauthorization/trustors?pageSize=25&pageNumber=1",)"
                           R"("selfUri":"/api/v2/orgauthorization/trustors?pageSize=25&pageNumber=1","pageCount":1})");
  }
  EXPECT_EQ(get(trustors_path + "?pageSize=101", token_of("lister")).status, 400);
  const WireAnswer forbidden = get(trustors_path, token_of("nobody"));
  EXPECT_EQ(forbidden.status, 403);
  EXPECT_NE(
      error_of(forbidden).message->find("[authorization:orgTrustor:view, affiliateOrganization:clientBilling:view]"),
      std::string::npos);
}

TEST_F(OverviewServerTest, NextLinksLeadThroughAllTrustorsOnce) {
  store::CatalogChange change;
  std::vector<core::OrganizationId> expected{bank, disabled_customer};
  for (int i = 10; i < 140; ++i) {
    change.put.organizations.push_back({numbered(i), "Customer " + std::to_string(i)});
    change.put.trusts.push_back({partner, numbered(i), true});
    expected.push_back(numbered(i));
  }
  std::ranges::reverse(change.put.trusts);
  ASSERT_TRUE(store_.save_catalog(change));
  start();
  const std::string token = token_of("partner");
  std::vector<core::OrganizationId> seen;
  std::optional<std::string> next = trustors_path + "?pageSize=25";
  std::string last;
  while (next) {
    const auto listing = listing_of(get(*next, token));
    EXPECT_EQ(listing.total, 132);
    EXPECT_EQ(listing.page_count, 6);
    for (const auto& trustor : *listing.entities) seen.push_back(uuid(*trustor.id));
    last = *listing.self_uri;
    EXPECT_EQ(listing.last_uri, trustors_path + "?pageSize=25&pageNumber=6");
    next = listing.next_uri;
  }
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(last, trustors_path + "?pageSize=25&pageNumber=6");
}

TEST_F(OverviewServerTest, WhomNobodyTrustsHasAnEmptyListing) {
  add_client("lonely", bank, {"authorization:*:*"});
  start();
  EXPECT_EQ(get(trustors_path, token_of("lonely")).body,
            R"({"entities":[],"pageSize":25,"pageNumber":1,"total":0,)"
            R"("selfUri":"/api/v2/orgauthorization/trustors?pageSize=25&pageNumber=1","pageCount":0})");
}

}  // namespace
}  // namespace tallystick::test
