#include <gtest/gtest.h>

#include "cli/billing_service.hpp"

namespace tallystick::cli_test {
namespace {

const std::string id = "33333333-3333-4333-8333-333333333333";
const std::string old_id = "44444444-4444-4444-8444-444444444444";
const std::string contracts_path = "/api/v2/billing/contracts";

std::string period_id(int number) {
  return "aaaaaaaa-0000-5000-8000-00000000000" + std::to_string(number);
}

std::string period_json(int number, const std::string& start, const std::string& end, const std::string& status) {
  return R"({"id":")" + period_id(number) + R"(","dateStart":")" + start + R"(","dateEnd":")" + end +
         R"(","status":")" + status + R"("})";
}

/// In force from January to December, with periods that begin on the 15th after a short first one.
std::string contract_json(const std::string& status = "Active") {
  return R"({"id":")" + id + R"(","externalNumber":"00041822","status":")" + status +
         R"(","commercialModel":"Prepay","purchaseOrderNumbers":["PO-7781","PO-9"],"billToCustomer":{"number":"C-1001",)"
         R"("name":"Blue Harbor Bank"},"endCustomer":{"name":"Blue Harbor Retail"},"dateStart":"2026-01-01",)"
         R"("dateEnd":"2026-12-31","dateRampStart":"2026-01-01","dateRampEnd":"2026-01-31","billingPeriods":[)" +
         period_json(1, "2026-01-01", "2026-01-14", "Closed") + "," +
         period_json(2, "2026-01-15", "2026-02-14", "Closed") + "," +
         period_json(3, "2026-02-15", "2026-03-14", "Open") + "," + period_json(4, "2026-03-15", "2026-04-14", "Open") +
         R"(],"plans":[{"id":"pl-1","name":"CX 3","product":{"id":"pr-1","sku":"P-3","name":"Genesys Cloud CX 3"},)"
         R"("items":[{"itemNumber":"1","type":"Recurring","function":"user-license","dateChargedThrough":"2026-02-14",)"
         R"("currencyIsoCode":"USD","discountAmount":15,"dateEffectiveStart":"2026-01-01",)"
         R"("dateEffectiveEnd":"2026-05-15","overagePrice":160,"price":140.5,"quantity":1080,"unitOfMeasure":"User"},)"
         R"({"itemNumber":"2","currencyIsoCode":"USD","dateEffectiveStart":"2026-05-16",)"
         R"("dateEffectiveEnd":"2026-12-31","overagePrice":160,"price":138,"quantity":100,"unitOfMeasure":"User"}]},)"
         R"({"product":{"name":"API requests, \"all\""},"items":[{"itemNumber":"1","type":"Usage",)"
         R"("currencyIsoCode":"USD","dateEffectiveStart":"2026-01-01","dateEffectiveEnd":"2026-12-31",)"
         R"("overagePrice":0.0002,"unitOfMeasure":"Each"}]}],"newField":[1]})";
}
std::string old_contract_json() {
  return R"({"id":")" + old_id +
         R"(","externalNumber":"00040001","status":"Inactive","dateStart":"2025-01-01","dateEnd":"2025-12-31"})";
}

std::string listing_json(const std::string& entities, const std::string& links = "") {
  return R"({"entities":[)" + entities + "]" + links + "}";
}

CommandRun::Answer one_page() {
  return by_path({{contracts_path + "?pageSize=200",
                   listing_json(contract_json() + "," + old_contract_json(), R"(,"selfUri":"/self")")},
                  {contracts_path + "?pageSize=200&externalNumber=00041822", listing_json(contract_json())},
                  {contracts_path + "?pageSize=200&externalNumber=00000000", listing_json("")},
                  {contracts_path + "/" + id, contract_json()}});
}

TEST(Contracts, ATableHasOneLineForEach) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contracts", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "NUMBER    ID                                    STATUS    START       END         CURRENCY  PERIODS\n"
            "00041822  33333333-3333-4333-8333-333333333333  Active    2026-01-01  2026-12-31  USD             4\n"
            "00040001  44444444-4444-4444-8444-444444444444  Inactive  2025-01-01  2025-12-31                  0\n");
}

TEST(Contracts, AnIdIsNeverShortened) {
  CommandRun run{one_page()};
  run.out_is_terminal = true;
  run.columns = 40;
  EXPECT_EQ(run({"contracts"}), 0) << run.err;
  EXPECT_NE(run.out.find("  " + old_id + "  "), std::string::npos) << run.out;
}

TEST(Contracts, OnePageIsTheModelAsItWasAnswered) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contracts"}), 0) << run.err;
  EXPECT_EQ(run.out, listing_json(contract_json() + "," + old_contract_json(), R"(,"selfUri":"/self")") + "\n");
}

TEST(Contracts, SeveralPagesAreOneListingWithoutLinks) {
  CommandRun run{
      by_path({{contracts_path + "?pageSize=200",
                listing_json(contract_json(), R"(,"nextUri":"/n?pageSize=200&after=c%2F1","selfUri":"/self")")},
               {contracts_path + "?after=c%2F1&pageSize=200",
                listing_json(old_contract_json(), R"(,"nextUri":"/n?after=c2&pageSize=200","previousUri":"/p")")},
               {contracts_path + "?after=c2&pageSize=200", listing_json("", R"(,"previousUri":"/p")")}})};
  EXPECT_EQ(run({"contracts"}), 0) << run.err;
  EXPECT_EQ(run.out, listing_json(contract_json() + "," + old_contract_json()) + "\n");
}

TEST(Contracts, APageThatLeadsToItselfEndsTheWalk) {
  for (const std::string next : {"/n?after=x", "/n?before=x"}) {
    CommandRun run{[&](const HttpRequest&) { return answer(200, R"({"entities":[],"nextUri":")" + next + R"("})"); }};
    EXPECT_EQ(run({"contracts"}), 1);
    EXPECT_NE(run.err.find("leads to no further page: " + next), std::string::npos) << run.err;
  }
}

TEST(Contracts, FiltersGoIntoTheQuestion) {
  CommandRun run{[](const HttpRequest&) { return answer(200, listing_json("")); }};
  EXPECT_EQ(run({"contracts", "--status", "INACTIVE", "--from", "2026-03", "--number", "00 1", "--format", "table"}), 0)
      << run.err;
  EXPECT_EQ(run.out, "No contracts.\n");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].url, "http://127.0.0.1:8080" + contracts_path +
                                    "?pageSize=200&dateStart=2026-03-01&dateEnd=2026-03-31&status=Inactive"
                                    "&externalNumber=00%201");
}

TEST(Contracts, CsvHasARecordForEach) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contracts", "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "id,number,status,commercial_model,start,end,ramp_start,ramp_end,currency,periods,purchase_orders,bill_to,"
            "sold_to,end_customer\n" +
                id +
                ",00041822,Active,Prepay,2026-01-01,2026-12-31,2026-01-01,2026-01-31,USD,4,PO-7781; PO-9,"
                "\"Blue Harbor Bank, C-1001\",,Blue Harbor Retail\n" +
                old_id + ",00040001,Inactive,,2025-01-01,2025-12-31,,,,0,,,,\n");
}

TEST(Contracts, WrongOptionsAreNamedBeforeAnythingIsAsked) {
  struct Row {
    std::vector<std::string> arguments;
    const char* words;
  };
  const Row rows[] = {
      {{"contracts", "--status", "open"}, "--status open: choose Active or Inactive"},
      {{"contracts", "--from", "March"}, "--from: \"March\" is not a date"},
      {{"contracts", "--to", "2026-02-30"}, "there is no such day"},
      {{"contracts", "--format", "xml"}, "--format xml: choose table, json, csv or xlsx"},
      {{"invoices", "--status", "due"}, "--status due: choose Paid or Unpaid"},
      {{"contract"}, "ID is required"},
      {{"period", "00041822"}, "PERIOD is required"},
  };
  for (const Row& row : rows) {
    CommandRun run{one_page()};
    EXPECT_EQ(run(row.arguments), 2) << row.words;
    EXPECT_NE(run.err.find(row.words), std::string::npos) << run.err;
    EXPECT_TRUE(run.calls().empty());
  }
}

TEST(Contracts, RefusalsHaveTheirExitCodes) {
  const std::vector<std::vector<std::string>> commands{{"contracts"}, {"contract", id},      {"period", id, "1"},
                                                       {"invoices"},  {"invoice-lines", id}, {"invoice-document", id}};
  for (const auto& command : commands) {
    CommandRun run{forbidden};
    EXPECT_EQ(run(command), 4) << command[0];
    EXPECT_NE(run.err.find("tallystick " + command[0] + ": 403 missing.any.permissions"), std::string::npos) << run.err;
    CommandRun lost{by_path({})};
    EXPECT_EQ(lost(command), 5) << command[0];
    EXPECT_EQ(lost.out, "");
  }
}

const std::string whole_contract =
    "Contract 00041822 (33333333-3333-4333-8333-333333333333), Active\n"
    "2026-01-01 to 2026-12-31, ramp 2026-01-01 to 2026-01-31, Prepay in USD\n"
    "Bill to: Blue Harbor Bank, C-1001\n"
    "End customer: Blue Harbor Retail\n"
    "Purchase orders: PO-7781, PO-9\n"
    "\n"
    "PRODUCT              ITEM  FROM        TO          UNIT  QUANTITY   PRICE  DISCOUNT  OVERAGE PRICE\n"
    "CX 3                 1     2026-01-01  2026-05-15  User      1080  140.50     15.00         160.00\n"
    "CX 3                 2     2026-05-16  2026-12-31  User       100  138.00         -         160.00\n"
    "API requests, \"all\"  1     2026-01-01  2026-12-31  Each         -       -         -         0.0002\n"
    "\n"
    "PERIOD  FROM        TO          STATUS  ID\n"
    "     0  2026-03-15  2026-04-14  Open    aaaaaaaa-0000-5000-8000-000000000004\n"
    "     1  2026-02-15  2026-03-14  Open    aaaaaaaa-0000-5000-8000-000000000003\n"
    "     2  2026-01-15  2026-02-14  Closed  aaaaaaaa-0000-5000-8000-000000000002\n"
    "     3  2026-01-01  2026-01-14  Closed  aaaaaaaa-0000-5000-8000-000000000001\n";

TEST(Contract, ATableHasLetterItemsAndPeriods) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contract", id, "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, whole_contract);
}

TEST(Contract, AnExternalNumberMeansTheContractThatHasIt) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contract", "00041822", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, whole_contract);
  CommandRun unknown{one_page()};
  EXPECT_EQ(unknown({"contract", "00000000"}), 5);
  EXPECT_EQ(unknown.err, "tallystick contract: no contract has the id or the number \"00000000\"\n");
}

TEST(Contract, ANumberOfSeveralIsNotGuessed) {
  const std::string twin = R"({"id":"other","externalNumber":"00041822"})";
  CommandRun run{by_path(
      {{contracts_path + "?pageSize=200&externalNumber=00041822", listing_json(contract_json() + "," + twin)}})};
  EXPECT_EQ(run({"contract", "00041822"}), 2);
  EXPECT_NE(run.err.find("name one by its id (" + id + ", other)"), std::string::npos) << run.err;
}

TEST(Contract, JsonIsTheModelAsItWasAnswered) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contract", id}), 0) << run.err;
  EXPECT_EQ(run.out, contract_json() + "\n");
}

TEST(Contract, CsvHasTheItems) {
  CommandRun run{one_page()};
  EXPECT_EQ(run({"contract", id, "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "contract_id,contract_number,plan_id,product,part_number,unit,item,type,function,description,from,to,"
            "quantity,price,discount,overage_price,currency,charged_through\n" +
                id +
                ",00041822,pl-1,CX 3,P-3,User,1,Recurring,user-license,,2026-01-01,2026-05-15,1080,140.50,15.00,160.00,"
                "USD,2026-02-14\n" +
                id + ",00041822,pl-1,CX 3,P-3,User,2,,,,2026-05-16,2026-12-31,100,138.00,,160.00,USD,\n" + id +
                ",00041822,,\"API requests, \"\"all\"\"\",,Each,1,Usage,,,2026-01-01,2026-12-31,,,,0.0002,USD,\n");
}

TEST(Contract, OneWithoutAnythingSaysSo) {
  CommandRun run{by_path({{contracts_path + "/" + old_id, old_contract_json()}})};
  EXPECT_EQ(run({"contract", old_id, "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, "Contract 00040001 (" + old_id +
                         "), Inactive\n2025-01-01 to 2025-12-31\n\nIt has no items.\n\nNo billing period has begun.\n");
}

std::string detail_json(int number) {
  return R"({"id":")" + period_id(number) +
         R"(","dateStart":"2026-02-15","dateEnd":"2026-03-14","status":"Closed","charges":[{"id":"ch-1","name":"CX 3",)"
         R"("product":{"sku":"P-3","unitOfMeasure":"User"},"prepaidQuantity":1080,"actualQuantity":1200.5,)"
         R"("overageQuantity":120.5,"overageRate":160,"overageCharge":19280,"overageCurrency":"USD"},)"
         R"({"name":"Voice bot minutes","product":{"sku":"P-VB","unitOfMeasure":"Minute"},"prepaidQuantity":0,)"
         R"("fairuseQuantity":250,"actualQuantity":34,"overageQuantity":0,"overageRate":0.0002,"overageCharge":0,)"
         R"("overageCurrency":"USD","convertedTokenCount":2,"tokenConversionRate":17},{"name":"Adjustment of January",)"
         R"("overageCharge":-10.5,"overageCurrency":"USD"}],"wallets":[{"name":"AI tokens","startingBalance":350,)"
         R"("endingBalance":0,"balanceDecrease":150,"balanceConsumption":200,"balanceOverage":0,)"
         R"("balanceOverageRate":1,"balanceOverageCharge":0,"balanceOverageCurrency":"USD","unitOfMeasure":"Token"}]})";
}

CommandRun::Answer with_periods() {
  std::map<std::string, std::string> answers{
      {contracts_path + "/" + id, contract_json()},
      {contracts_path + "?pageSize=200&externalNumber=00041822", listing_json(contract_json())}};
  for (int number = 1; number <= 4; ++number) {
    answers[contracts_path + "/" + id + "/billingperiods/" + period_id(number)] = detail_json(number);
  }
  return by_path(std::move(answers));
}

TEST(Period, ATableHasChargesAndWallets) {
  CommandRun run{with_periods()};
  EXPECT_EQ(run({"period", id, period_id(3), "--format", "table"}), 0) << run.err;
  EXPECT_EQ(
      run.out,
      "Billing period 2026-02-15 to 2026-03-14, Closed (aaaaaaaa-0000-5000-8000-000000000003)\n"
      "\n"
      "  CHARGE                 UNIT    PREPAID  FAIR USE  ACTUAL  OVERAGE    RATE  OVERAGE CHARGE  CURRENCY  "
      "TOKENS  PER TOKEN\n"
      "! CX 3                   User       1080         -  1200.5    120.5  160.00        19280.00  USD       "
      "     -          -\n"
      "  Voice bot minutes      Minute        0       250      34        0  0.0002            0.00  USD       "
      "     2         17\n"
      "  Adjustment of January                -         -       -        -       -          -10.50  USD       "
      "     -          -\n"
      "\n"
      "WALLET     UNIT   STARTING  INCREASE  DECREASE  CONSUMED  ENDING  OVERAGE  RATE  OVERAGE CHARGE  CURRENCY\n"
      "AI tokens  Token       350         -       150       200       0        0  1.00            0.00  USD\n");
  // Two ids need no look at the contract.
  EXPECT_EQ(run.calls().size(), 1U);
}

TEST(Period, TheTableOfATerminalHasSeparators) {
  CommandRun run{with_periods()};
  run.out_is_terminal = true;
  run.columns = 140;
  EXPECT_EQ(run({"period", id, period_id(3)}), 0) << run.err;
  EXPECT_NE(run.out.find("   1,080         -  1,200.5    120.5  160.00       19,280.00  USD"), std::string::npos)
      << run.out;
}

TEST(Period, JsonIsTheModelAsItWasAnswered) {
  CommandRun run{with_periods()};
  EXPECT_EQ(run({"period", "00041822", "1"}), 0) << run.err;
  EXPECT_EQ(run.out, detail_json(3) + "\n");
}

TEST(Period, CsvHasTheCharges) {
  CommandRun run{with_periods()};
  EXPECT_EQ(run({"period", id, "1", "--format", "csv"}), 0) << run.err;
  const std::string start = period_id(3) + ",2026-02-15,2026-03-14,Closed,";
  EXPECT_EQ(run.out,
            "period_id,period_start,period_end,status,charge,part_number,unit,prepaid_quantity,fairuse_quantity,"
            "actual_quantity,overage_quantity,overage_rate,overage_charge,currency,converted_tokens,units_per_token\n" +
                start + "CX 3,P-3,User,1080,,1200.5,120.5,160.00,19280.00,USD,,\n" + start +
                "Voice bot minutes,P-VB,Minute,0,250,34,0,0.0002,0.00,USD,2,17\n" + start +
                "Adjustment of January,,,,,,,,-10.50,USD,,\n");
}

TEST(Period, IsNamedByIndexMonthDayOrId) {
  struct Row {
    const char* period;
    int expected;
  };
  const Row rows[] = {{"0", 4},       {"1", 3},          {"3", 1},          {"00", 4},         {"2026-02", 3},
                      {"2026-03", 4}, {"2026-01-14", 1}, {"2026-01-15", 2}, {"2026-02-14", 2}, {"2026-04-14", 4}};
  for (const Row& row : rows) {
    for (const std::string& contract : {id, std::string("00041822")}) {
      CommandRun run{with_periods()};
      EXPECT_EQ(run({"period", contract, row.period}), 0) << run.err;
      EXPECT_EQ(run.calls().back().url.substr(run.calls().back().url.rfind('/') + 1), period_id(row.expected))
          << row.period;
    }
  }
}

TEST(Period, OfAnEndedContractTheLastOneIsTheFirstCompleted) {
  CommandRun run{by_path({{contracts_path + "/" + id, contract_json("Inactive")},
                          {contracts_path + "/" + id + "/billingperiods/" + period_id(4), detail_json(4)}})};
  EXPECT_EQ(run({"period", id, "1"}), 0) << run.err;
  EXPECT_EQ(run.out, detail_json(4) + "\n");
  EXPECT_EQ(run({"period", id, "0"}), 5);
}

TEST(Period, SaysWhichThereAre) {
  struct Row {
    const char* period;
    int code;
    const char* words;
  };
  const Row rows[] = {
      {"4", 5, "has no billing period 4; those that have begun are from 2026-01-01 to 2026-04-14"},
      {"99999999999999999999", 5, "has no billing period 99999999999999999999"},
      {"2026-04", 5, "has no billing period 2026-04"},
      {"2025-12-31", 5, "has no billing period 2025-12-31"},
      {"2026-01", 2,
       "several billing periods begin in 2026-01: name one by a day in it:\n  2026-01-01 to 2026-01-14\n"
       "  2026-01-15 to 2026-02-14"},
      {"last", 2, "\"last\" is no billing period: give its id, the month"},
      {"-1", 2, ""},
  };
  for (const Row& row : rows) {
    CommandRun run{with_periods()};
    EXPECT_EQ(run({"period", id, row.period}), row.code) << run.err;
    EXPECT_NE(run.err.find(row.words), std::string::npos) << run.err;
    EXPECT_EQ(run.out, "");
  }
}

TEST(Period, OneWithoutChargesSaysSo) {
  CommandRun run{by_path({{contracts_path + "/" + id + "/billingperiods/" + period_id(1),
                           R"({"dateStart":"2026-01-01","dateEnd":"2026-01-14","charges":[]})"}})};
  EXPECT_EQ(run({"period", id, period_id(1), "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, "Billing period 2026-01-01 to 2026-01-14\n\nNothing is charged.\n");
}

}  // namespace
}  // namespace tallystick::cli_test
