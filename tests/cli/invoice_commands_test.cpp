#include <gtest/gtest.h>

#include "cli/billing_service.hpp"

namespace tallystick::cli_test {
namespace {

const std::string bank = "22222222-2222-4222-8222-222222222222";
const std::string march = "aaaaaaaa-0000-5000-8000-000000000003";
const std::string draft = "aaaaaaaa-0000-5000-8000-000000000004";
const std::string published = "/api/v2/billing/contracts/invoices";
const std::string own = "/tallystick/v1/invoices";

const std::string invoices_json =
    R"({"entities":[{"id":")" + march +
    R"(","billToCustomer":{"number":"C-1001","name":"Blue Harbor Bank"},"dateInvoiced":"2026-03-31",)"
    R"("currencyIsoCode":"USD","paymentStatus":"Unpaid","paymentTerms":"Net 30","customerPoNumber":"PO-7781",)"
    R"("customerInvoiceType":"Invoice","amount":12345.5},{"id":"i-2","dateInvoiced":"2026-02-28",)"
    R"("currencyIsoCode":"JPY","paymentStatus":"Paid","customerInvoiceType":"CreditNote","amount":-500}]})";

const std::string march_record =
    R"({"id":")" + march +
    R"(","number":"NW-000012","status":"Issued","billToCustomer":{"name":"Blue Harbor Bank"},)"
    R"("dateInvoiced":"2026-03-31","dateStart":"2026-03-01","dateEnd":"2026-03-31","contractId":"c-1",)"
    R"("currencyIsoCode":"USD","paymentStatus":"Unpaid","customerInvoiceType":"Invoice","amount":12345.5,)"
    R"("amountPaid":12000,"amountCredited":45.5,"amountDue":300})";
const std::string draft_record =
    R"({"id":")" + draft +
    R"(","status":"Draft","dateStart":"2026-04-01","dateEnd":"2026-04-30","currencyIsoCode":"USD",)"
    R"("customerInvoiceType":"Invoice","amount":17.2,"amountPaid":0,"amountCredited":0,"amountDue":17.2})";

const std::string lines_json =
    R"({"entities":[{"id":"l-1","product":{"sku":"P-3","name":"CX 3"},"description":"80 at 140.00, prepaid",)"
    R"("dateTransacted":"2026-03-31","dateStart":"2026-03-01","dateEnd":"2026-03-31",)"
    R"("organization":{"name":"Blue Harbor Bank"},"quantity":1080,"unitOfMeasure":"User","amount":12345.7},)"
    R"({"description":"Minimum","dateStart":"2026-03-01","dateEnd":"2026-03-31","amount":0.5},)"
    R"({"product":{"name":"API requests"},"description":"Adjustment","dateStart":"2026-01-01",)"
    R"("dateEnd":"2026-01-31","quantity":-3,"unitOfMeasure":"Each","amount":-0.2}]})";

CommandRun::Answer service() {
  return by_path(
      {{published + "?pageSize=200", invoices_json},
       {published + "/" + march + "/lines?pageSize=200", lines_json},
       {own + "?pageSize=200", R"({"entities":[)" + draft_record + "," + march_record + "]}"},
       {own + "?pageSize=200&status=Issued", R"({"entities":[)" + march_record + "]}"},
       {own + "/" + draft + "/lines?pageSize=200", R"({"entities":[]})"},
       {own + "?organizationId=" + bank + "&pageSize=200&status=Issued", R"({"entities":[)" + march_record + "]}"},
       {own + "/" + march + "/lines?organizationId=" + bank + "&pageSize=200", lines_json}});
}

TEST(Invoices, ATableHasOneLineForEach) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoices", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "DATE        TYPE        BILL TO                   ORDER    STATUS    AMOUNT  CURRENCY  ID\n"
            "2026-03-31  Invoice     Blue Harbor Bank, C-1001  PO-7781  Unpaid  12345.50  USD       " +
                march +
                "\n"
                "2026-02-28  CreditNote                                     Paid        -500  JPY       i-2\n");
}

TEST(Invoices, JsonIsThePublishedModelAsItWasAnswered) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoices"}), 0) << run.err;
  EXPECT_EQ(run.out, invoices_json + "\n");
}

TEST(Invoices, CsvHasARecordForEach) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoices", "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "id,date,type,bill_to,ship_to,sold_to,purchase_order,payment_terms,payment_link,payment_status,amount,"
            "currency\n" +
                march +
                ",2026-03-31,Invoice,\"Blue Harbor Bank, C-1001\",,,PO-7781,Net 30,,Unpaid,12345.50,USD\n"
                "i-2,2026-02-28,CreditNote,,,,,,,Paid,-500,JPY\n");
}

TEST(Invoices, FiltersGoIntoTheQuestion) {
  struct Row {
    std::vector<std::string> arguments;
    std::string asked;
  };
  const Row rows[] = {
      {{"invoices", "--status", "unpaid", "--from", "2026"},
       published + "?pageSize=200&dateStart=2026-01-01&dateEnd=2026-12-31&paymentStatus=Unpaid"},
      {{"invoices", "--from", "2026-03", "--to", "2026-05"},
       published + "?pageSize=200&dateStart=2026-03-01&dateEnd=2026-04-30"},
      {{"invoices", "--to", "2026-03"}, published + "?pageSize=200&dateEnd=2026-02-28"},
      {{"invoices", "--numbers", "--status", "PAID"}, own + "?pageSize=200&status=Issued&paymentStatus=Paid"},
      {{"invoices", "--drafts", "--numbers"}, own + "?pageSize=200"},
      {{"invoices", "--organization", bank, "--from", "2026-03-05"},
       own + "?organizationId=" + bank + "&pageSize=200&status=Issued&dateStart=2026-03-05&dateEnd=2026-03-05"},
      {{"invoices", "--organization", bank, "--drafts"}, own + "?organizationId=" + bank + "&pageSize=200"},
  };
  for (const Row& row : rows) {
    CommandRun run{[](const HttpRequest&) { return answer(200, R"({"entities":[]})"); }};
    auto arguments = row.arguments;
    arguments.insert(arguments.end(), {"--format", "table"});
    EXPECT_EQ(run(arguments), 0) << run.err;
    EXPECT_EQ(run.out, "No invoices.\n");
    ASSERT_EQ(run.calls().size(), 1U);
    EXPECT_EQ(run.calls()[0].url, "http://127.0.0.1:8080" + row.asked);
  }
}

TEST(Invoices, WithDraftsTheyHaveNumbersAndWhatIsDue) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoices", "--drafts", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "NUMBER     DATE        TYPE     PERIOD                      AMOUNT      PAID     DUE  CURRENCY  ID\n"
            "Draft                  Invoice  2026-04-01 to 2026-04-30     17.20      0.00   17.20  USD       " +
                draft +
                "\n"
                "NW-000012  2026-03-31  Invoice  2026-03-01 to 2026-03-31  12345.50  12000.00  300.00  USD       " +
                march + "\n");
  EXPECT_EQ(run({"invoices", "--drafts", "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "id,number,status,date,period_start,period_end,contract_id,type,credited_invoice_id,bill_to,purchase_order,"
            "payment_status,amount,paid,credited,due,currency\n" +
                draft + ",,Draft,,2026-04-01,2026-04-30,,Invoice,,,,,17.20,0.00,0.00,17.20,USD\n" + march +
                ",NW-000012,Issued,2026-03-31,2026-03-01,2026-03-31,c-1,Invoice,,Blue Harbor Bank,,Unpaid,12345.50,"
                "12000.00,45.50,300.00,USD\n");
}

// A draft has no date and no payment: a filter would leave all of them out without a word.
TEST(Invoices, DraftsHaveNothingToChooseBy) {
  for (const std::vector<std::string>& filter :
       {std::vector<std::string>{"--status", "paid"}, {"--from", "2026-03"}, {"--to", "2026-03"}}) {
    CommandRun run{service()};
    std::vector<std::string> arguments{"invoices", "--drafts"};
    arguments.insert(arguments.end(), filter.begin(), filter.end());
    EXPECT_EQ(run(arguments), 2);
    EXPECT_NE(run.err.find("excludes"), std::string::npos) << run.err;
    EXPECT_TRUE(run.calls().empty());
  }
}

TEST(Invoices, DraftsAreOfATallystickServerAlone) {
  CommandRun run{by_path({{published + "?pageSize=200", invoices_json}})};
  EXPECT_EQ(run({"invoices", "--drafts"}), 5);
  EXPECT_NE(run.err.find("only a Tallystick server tells drafts and numbers"), std::string::npos) << run.err;
}

const std::string lines_table =
    "PRODUCT       DESCRIPTION            FROM        TO          QUANTITY  UNIT    AMOUNT\n"
    "CX 3          80 at 140.00, prepaid  2026-03-01  2026-03-31      1080  User  12345.70\n"
    "              Minimum                2026-03-01  2026-03-31         -            0.50\n"
    "API requests  Adjustment             2026-01-01  2026-01-31        -3  Each     -0.20\n"
    "Total                                                                        12346.00\n";

TEST(InvoiceLines, ATableEndsWithTheSum) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoice-lines", march, "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, lines_table);
  EXPECT_EQ(run.calls().size(), 1U);
}

TEST(InvoiceLines, ANumberMeansTheInvoiceThatHasIt) {
  for (const std::vector<std::string>& whose : {std::vector<std::string>{}, {"--organization", bank}}) {
    CommandRun run{service()};
    std::vector<std::string> arguments{"invoice-lines", "NW-000012", "--format", "table"};
    arguments.insert(arguments.end(), whose.begin(), whose.end());
    EXPECT_EQ(run(arguments), 0) << run.err;
    EXPECT_EQ(run.out, lines_table);
    arguments[1] = "NW-000013";
    EXPECT_EQ(run(arguments), 5);
    EXPECT_NE(run.err.find("no invoice has the id or the number \"NW-000013\""), std::string::npos) << run.err;
    EXPECT_EQ(run.err.find("an operator says") == std::string::npos, !whose.empty()) << run.err;
  }
}

TEST(InvoiceLines, OfADraftComeFromItsOwnAddress) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoice-lines", draft, "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, "The invoice has no lines.\n");
  EXPECT_EQ(run({"invoice-lines", bank}), 5);
}

TEST(InvoiceLines, JsonAndCsvHaveEveryField) {
  CommandRun run{service()};
  EXPECT_EQ(run({"invoice-lines", march}), 0) << run.err;
  EXPECT_EQ(run.out, lines_json + "\n");
  EXPECT_EQ(run({"invoice-lines", march, "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "id,product,part_number,description,organization,transacted,from,to,quantity,unit,amount\n"
            "l-1,CX 3,P-3,\"80 at 140.00, prepaid\",Blue Harbor Bank,2026-03-31,2026-03-01,2026-03-31,1080,User,"
            "12345.7\n"
            ",,,Minimum,,,2026-03-01,2026-03-31,,,0.5\n"
            ",API requests,,Adjustment,,,2026-01-01,2026-01-31,-3,Each,-0.2\n");
}

// Lines do not say their currency, and an id does not either: most have two minor digits, dinars three.
TEST(InvoiceLines, AmountsHaveTheDigitsOfTheFinest) {
  struct Row {
    const char* first;
    const char* second;
    std::vector<std::string> shown;
  };
  const Row rows[] = {{"500", "1000", {"500.00", "1000.00", "1500.00"}},
                      {"500", "17.2", {"500.00", "17.20", "517.20"}},
                      {"1.125", "2", {"1.125", "2.000", "3.125"}}};
  for (const Row& row : rows) {
    const std::string lines =
        R"({"entities":[{"amount":)" + std::string(row.first) + R"(},{"amount":)" + row.second + "}]}";
    CommandRun run{by_path({{published + "/" + march + "/lines?pageSize=200", lines}})};
    EXPECT_EQ(run({"invoice-lines", march, "--format", "table"}), 0) << run.err;
    std::istringstream text(run.out.substr(run.out.find('\n') + 1));
    std::vector<std::string> shown;
    for (std::string line; std::getline(text, line);) shown.push_back(line.substr(line.rfind(' ') + 1));
    EXPECT_EQ(shown, row.shown);
  }
}

TEST(InvoiceLines, AnInvoiceThatIsNamedByItsNumberHasItsCurrency) {
  const std::pair<const char*, const char*> rows[] = {{"JPY", "500"}, {"USD", "500.00"}, {"BHD", "500.000"}};
  for (const auto& [currency, shown] : rows) {
    CommandRun run{by_path(
        {{own + "?pageSize=200&status=Issued",
          R"({"entities":[{"id":")" + march + R"(","number":"N-1","status":"Issued","currencyIsoCode":")" + currency +
              R"(","customerInvoiceType":"Invoice","amount":500,"amountPaid":0,"amountCredited":0,"amountDue":500}]})"},
         {published + "/" + march + "/lines?pageSize=200", R"({"entities":[{"amount":500}]})"}})};
    EXPECT_EQ(run({"invoice-lines", "N-1", "--format", "csv"}), 0) << run.err;
    EXPECT_TRUE(run.out.ends_with(std::string(",") + shown + "\n")) << run.out;
    EXPECT_EQ(run({"invoice-lines", "N-1", "--format", "table"}), 0) << run.err;
    EXPECT_TRUE(run.out.ends_with(std::string(" ") + shown + "\n")) << run.out;
  }
}

TEST(InvoiceLines, PagesAreOneListing) {
  const std::string path = published + "/" + march + "/lines?";
  CommandRun run{
      by_path({{path + "pageSize=200", R"({"entities":[{"id":"l-1"}],"nextUri":"/x?after=k","selfUri":"/s"})"},
               {path + "after=k&pageSize=200", R"({"entities":[{"id":"l-2"}],"previousUri":"/p"})"}})};
  EXPECT_EQ(run({"invoice-lines", march}), 0) << run.err;
  EXPECT_EQ(run.out, R"({"entities":[{"id":"l-1"},{"id":"l-2"}]})"
                     "\n");
}

const std::string organization_json = R"({"closed":[{"contractId":"c-1","billingPeriodId":"p-1",)"
                                      R"("dateStart":"2026-02-01","dateEnd":"2026-02-28","invoiceId":"i-1",)"
                                      R"("invoiceNumber":"NW-000011","currencyIsoCode":"USD","amount":9},)"
                                      R"({"contractId":"c-1","billingPeriodId":"p-2","dateStart":"2026-03-01",)"
                                      R"("dateEnd":"2026-03-31","invoiceId":"i-2","invoiceNumber":"NW-000012",)"
                                      R"("currencyIsoCode":"USD","amount":12345.5}],"adjustmentInvoices":[)" +
                                      std::string(R"({"id":"i-3","number":"NW-000013","status":"Issued",)"
                                                  R"("contractId":"c-2","currencyIsoCode":"EUR","amount":-10,)"
                                                  R"("amountPaid":0,"amountCredited":0,"amountDue":0}]})");

TEST(Close, ATableSaysWhatWasClosed) {
  CommandRun run{[](const HttpRequest&) { return answer(200, organization_json); }};
  EXPECT_EQ(run({"close", bank, "--through", "2026-03", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "PERIOD                    INVOICE      AMOUNT  CURRENCY\n"
            "2026-02-01 to 2026-02-28  NW-000011      9.00  USD\n"
            "2026-03-01 to 2026-03-31  NW-000012  12345.50  USD\n"
            "adjustments               NW-000013    -10.00  EUR\n");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].method + " " + run.calls()[0].url, "POST http://127.0.0.1:8080/tallystick/v1/periods/close");
  EXPECT_EQ(run.calls()[0].body, R"({"organizationId":")" + bank + R"(","through":"2026-03-31"})");
}

TEST(Close, JsonAndCsvHaveEveryField) {
  CommandRun run{[](const HttpRequest&) { return answer(200, organization_json); }};
  EXPECT_EQ(run({"close", bank}), 0) << run.err;
  EXPECT_EQ(run.out, organization_json + "\n");
  EXPECT_EQ(run.calls()[0].body, R"({"organizationId":")" + bank + R"("})");
  EXPECT_EQ(run({"close", bank, "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "contract_id,billing_period_id,period_start,period_end,invoice_id,invoice_number,amount,currency\n"
            "c-1,p-1,2026-02-01,2026-02-28,i-1,NW-000011,9.00,USD\n"
            "c-1,p-2,2026-03-01,2026-03-31,i-2,NW-000012,12345.50,USD\n"
            "c-2,,,,i-3,NW-000013,-10.00,EUR\n");
}

TEST(Close, WhereNothingHasEndedItSaysSo) {
  CommandRun run{[](const HttpRequest&) { return answer(200, R"({"closed":[],"adjustmentInvoices":[]})"); }};
  EXPECT_EQ(run({"close", bank, "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, "Nothing was open that could be closed.\n");
}

TEST(Close, IsNotSentTwice) {
  CommandRun run{[](const HttpRequest&) { return answer(503, "{}"); }};
  EXPECT_EQ(run({"close", bank}), 6);
  EXPECT_EQ(run.calls().size(), 1U);
}

TEST(Pay, RecordsAPaymentUnderItsKey) {
  const std::string payment = R"({"idempotencyKey":"bank-17","amount":1500,"date":"2026-04-14","reference":"R 1"})";
  CommandRun run{[&](const HttpRequest&) { return answer(200, payment); }};
  EXPECT_EQ(run({"pay", march, "1500.00", "--key", "bank-17", "--date", "2026-04-14", "--reference", "R 1"}), 0)
      << run.err;
  EXPECT_EQ(run.out, payment + "\n");
  EXPECT_EQ(run.err, "");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].method + " " + run.calls()[0].url,
            "POST http://127.0.0.1:8080" + own + "/" + march + "/payments");
  EXPECT_EQ(run.calls()[0].body, payment);
  EXPECT_EQ(run({"pay", march, "1500.00", "--key", "bank-17", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "KEY      DATE         AMOUNT  REFERENCE\n"
            "bank-17  2026-04-14  1500.00  R 1\n");
  EXPECT_EQ(run({"pay", march, "1500.00", "--key", "bank-17", "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out, "key,date,amount,reference\nbank-17,2026-04-14,1500,R 1\n");
}

TEST(Pay, ARandomKeyIsToldBeforeAnythingIsSent) {
  std::vector<std::string> keys;
  for (int i = 0; i < 2; ++i) {
    CommandRun run{[](const HttpRequest&) { return answer(500, "{}"); }};
    EXPECT_EQ(run({"pay", march, "1"}), 1);
    const std::string words = "to repeat this, add --key ";
    ASSERT_TRUE(run.err.starts_with(words)) << run.err;
    keys.push_back(run.err.substr(words.size(), 36));
    EXPECT_EQ(run.calls().at(0).body, R"({"idempotencyKey":")" + keys.back() + R"(","amount":1})");
  }
  EXPECT_NE(keys[0], keys[1]);
}

TEST(Pay, FindsTheInvoiceOfACustomerByItsNumber) {
  std::vector<std::string> asked;
  CommandRun run{[&](const HttpRequest& request) {
    asked.push_back(request.method + " " + request.url.substr(std::string("http://127.0.0.1:8080").size()));
    return request.method == "POST" ? answer(200, R"({"idempotencyKey":"k","amount":1})") : service()(request);
  }};
  EXPECT_EQ(run({"pay", "NW-000012", "1", "--organization", bank, "--key", "k"}), 0) << run.err;
  EXPECT_EQ(asked, (std::vector<std::string>{"GET " + own + "?organizationId=" + bank + "&pageSize=200&status=Issued",
                                             "POST " + own + "/" + march + "/payments"}));
}

TEST(Pay, WhatCannotBeAPaymentIsNotSent) {
  const std::vector<std::vector<std::string>> wrong{
      {"pay", march},
      {"pay", march, "0"},
      {"pay", march, "1,000.00"},
      {"pay", march, "1e3"},
      {"pay", march, "-5"},
      {"pay", march, "0.0000000001"},
      {"pay", march, "1", "--key", ""},
      {"pay", march, "1", "--key", std::string(129, 'k')},
      {"pay", march, "1", "--date", "2026-03"},
      {"pay", march, "1", "--date", "2026-02-30"},
      {"pay", march, "1", "--organization", "bank"},
      {"credit", march, "1"},
      {"credit", march, "0", "--reason", "x"},
      {"close", "bank"},
      {"close", bank, "--through", "soon"},
      {"close", bank, "--through", "2026-03-31T00:00:00Z"},
  };
  for (const auto& arguments : wrong) {
    CommandRun run{service()};
    EXPECT_EQ(run(arguments), 2) << arguments.back();
    EXPECT_NE(run.err, "");
    EXPECT_TRUE(run.calls().empty()) << arguments.back();
  }
}

TEST(Pay, ARefusalSaysWhy) {
  CommandRun run{[](const HttpRequest&) {
    return answer(409, R"({"message":"The request conflicts with what is stored.","code":"conflict","status":409,)"
                       R"("details":[{"fieldName":"/amount","errorCode":"is more than the 300 that are due"}]})");
  }};
  const std::string conflict =
      "409 conflict: The request conflicts with what is stored.\n"
      "  amount: is more than the 300 that are due\n";
  EXPECT_EQ(run({"pay", march, "500", "--key", "k"}), 1);
  EXPECT_EQ(run.err, "tallystick pay: " + conflict);
  EXPECT_EQ(run({"credit", march, "500", "--key", "k", "--reason", "x"}), 1);
  EXPECT_EQ(run.err, "tallystick credit: " + conflict);
  EXPECT_EQ(run({"close", bank}), 1);
  EXPECT_EQ(run.err, "tallystick close: " + conflict);
  CommandRun invalid{[](const HttpRequest&) {
    return answer(400, R"({"message":"/through: has not ended","code":"constraint.validation","status":400,)"
                       R"("details":[{"fieldName":"/through","errorCode":"has not ended"}]})");
  }};
  EXPECT_EQ(invalid({"close", bank}), 2);
  EXPECT_EQ(invalid.err, "tallystick close: 400 constraint.validation: /through: has not ended\n");
  CommandRun refused{forbidden};
  EXPECT_EQ(refused({"pay", march, "500", "--key", "k"}), 4);
  CommandRun unknown{by_path({})};
  EXPECT_EQ(unknown({"credit", march, "--reason", "x", "--key", "k"}), 5);
}

TEST(Credit, IssuesACreditNote) {
  CommandRun run{[](const HttpRequest&) { return answer(200, march_record); }};
  EXPECT_EQ(run({"credit", march, "25.5", "--reason", "Outage of 3 March", "--key", "k"}), 0) << run.err;
  EXPECT_EQ(run.out, march_record + "\n");
  EXPECT_EQ(run.calls().at(0).method + " " + run.calls().at(0).url,
            "POST http://127.0.0.1:8080" + own + "/" + march + "/creditnotes");
  EXPECT_EQ(run.calls().at(0).body, R"({"idempotencyKey":"k","amount":25.5,"reason":"Outage of 3 March"})");
  EXPECT_EQ(run({"credit", march, "--reason", "All", "--key", "k", "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "NUMBER     DATE        TYPE     PERIOD                      AMOUNT      PAID     DUE  CURRENCY  ID\n"
            "NW-000012  2026-03-31  Invoice  2026-03-01 to 2026-03-31  12345.50  12000.00  300.00  USD       " +
                march + "\n");
  EXPECT_EQ(run.calls().at(1).body, R"({"idempotencyKey":"k","reason":"All"})");
}

}  // namespace
}  // namespace tallystick::cli_test
