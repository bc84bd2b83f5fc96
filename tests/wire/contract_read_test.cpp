#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/damaged_document.hpp"
#include "wire/fault_text.hpp"

namespace tallystick::wire {
namespace {

core::Decimal decimal(std::string_view text) {
  return core::Decimal::parse(text).value();
}
core::Day day(std::string_view text) {
  return core::parse_date(text).value();
}

// The contract of interface.md.
constexpr std::string_view example = R"(contracts:
  - id: 33333333-3333-4333-8333-333333333333
    organization: 22222222-2222-4222-8222-222222222222
    number: "00041822"
    currency: USD
    subscription_type: PREPAY
    effective: 2026-01-01
    end: 2027-01-01
    ramp: {start: 2026-01-01, end: 2026-02-01}
    minimum_monthly_amount: "10000.00"
    billing_day: 1
    items:
      - {product: cx-3-named, prepay_quantity: "80", prepay_price: "140.00", overage_price: "160.00"}
      - {product: voice-minutes, prepay_quantity: "1000", prepay_price: "0.25", overage_price: "0.25", bundle_quantity: "2", notes: "calls out"}
      - {product: api-requests, overage_tiers: [{up_to: "1000000", price: "0.0002"}, {price: "0.0001"}]}
    amendments:
      - {date: 2026-05-16, items: [{product: cx-3-named, prepay_quantity: "100", prepay_price: "138.00", overage_price: "160.00"}]}
)";

core::Contract contract_of_the_example() {
  const auto licences = [](std::string_view quantity, std::string_view price) {
    core::ContractItem item;
    item.product = "cx-3-named";
    item.prepay_quantity = decimal(quantity);
    item.prepay_price = decimal(price);
    item.overage_price = decimal("160");
    return item;
  };
  core::Contract contract;
  contract.id = core::Uuid::parse("33333333-3333-4333-8333-333333333333").value();
  contract.organization = core::Uuid::parse("22222222-2222-4222-8222-222222222222").value();
  contract.number = "00041822";
  contract.currency = "USD";
  contract.subscription_type = "PREPAY";
  contract.effective = day("2026-01-01");
  contract.end = day("2027-01-01");
  contract.ramp = core::Ramp{day("2026-01-01"), day("2026-02-01")};
  contract.minimum_monthly_amount = decimal("10000");
  contract.billing_day = 1;
  contract.items.push_back(licences("80", "140"));
  core::ContractItem& minutes = contract.items.emplace_back();
  minutes.product = "voice-minutes";
  minutes.prepay_quantity = decimal("1000");
  minutes.prepay_price = decimal("0.25");
  minutes.overage_price = decimal("0.25");
  minutes.bundle_quantity = decimal("2");
  minutes.notes = "calls out";
  core::ContractItem& requests = contract.items.emplace_back();
  requests.product = "api-requests";
  requests.overage_tiers = {{decimal("1000000"), decimal("0.0002")}, {std::nullopt, decimal("0.0001")}};
  contract.amendments = {{day("2026-05-16"), {licences("100", "138")}}};
  return contract;
}

TEST(ContractRead, TheExampleOfTheInterface) {
  const auto read = read_catalog(example, DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value()) << texts_of(read.error().faults).front();
  ASSERT_EQ(read->document.contracts.size(), 1U);
  EXPECT_EQ(read->document.contracts[0], contract_of_the_example());
  const Position of_price = read->positions.at("/contracts/0/items/2/overage_tiers/1/price");
  EXPECT_EQ(of_price.line, 15U);
  EXPECT_EQ(of_price.column, 94U);
}

TEST(ContractRead, TheExampleSurvivesTheWayOverJson) {
  const auto read = read_catalog(example, DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value());
  const std::string sent = catalog_document_to_json(read->document);
  const auto received = read_catalog(sent, DocumentFormat::json, {});
  ASSERT_TRUE(received.has_value()) << sent;
  EXPECT_EQ(received->document.contracts, read->document.contracts);
}

TEST(ContractRead, WhatIsLeftOutHasItsDefault) {
  const auto read = read_catalog(
      "contracts:\n- {id: 33333333-3333-4333-8333-333333333333, organization: 22222222-2222-4222-8222-222222222222,\n"
      "   number: 007, currency: JPY, subscription_type: 'ININ', effective: '2026-01-31', end: \"2027-01-31\",\n"
      "   items: [{product: a}, {product: b, prepay_quantity: 80, bundle_quantity: 10, overage_tiers: []}],\n"
      "   ramp: ~, billing_day: null, amendments: [{date: 2026-05-16}]}\n",
      DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value()) << texts_of(read.error().faults).front();
  const core::Contract& contract = read->document.contracts.at(0);
  EXPECT_EQ(contract.number, "007");
  EXPECT_EQ(contract.effective, day("2026-01-31"));
  EXPECT_EQ(contract.end, day("2027-01-31"));
  EXPECT_FALSE(contract.ramp);
  EXPECT_FALSE(contract.minimum_monthly_amount);
  EXPECT_FALSE(contract.billing_day);
  core::ContractItem plain;
  plain.product = "a";
  core::ContractItem integers;
  integers.product = "b";
  integers.prepay_quantity = decimal("80");
  integers.bundle_quantity = decimal("10");
  EXPECT_EQ(contract.items, (std::vector{plain, integers}));
  EXPECT_EQ(plain.prepay_quantity, decimal("0"));
  EXPECT_EQ(plain.bundle_quantity, decimal("1"));
  EXPECT_EQ(contract.amendments, (std::vector{core::Amendment{day("2026-05-16"), {}}}));
}

TEST(ContractRead, EverySubscriptionTypeIsTakenAsItIsSpelled) {
  for (const std::string type :
       {"ININ", "MONTH_TO_MONTH", "FREE_TRIAL_MONTH_TO_MONTH", "PREPAY_MONTHLY_COMMITMENT", "PREPAY",
        "DEV_ORG_MONTH_TO_MONTH", "DEV_ORG_PREPAY_MONTHLY_COMMITMENT", "DEV_ORG_PREPAY"}) {
    std::string text(example);
    text.replace(text.find("PREPAY"), 6, type);
    const auto read = read_catalog(text, DocumentFormat::yaml, {});
    ASSERT_TRUE(read.has_value()) << type;
    EXPECT_EQ(read->document.contracts.at(0).subscription_type, type);
  }
}

// A contract with a line for each key, of which one is replaced.
std::string contract_with(std::string_view key, std::string_view line) {
  std::string text = R"(contracts:
  - id: 33333333-3333-4333-8333-333333333333
    organization: 22222222-2222-4222-8222-222222222222
    number: "00041822"
    currency: USD
    subscription_type: PREPAY
    effective: 2026-01-01
    end: 2027-01-01
    ramp: {start: 2026-01-01, end: 2026-02-01}
    minimum_monthly_amount: "10000.00"
    billing_day: 1
    items: []
    amendments: []
)";
  const std::size_t at = text.find("    " + std::string(key) + ":") + 4;
  return text.replace(at, text.find('\n', at) - at, line);
}

std::string faults_of(const std::string& text, DocumentFormat format) {
  const auto read = read_catalog(text, format, {});
  if (read) return "taken";
  if (read.error().malformed) return read.error().message;
  std::string lines;
  for (const auto& fault : texts_of(read.error().faults)) lines += (lines.empty() ? "" : "\n") + fault;
  return lines;
}

TEST(ContractRead, FaultsAtTheirPlaces) {
  const std::string date = "must be a date, such as 2026-03-01";
  const std::string quote =
      "must be written as a string, such as \"1.5\": a number with a fraction or an exponent is not exact";
  const std::string types =
      "must be one of ININ, MONTH_TO_MONTH, FREE_TRIAL_MONTH_TO_MONTH, PREPAY_MONTHLY_COMMITMENT, PREPAY, "
      "DEV_ORG_MONTH_TO_MONTH, DEV_ORG_PREPAY_MONTHLY_COMMITMENT, DEV_ORG_PREPAY";
  const std::string day_of_month = "must be a day of a month, from 1 to 31";
  const struct {
    std::string_view key;
    std::string_view line;
    std::string fault;  // below /contracts/0
  } rows[] = {
      {"organization", "organization: blue",
       "/organization: line 3, column 19: must be a UUID, such as 22222222-2222-4222-8222-222222222222"},
      {"organization", "# none", "/organization: line 2, column 5: is required"},
      {"number", "number: [1]", "/number: line 4, column 13: must be a string"},
      {"number", "number: ~", "/number: line 4, column 13: is required"},
      {"currency", "# none", "/currency: line 2, column 5: is required"},
      {"subscription_type", "# none", "/subscription_type: line 2, column 5: is required"},
      {"subscription_type", "subscription_type: prepay", "/subscription_type: line 6, column 24: " + types},
      {"subscription_type", "subscription_type: ''", "/subscription_type: line 6, column 24: " + types},
      {"subscription_type", "subscription_type: {}", "/subscription_type: line 6, column 24: must be a string"},
      {"effective", "effective: 2026-1-1", "/effective: line 7, column 16: " + date},
      {"effective", "effective: 2026-02-30", "/effective: line 7, column 16: " + date},
      {"effective", "effective: 2026-01-01T00:00:00Z", "/effective: line 7, column 16: " + date},
      {"effective", "effective: 20260101", "/effective: line 7, column 16: " + date},
      {"effective", "effective: []", "/effective: line 7, column 16: " + date},
      {"end", "end: never", "/end: line 8, column 10: " + date},
      {"end", "# none", "/end: line 2, column 5: is required"},
      {"ramp", "ramp: 2026-01-01", "/ramp: line 9, column 11: must be an object"},
      {"ramp", "ramp: {start: 2026-01-01}", "/ramp/end: line 9, column 11: is required"},
      {"ramp", "ramp: {start: soon, end: 2026-02-01}", "/ramp/start: line 9, column 19: " + date},
      {"ramp", "ramp: {start: 2026-01-01, end: 2026-02-01, days: 31}",
       "/ramp/days: line 9, column 48: is no key that is known here; known are start, end"},
      {"minimum_monthly_amount", "minimum_monthly_amount: 10000.00",
       "/minimum_monthly_amount: line 10, column 29: " + quote},
      {"minimum_monthly_amount", "minimum_monthly_ammount: \"1\"",
       "/minimum_monthly_ammount: line 10, column 5: is no key that is known here; did you mean "
       "\"minimum_monthly_amount\"?"},
      {"billing_day", "billing_day: 0", "/billing_day: line 11, column 18: " + day_of_month},
      {"billing_day", "billing_day: 32", "/billing_day: line 11, column 18: " + day_of_month},
      {"billing_day", "billing_day: -1", "/billing_day: line 11, column 18: " + day_of_month},
      {"billing_day", "billing_day: 4294967297", "/billing_day: line 11, column 18: " + day_of_month},
      {"billing_day", "billing_day: 1.0", "/billing_day: line 11, column 18: must be an integer of at most 64 bits"},
      {"billing_day", "billing_day: '1'", "/billing_day: line 11, column 18: must be an integer of at most 64 bits"},
      {"billing_day", "billing_day: last", "/billing_day: line 11, column 18: must be an integer of at most 64 bits"},
      {"billing_day", "end: 2028-01-01", "/end: line 11, column 5: stands twice in this object"},
      {"billing_day", "status: Active",
       "/status: line 11, column 5: is no key that is known here; known are id, organization, number, currency, "
       "subscription_type, effective, end, ramp, minimum_monthly_amount, billing_day, seller, commercial_model, "
       "purchase_orders, payment_terms, payment_link, bill_to, ship_to, sold_to, end_customer, items, amendments"},
      {"items", "items: cx-3-named", "/items: line 12, column 12: must be an array"},
      {"items", "items: [cx-3-named]", "/items/0: line 12, column 13: must be an object"},
      {"items", "items: [{prepay_quantity: 1}]", "/items/0/product: line 12, column 13: is required"},
      {"items", "items: [{product: a, prepay_quantity: 80.5}]",
       "/items/0/prepay_quantity: line 12, column 43: " + quote},
      {"items", "items: [{product: a, prepay_price: 1e2}]", "/items/0/prepay_price: line 12, column 40: " + quote},
      {"items", "items: [{product: a, overage_price: free}]",
       "/items/0/overage_price: line 12, column 41: must be a decimal in a string, such as \"1.5\", or an integer"},
      {"items", "items: [{product: a, overage_price: \"1,5\"}]",
       "/items/0/overage_price: line 12, column 41: must be a plain decimal number, such as \"1.5\""},
      {"items", "items: [{product: a, bundle_quantity: .5}]", "/items/0/bundle_quantity: line 12, column 43: " + quote},
      {"items", "items: [{product: a, prepay_price: \"0.0000000001\"}]",
       "/items/0/prepay_price: line 12, column 40: has more than 18 digits before or 9 after the point"},
      {"items", "items: [{product: a, notes: []}]", "/items/0/notes: line 12, column 33: must be a string"},
      {"items", "items: [{product: a, overage_tiers: {price: 1}}]",
       "/items/0/overage_tiers: line 12, column 41: must be an array"},
      {"items", "items: [{product: a, overage_tiers: [{up_to: 1}]}]",
       "/items/0/overage_tiers/0/price: line 12, column 42: is required"},
      {"items", "items: [{product: a, overage_tiers: [{up_to: 1.5, price: 0.1}]}]",
       "/items/0/overage_tiers/0/up_to: line 12, column 50: " + quote +
           "\n/contracts/0/items/0/overage_tiers/0/price: line 12, column 62: " + quote},
      {"items", "items: [{product: a, overage_price: 1, overage: 2}]",
       "/items/0/overage: line 12, column 44: is no key that is known here; known are product, prepay_quantity, "
       "prepay_price, overage_price, overage_tiers, bundle_quantity, notes"},
      {"amendments", "amendments: [{items: []}]", "/amendments/0/date: line 13, column 18: is required"},
      {"amendments", "amendments: [{date: 2026-13-01}]", "/amendments/0/date: line 13, column 25: " + date},
      {"amendments", "amendments: [{date: 2026-05-16, items: [{product: a, prepay_price: 0.5}]}]",
       "/amendments/0/items/0/prepay_price: line 13, column 72: " + quote},
      {"amendments", "amendments: [{date: 2026-05-16, end: 2026-06-16}]",
       "/amendments/0/end: line 13, column 37: is no key that is known here; known are date, items"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(faults_of(contract_with(row.key, row.line), DocumentFormat::yaml), "/contracts/0" + row.fault)
        << row.line;
  }
}

TEST(ContractRead, AListOfContractsIsAList) {
  EXPECT_EQ(faults_of("contracts: {}\n", DocumentFormat::yaml), "/contracts: line 1, column 12: must be an array");
  EXPECT_EQ(faults_of("contracts: [1]\n", DocumentFormat::yaml), "/contracts/0: line 1, column 13: must be an object");
  EXPECT_EQ(faults_of("contracts: ~\n", DocumentFormat::yaml), "taken");
}

TEST(ContractRead, JsonIsAsStrictAsYaml) {
  const auto json = [](std::string_view member) {
    return R"({"contracts":[{"id":"33333333-3333-4333-8333-333333333333",)"
           R"("organization":"22222222-2222-4222-8222-222222222222","number":"7","currency":"USD",)"
           R"("subscription_type":"PREPAY","effective":"2026-01-01","end":"2027-01-01",)" +
           std::string(member) + "}]}";
  };
  const struct {
    std::string_view member;
    std::string fault;
  } rows[] = {
      {R"("billing_day":31)", "taken"},
      {R"("billing_day":31.0)", "/contracts/0/billing_day: must be an integer of at most 64 bits"},
      {R"("minimum_monthly_amount":10000)", "taken"},
      {R"("minimum_monthly_amount":10000.5)",
       "/contracts/0/minimum_monthly_amount: must be written as a string, such as \"1.5\": a number with a fraction or "
       "an exponent is not exact"},
      {R"("ramp":{"start":20260101,"end":"2026-02-01"})",
       "/contracts/0/ramp/start: must be a date, such as 2026-03-01"},
      {R"("items":[{"product":5}])", "/contracts/0/items/0/product: must be a string"},
      {R"("number":"8")", "/contracts/0/number: stands twice in this object"},
  };
  for (const auto& row : rows) EXPECT_EQ(faults_of(json(row.member), DocumentFormat::json), row.fault) << row.member;
}

RC_GTEST_PROP(ContractRead, ADamagedContractIsAnswered, ()) {
  expect_answer_to(damaged(example), {});
}

}  // namespace
}  // namespace tallystick::wire
