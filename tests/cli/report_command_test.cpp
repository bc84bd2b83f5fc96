#include <gtest/gtest.h>

#include "cli/command_run.hpp"

namespace tallystick::cli_test {
namespace {

using std::chrono::milliseconds;

// As a server answers it, with a field that this version does not know.
constexpr const char* complete =
    R"({"id":"r-1","startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z","status":"Complete",)"
    R"("usages":[{"name":"Genesys Cloud CX 3","totalUsage":"2","resources":[)"
    R"({"name":"ana@example.com","date":"2026-03-04T09:15:00.000Z"},)"
    R"({"name":"bo, the 2nd","date":"2026-03-05T00:00:00.000Z"}]},)"
    R"({"name":"Voice minutes","totalUsage":"1250000.5","resources":[]}],)"
    R"("selfUri":"/api/v2/billing/reports/billableusage","newField":{"a":[1]}})";
constexpr const char* in_progress =
    R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z","status":"InProgress","usages":[]})";

CommandRun answering(const std::string& body) {
  return CommandRun([body](const HttpRequest&) { return answer(200, body); });
}

TEST(Report, JsonIsTheModelAsItWasAnswered) {
  CommandRun run = answering(complete);
  EXPECT_EQ(run({"report", "--from", "2026-03"}), 0);
  EXPECT_EQ(run.out, std::string(complete) + "\n");
  EXPECT_EQ(run.err, "");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].method, "GET");
  EXPECT_EQ(run.calls()[0].url,
            "http://127.0.0.1:8080/api/v2/billing/reports/billableusage?startDate=2026-03-01T00%3A00%3A00.000Z"
            "&endDate=2026-04-01T00%3A00%3A00.000Z");
}

TEST(Report, AnOperatorAsksForAnyOrganization) {
  CommandRun run = answering(complete);
  EXPECT_EQ(run({"report", "--from", "2026-03-01", "--to", "2026-03-02", "--organization",
                 "22222222-2222-4222-8222-222222222222"}),
            0);
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].url,
            "http://127.0.0.1:8080/tallystick/v1/reports/billableusage?organizationId="
            "22222222-2222-4222-8222-222222222222&startDate=2026-03-01T00%3A00%3A00.000Z"
            "&endDate=2026-03-02T00%3A00%3A00.000Z");
}

TEST(Report, TheTableOfATerminal) {
  CommandRun run = answering(complete);
  run.out_is_terminal = true;
  EXPECT_EQ(run({"report", "--from", "2026-03"}), 0);
  EXPECT_EQ(run.out,
            "Billable usage from 2026-03-01T00:00:00.000Z to 2026-04-01T00:00:00.000Z\n"
            "\n"
            "PRODUCT                   TOTAL  RESOURCES\n"
            "Genesys Cloud CX 3            2          2\n"
            "Voice minutes       1,250,000.5          0\n");
}

TEST(Report, TheTableWithResourcesElsewhereHasPlainNumbersAndNoLimit) {
  CommandRun run = answering(complete);
  run.columns = 20;
  EXPECT_EQ(run({"report", "--from", "2026-03", "--resources", "--format", "table"}), 0);
  EXPECT_EQ(run.out,
            "Billable usage from 2026-03-01T00:00:00.000Z to 2026-04-01T00:00:00.000Z\n"
            "\n"
            "PRODUCT                 TOTAL  RESOURCES  RESOURCE         FIRST SEEN\n"
            "Genesys Cloud CX 3          2          2\n"
            "                                          ana@example.com  2026-03-04T09:15:00.000Z\n"
            "                                          bo, the 2nd      2026-03-05T00:00:00.000Z\n"
            "Voice minutes       1250000.5          0\n");
}

TEST(Report, CsvHasARecordForEachResource) {
  const TemporaryFolder folder;
  CommandRun run = answering(complete);
  const std::string file = folder.path("march.csv");
  EXPECT_EQ(run({"report", "--from", "2026-03", "--output", file}), 0);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(TemporaryFolder::read(file),
            "product,total,resource,first_seen\n"
            "Genesys Cloud CX 3,2,ana@example.com,2026-03-04T09:15:00.000Z\n"
            "Genesys Cloud CX 3,2,\"bo, the 2nd\",2026-03-05T00:00:00.000Z\n"
            "Voice minutes,1250000.5,,\n");
}

TEST(Report, AsksAgainWhileInProgress) {
  int asked = 0;
  CommandRun run([&](const HttpRequest&) { return answer(200, ++asked < 5 ? in_progress : complete); });
  EXPECT_EQ(run({"report", "--from", "2026-03"}), 0);
  EXPECT_EQ(run.out, std::string(complete) + "\n");
  EXPECT_EQ(asked, 5);
  const std::vector<milliseconds> expected{milliseconds{1'000}, milliseconds{2'000}, milliseconds{4'000},
                                           milliseconds{5'000}};
  EXPECT_EQ(run.pauses, expected);
  const auto calls = run.calls();
  for (const auto& call : calls) EXPECT_EQ(call.url, calls.front().url);
}

TEST(Report, GivesUpAfterTenMinutesInProgress) {
  CommandRun run = answering(in_progress);
  EXPECT_EQ(run({"report", "--from", "2026-03"}), 6);
  EXPECT_EQ(run.out, "");
  milliseconds waited{0};
  for (const auto pause : run.pauses) waited += pause;
  EXPECT_GE(waited, milliseconds{600'000});
  EXPECT_LT(waited, milliseconds{606'000});
}

TEST(Report, AStatusOfANewerServerIsTold) {
  std::string newer = complete;
  newer.replace(newer.find("Complete"), 8, "Archived");
  CommandRun run = answering(newer);
  EXPECT_EQ(run({"report", "--from", "2026-03"}), 0);
  EXPECT_EQ(run.out, newer + "\n");
  EXPECT_NE(run.err.find("\"Archived\""), std::string::npos);
}

TEST(Report, ErrorsOfTheServerBecomeExitCodes) {
  struct Row {
    int status;
    const char* code;
    int expected;
  };
  const Row rows[] = {{400, "constraint.validation", 2},
                      {403, "missing.any.permissions", 4},
                      {404, "not.found", 5},
                      {500, "internal.server.error", 1},
                      {401, "bad.credentials", 3}};
  for (const Row& row : rows) {
    CommandRun run([&](const HttpRequest&) {
      return answer(row.status, R"({"message":"Told by the server.","code":")" + std::string(row.code) +
                                    R"(","contextId":"c-77"})");
    });
    EXPECT_EQ(run({"report", "--from", "2026-03"}), row.expected) << row.status;
    EXPECT_EQ(run.out, "");
    EXPECT_TRUE(run.err.starts_with("tallystick report: ")) << run.err;
    EXPECT_NE(run.err.find("Told by the server."), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("c-77"), std::string::npos) << run.err;
  }
}

TEST(Report, WithoutANetworkTheExitCodeSaysSo) {
  CommandRun run([](const HttpRequest&) -> ApiResult<HttpResponse> {
    return fail(ApiError{.kind = ApiError::Kind::network, .message = "127.0.0.1:8080 refused the connection"});
  });
  EXPECT_EQ(run({"report", "--from", "2026-03"}), 6);
  EXPECT_NE(run.err.find("refused the connection"), std::string::npos);
}

TEST(Report, BadInputIsNamedBeforeAnythingIsSent) {
  struct Row {
    std::vector<std::string> arguments;
    const char* expected;
  };
  const Row rows[] = {
      {{"report", "--from", "March"}, "tallystick report: --from: \"March\" is not a date"},
      {{"report", "--from", "2026-03", "--organization", "x"}, "--organization: \"x\" is not a UUID"},
      {{"report", "--from", "2026-03", "--format", "xml"}, "--format xml: choose table, json, csv or xlsx\n"},
      {{"report", "--from", "2026-03", "--format", "svg"},
       "tallystick report: --format svg: only report --concurrent draws; choose table, json, csv or xlsx\n"},
      {{"report", "--from", "2026-03", "--base-url", "http://example.com"}, "tallystick report: "},
  };
  for (const Row& row : rows) {
    CommandRun run = answering(complete);
    EXPECT_EQ(run(row.arguments), 2) << row.expected;
    EXPECT_NE(run.err.find(row.expected), std::string::npos) << run.err;
    EXPECT_TRUE(run.transport->requests().empty());
  }
}

TEST(Report, VerboseTellsRequestsAndNoSecret) {
  CommandRun run = answering(complete);
  EXPECT_EQ(run({"report", "--from", "2026-03", "--verbose"}), 0);
  EXPECT_NE(
      run.err.find("base URL http://127.0.0.1:8080 (TALLYSTICK_BASE_URL), client operator (TALLYSTICK_CLIENT_ID)"),
      std::string::npos)
      << run.err;
  EXPECT_NE(run.err.find("POST http://127.0.0.1:8080/oauth/token (29 B): 200"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("GET http://127.0.0.1:8080/api/v2/billing/reports/billableusage?"), std::string::npos);
  for (const char* secret : {"secret-of-operator", "token-1", "Basic", "Bearer"}) {
    EXPECT_EQ(run.err.find(secret), std::string::npos) << run.err;
  }
}

TEST(Usage, ErrorsNameTheNearestSpelling) {
  struct Row {
    std::vector<std::string> arguments;
    const char* expected;
  };
  const Row rows[] = {
      {{"reprot", "--from", "2026-03"}, "tallystick: \"reprot\" is no command, did you mean \"report\"?\n"},
      {{"report", "--form", "2026-03"}, "tallystick report: \"--form\" is no option, did you mean \"--from\"?\n"},
      {{"report", "--form=2026-03"}, "tallystick report: \"--form=2026-03\" is no option, did you mean \"--from\"?\n"},
      {{"report", "--from", "2026-03", "march"}, "tallystick report: \"march\" is one argument too many\n"},
      {{"report"}, "tallystick report: --from is required\n"},
      {{"report", "--from"}, "tallystick report: --from: "},
      {{}, "tallystick: no command was given\n"},
      {{"report", "--from", "2026", "--base-url", "x", "--region", "y"},
       "tallystick report: --base-url excludes --region"},
      {{"report", "--from", "2026", "--client-secret", "x"},
       "\"--client-secret\" is no option, did you mean \"--client-secret-file\"?\n"},
      {{"ingest", "--parallel", "0", "a.csv"}, "tallystick ingest: --parallel: "},
  };
  for (const Row& row : rows) {
    CommandRun run = answering(complete);
    EXPECT_EQ(run(row.arguments), 2) << row.expected;
    EXPECT_NE(run.err.find(row.expected), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("--help."), std::string::npos) << run.err;
    EXPECT_EQ(run.out, "");
  }
}

TEST(Usage, HelpIsAnAnswerAndHasAnExample) {
  for (const char* command : {"apply", "ingest", "report", "whoami"}) {
    CommandRun run = answering(complete);
    EXPECT_EQ(run({command, "--help"}), 0) << command;
    EXPECT_NE(run.out.find(":\n  tallystick " + std::string(command)), std::string::npos) << run.out;
    EXPECT_EQ(run.err, "");
  }
}

TEST(Whoami, TellsOrganizationAndClient) {
  const std::string organization = R"({"id":"11111111-1111-4111-8111-111111111111","name":"Northwind Partners"})";
  CommandRun run = answering(organization);
  EXPECT_EQ(run({"whoami"}), 0);
  EXPECT_EQ(run.out, organization + "\n");
  EXPECT_EQ(run({"whoami", "--format", "csv"}), 0);
  EXPECT_EQ(run.out,
            "organization_id,organization_name,client_id,base_url\n"
            "11111111-1111-4111-8111-111111111111,Northwind Partners,operator,http://127.0.0.1:8080\n");
  EXPECT_EQ(run({"whoami", "--format", "table"}), 0);
  EXPECT_EQ(run.out,
            "ORGANIZATION                          NAME                CLIENT    BASE URL\n"
            "11111111-1111-4111-8111-111111111111  Northwind Partners  operator  http://127.0.0.1:8080\n");
}

TEST(Whoami, WrongCredentialsAreNotAuthenticated) {
  CommandRun run([](const HttpRequest&) { return answer(200, "{}"); });
  run.transport = std::make_shared<client_test::FakeTransport>([](const HttpRequest&) {
    return answer(401, R"({"error":"invalid_client","error_description":"unknown client or wrong secret"})");
  });
  EXPECT_EQ(run({"whoami"}), 3);
  run.environment.clear();
  EXPECT_EQ(run({"whoami"}), 3);
}

}  // namespace
}  // namespace tallystick::cli_test
