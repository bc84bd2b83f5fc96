#include <gtest/gtest.h>

#include <mutex>

#include "cli/command_run.hpp"

namespace tallystick::cli_test {
namespace {

const std::string bank = "22222222-2222-4222-8222-222222222222";
const std::string clinic = "33333333-3333-4333-8333-333333333333";
const std::string closed = "44444444-4444-4444-8444-444444444444";

const std::string not_found =
    R"({"message":"The requested resource was not found.","code":"not.found","status":404,"contextId":"c-1",)"
    R"("details":[],"errors":[]})";

std::string name_of(const std::string& id) {
  return id == bank ? "Blue Harbor Bank" : "Cedar Clinic";
}

/// 10 seats at 140.00, 160.00 for each above; 12 used in period 0, 9 in each before. With a field that is not known.
std::string overview_json(const std::string& id, int index) {
  const std::string month = std::to_string(9 - index);
  return R"({"organization":{"id":")" + id + R"(","name":")" + name_of(id) +
         R"("},"currency":"USD","enabledProducts":["Seats"],"subscriptionType":"PREPAY",)"
         R"("billingPeriodStartDate":"2026-0)" +
         month + R"(-01T00:00:00.000Z","billingPeriodEndDate":"2026-0)" + month +
         R"(-28T23:59:59.999Z","usages":[{"name":"Seats","partNumber":"P-1","grouping":"user-license",)"
         R"("unitOfMeasureType":"user","usageQuantity":")" +
         (index == 0 ? "1212" : "909") +
         R"(","overagePrice":"160.00","prepayQuantity":"1000","prepayPrice":"140.00","isCancellable":true,)"
         R"("bundleQuantity":"1","isThirdParty":false},{"name":"Storage","partNumber":"P-2","grouping":"storage",)"
         R"("unitOfMeasureType":"gb","usageQuantity":"0.5","prepayQuantity":"1"}],)"
         R"("contractEffectiveDate":"2026-01-01T00:00:00.000Z","contractEndDate":"2026-12-31T23:59:59.999Z",)"
         R"("minimumMonthlyAmount":"10000.00","inRampPeriod":false,"selfUri":"/x","newField":[1]})";
}

/// A service with a bank of 3 periods, a clinic without an open one and 2 before it, and a disabled trust. Any thread.
class OverviewService {
 public:
  ApiResult<HttpResponse> operator()(const HttpRequest& request) {
    const std::string path = request.url.substr(std::string("http://127.0.0.1:8080").size());
    if (path.starts_with("/api/v2/orgauthorization/trustors?")) return answer(200, trustors_json(path));
    if (path == "/api/v2/organizations/me") return answer(200, R"({"id":")" + bank + R"(","name":"Blue Harbor Bank"})");
    const auto index_at = path.find("billingPeriodIndex=");
    const int index = std::stoi(path.substr(index_at + 19));
    const std::string id = path.starts_with("/tallystick/v1/billingoverview?") ? bank : path.substr(39, 36);
    const bool is_there = (id == bank && index < 3) || (id == clinic && index >= 1 && index < 3);
    if (failing_index && index == *failing_index && id == bank) {
      return answer(500, R"({"message":"The server could not do this.","code":"internal.server.error"})");
    }
    if (!is_there) return answer(404, not_found);
    return answer(200, overview_json(id, index));
  }

  std::optional<int> failing_index;

 private:
  [[nodiscard]] static std::string trustors_json(const std::string& path) {
    const auto trustor = [](const std::string& id, const std::string& name, bool enabled) {
      return R"({"id":")" + id + R"(","enabled":)" + (enabled ? "true" : "false") + R"(,"organization":{"id":")" + id +
             R"(","name":")" + name + R"("}})";
    };
    const bool is_second = path.find("pageNumber=2") != std::string::npos;
    return is_second ? R"({"entities":[)" + trustor(closed, "Closed Shop", false) + R"(],"pageNumber":2,"pageCount":2})"
                     : R"({"entities":[)" + trustor(bank, name_of(bank), true) + "," +
                           trustor(clinic, name_of(clinic), true) +
                           R"(],"pageSize":100,"pageNumber":1,"total":3,"nextUri":"/n","selfUri":"/s","pageCount":2})";
  }
};

std::string entry(const std::string& id, int index) {
  return R"({"organization":{"id":")" + id + R"(","name":")" + name_of(id) + R"("},"index":)" + std::to_string(index) +
         R"(,"overview":)" + overview_json(id, index) + "}";
}
std::string failed_entry(const std::string& id, const std::string& name, int index, const std::string& error) {
  return R"({"organization":{"id":")" + id + (name.empty() ? R"("})" : R"(","name":")" + name + R"("})") +
         R"(,"index":)" + std::to_string(index) + R"(,"error":)" + error + "}";
}

TEST(Overview, OneIsTheModelAsItWasAnswered) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", bank, "--period", "1"}), 0) << run.err;
  EXPECT_EQ(run.out, overview_json(bank, 1) + "\n");
  EXPECT_EQ(run.err, "");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].url,
            "http://127.0.0.1:8080/api/v2/billing/trusteebillingoverview/" + bank + "?billingPeriodIndex=1");
}

TEST(Overview, WithoutAnOrganizationItIsOnesOwn) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview"}), 0) << run.err;
  EXPECT_EQ(run.out, overview_json(bank, 0) + "\n");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].url, "http://127.0.0.1:8080/tallystick/v1/billingoverview?billingPeriodIndex=0");
}

TEST(Overview, ANameMeansTheTrustorOfThatName) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", "blue harbor BANK"}), 0) << run.err;
  EXPECT_EQ(run.out, overview_json(bank, 0) + "\n");
  CommandRun wrong{OverviewService()};
  EXPECT_EQ(wrong({"overview", "Blue Harbour Bank"}), 2);
  EXPECT_NE(wrong.err.find("did you mean \"Blue Harbor Bank\"?"), std::string::npos) << wrong.err;
}

TEST(Overview, TheTableElsewhereMarksLinesWithOverage) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", bank, "--format", "table"}), 0) << run.err;
  EXPECT_EQ(run.out, "Blue Harbor Bank (" + bank +
                         ")\n"
                         "Billing period 0, 2026-09-01 to 2026-09-28\n"
                         "PREPAY in USD, contract 2026-01-01 to 2026-12-31, minimum 10000.00 a month\n"
                         "\n"
                         "  PRODUCT  UNIT  USAGE  PREPAID  PREPAY PRICE  OVERAGE*  OVERAGE PRICE    AMOUNT*\n"
                         "! Seats    user   1212     1000        140.00       212         160.00  173920.00\n"
                         "  Storage  gb      0.5        1             -         0              -          -\n"
                         "\n"
                         "* An estimate from each line's own figures, before taxes, proration, further price tiers and "
                         "the minimum.\n");
}

TEST(Overview, TheTableOfATerminalHasSeparators) {
  CommandRun run{OverviewService()};
  run.out_is_terminal = true;
  run.columns = 100;
  EXPECT_EQ(run({"overview", bank}), 0) << run.err;
  EXPECT_NE(run.out.find("Seats    user  1,212    1,000        140.00       212         160.00  173,920.00\n"),
            std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("minimum 10,000.00 a month"), std::string::npos) << run.out;
}

TEST(Overview, TablesOfSeveralHaveOneFootnote) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", "--all", "--periods", "1..9", "--format", "table"}), 0) << run.err;
  std::size_t heads = 0;
  for (auto at = run.out.find("Billing period"); at != std::string::npos; at = run.out.find("Billing period", at + 1)) {
    ++heads;
  }
  EXPECT_EQ(heads, 4U);
  EXPECT_NE(run.out.find("        -\n\nCedar Clinic ("), std::string::npos) << run.out;
  EXPECT_EQ(run.out.find("* An estimate"), run.out.rfind("* An estimate"));
  EXPECT_TRUE(run.out.ends_with("the minimum.\n"));
}

TEST(Overview, CsvHasARecordForEachLine) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", bank, "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out,
            "organization_id,organization,index,period_start,period_end,currency,product,part_number,grouping,unit,"
            "usage,prepay_quantity,bundle_quantity,prepay_price,overage_price,overage_estimate,amount_estimate,"
            "third_party,cancellable,notes\n" +
                bank +
                ",Blue Harbor Bank,0,2026-09-01T00:00:00.000Z,2026-09-28T23:59:59.999Z,USD,Seats,P-1,user-license,user,"
                "1212,1000,1,140.00,160.00,212,173920.00,false,true,\n" +
                bank +
                ",Blue Harbor Bank,0,2026-09-01T00:00:00.000Z,2026-09-28T23:59:59.999Z,USD,Storage,P-2,storage,gb,"
                "0.5,1,,,,0,-,,,\n");
}

TEST(Overview, PeriodsEndQuietlyWhereTheyEnd) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", bank, "--periods", "0..12"}), 0) << run.err;
  EXPECT_EQ(run.out, "[" + entry(bank, 0) + ",\n " + entry(bank, 1) + ",\n " + entry(bank, 2) + "]\n");
  EXPECT_EQ(run.err, "");
}

TEST(Overview, WithoutAnOpenPeriodTheWalkGoesOn) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", clinic, "--periods", "0..12"}), 1);
  EXPECT_EQ(run.out, "[" + failed_entry(clinic, "", 0, not_found) + ",\n " + entry(clinic, 1) + ",\n " +
                         entry(clinic, 2) + "]\n");
  EXPECT_NE(run.err.find("1 of 3 overviews could not be had:\n  " + clinic + ", period 0: "), std::string::npos)
      << run.err;
}

TEST(Overview, WhoIsNotThereIsOneFailure) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", closed, "--periods", "3..7"}), 1);
  EXPECT_EQ(run.out, "[" + failed_entry(closed, "", 3, not_found) + "]\n");
}

TEST(Overview, OnesOwnPeriodsNameTheOrganization) {
  OverviewService service;
  service.failing_index = 1;
  CommandRun run{service};
  EXPECT_EQ(run({"overview", "--periods", "1..2"}), 1);
  EXPECT_EQ(run.out, "[" +
                         failed_entry(bank, "Blue Harbor Bank", 1,
                                      R"({"message":"The server could not do this.","code":"internal.server.error"})") +
                         ",\n " + entry(bank, 2) + "]\n");
}

TEST(Overview, AllAreThoseWithAnEnabledTrust) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", "--all", "--period", "2"}), 0) << run.err;
  EXPECT_EQ(run.out, "[" + entry(bank, 2) + ",\n " + entry(clinic, 2) + "]\n");
  EXPECT_EQ(run.err, "1 customer left out: the trust is disabled\n");
}

TEST(Overview, AllOfSeveralPeriodsInOrder) {
  OverviewService service;
  service.failing_index = 1;
  CommandRun run{service};
  EXPECT_EQ(run({"overview", "--all", "--periods", "0..5"}), 1);
  EXPECT_EQ(run.out, "[" + entry(bank, 0) + ",\n " +
                         failed_entry(bank, "Blue Harbor Bank", 1,
                                      R"({"message":"The server could not do this.","code":"internal.server.error"})") +
                         ",\n " + entry(bank, 2) + ",\n " + failed_entry(clinic, "Cedar Clinic", 0, not_found) +
                         ",\n " + entry(clinic, 1) + ",\n " + entry(clinic, 2) + "]\n");
  EXPECT_NE(run.err.find("2 of 6 overviews could not be had:"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("\n  Blue Harbor Bank (" + bank + "), period 1: "), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("\n  Cedar Clinic (" + clinic + "), period 0: "), std::string::npos) << run.err;
}

// As a server counts: a window of 60 s begins with its first request.
TEST(Overview, NeverGoesBeyondTheRateLimit) {
  constexpr int requests_max = 20;
  std::mutex mutex;
  int count = 0;
  int refused = 0;
  std::chrono::steady_clock::time_point window_start{};
  CommandRun* running = nullptr;
  CommandRun run([&](const HttpRequest& request) {
    const std::lock_guard lock(mutex);
    const auto now = running->time();
    if (now - window_start >= std::chrono::seconds{60}) {
      window_start = now;
      count = 0;
    }
    if (++count > requests_max) ++refused;
    const auto left = std::chrono::ceil<std::chrono::seconds>(window_start + std::chrono::seconds{60} - now);
    const auto index_at = request.url.find("billingPeriodIndex=");
    return ApiResult<HttpResponse>(
        HttpResponse{.status = 200,
                     .headers = {{"inin-ratelimit-count", std::to_string(count)},
                                 {"inin-ratelimit-allowed", std::to_string(requests_max)},
                                 {"inin-ratelimit-reset", std::to_string(left.count())}},
                     .body = overview_json(bank, std::stoi(request.url.substr(index_at + 19)) % 3)});
  });
  running = &run;
  run.err_is_terminal = true;
  EXPECT_EQ(run({"overview", bank, "--periods", "0..64"}), 0) << run.err;
  EXPECT_NE(run.err.find("The rate limit is reached; going on in 42"), std::string::npos) << "counting down";
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(run.calls().size(), 65U);
  const auto begin = std::chrono::steady_clock::time_point{std::chrono::hours{1}};
  EXPECT_EQ(run.now - begin, std::chrono::minutes{3}) << "20, 20, 20 and 5";
}

TEST(Overview, ProgressIsShownOnATerminal) {
  CommandRun run{OverviewService()};
  run.err_is_terminal = true;
  EXPECT_EQ(run({"overview", "--all", "--periods", "1..2"}), 0) << run.err;
  EXPECT_NE(run.err.find("Overviews  [........................]   0%  0 of 4"), std::string::npos) << run.err;
  EXPECT_EQ(run({"overview", "--all", "--periods", "1..2", "--no-progress"}), 0) << run.err;
  EXPECT_EQ(run.err, "1 customer left out: the trust is disabled\n");
}

TEST(Overview, ComparisonHasDifferenceAndPerCent) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"overview", bank, "--compare", "0,1", "--format", "table"}), 0) << run.err;
  // 1212 - 909 = 303, a third of 909; amounts 140000 + 212 × 160 = 173920 and 140000.
  EXPECT_EQ(run.out,
            "Blue Harbor Bank (" + bank +
                ")\n"
                "Amounts in USD; period 0 (2026-09-01 to 2026-09-28) minus period 1 (2026-08-01 to 2026-08-28)\n"
                "\n"
                "PRODUCT  USAGE 0  USAGE 1  DIFFERENCE       %  AMOUNT* 0  AMOUNT* 1  DIFFERENCE       %\n"
                "Seats       1212      909        +303  +33.3%  173920.00  140000.00   +33920.00  +24.2%\n"
                "Storage      0.5      0.5           0    0.0%          -          -           -       -\n"
                "\n"
                "* An estimate from each line's own figures, before taxes, proration, further price tiers and the "
                "minimum.\n");
  EXPECT_EQ(run({"overview", bank, "--compare", "1,0"}), 0);
  EXPECT_EQ(run.out, "[" + entry(bank, 1) + ",\n " + entry(bank, 0) + "]\n");
  EXPECT_EQ(run({"overview", bank, "--compare", "0,1", "--format", "csv"}), 0);
  EXPECT_NE(run.out.find(bank + ",Blue Harbor Bank,Seats,P-1,user,0,1,1212,909,+303,+33.3%,USD,USD,173920.00,"
                                "140000.00,+33920.00,+24.2%\n"),
            std::string::npos)
      << run.out;
}

TEST(Overview, ErrorsOfOneBecomeExitCodes) {
  const std::tuple<int, std::string, int> rows[] = {{401, "bad.credentials", 3},
                                                    {403, "missing.any.permissions", 4},
                                                    {404, "not.found", 5},
                                                    {500, "internal.server.error", 1}};
  for (const auto& [status, code, expected] : rows) {
    CommandRun run([status = status, code = code](const HttpRequest&) {
      return answer(status, R"({"message":"Told by the server.","code":")" + code + R"("})");
    });
    EXPECT_EQ(run({"overview", bank}), expected) << status;
    EXPECT_EQ(run.out, "");
    EXPECT_NE(run.err.find("Told by the server."), std::string::npos) << run.err;
    EXPECT_EQ(run.err.find("--period 1 is the last completed one") != std::string::npos, status == 404) << run.err;
  }
}

TEST(Overview, WrongUsageIsNamedBeforeAnythingIsSent) {
  const std::vector<std::string> rows[] = {
      {"overview", bank, "--all"},
      {"overview", "--period", "0", "--periods", "0..1"},
      {"overview", "--period", "0", "--compare", "0,1"},
      {"overview", "--periods", "0..1", "--compare", "0,1"},
      {"overview", "--period", "x"},
      {"overview", "--periods", "5..1"},
      {"overview", "--compare", "1"},
      {"overview", bank, clinic},
  };
  for (const auto& arguments : rows) {
    CommandRun run{OverviewService()};
    EXPECT_EQ(run(arguments), 2) << arguments.back();
    EXPECT_TRUE(run.transport->requests().empty()) << arguments.back();
  }
}

TEST(Trustors, PagesAreOneListing) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"trustors"}), 0) << run.err;
  const auto trustor = [](const std::string& id, const std::string& name, const std::string& enabled) {
    return R"({"id":")" + id + R"(","enabled":)" + enabled + R"(,"organization":{"id":")" + id + R"(","name":")" +
           name + R"("}})";
  };
  EXPECT_EQ(run.out, R"({"entities":[)" + trustor(bank, "Blue Harbor Bank", "true") + "," +
                         trustor(clinic, "Cedar Clinic", "true") + "," + trustor(closed, "Closed Shop", "false") +
                         R"(],"pageSize":3,"pageNumber":1,"total":3,"pageCount":1})" + "\n");
  ASSERT_EQ(run.calls().size(), 2U);
  EXPECT_NE(run.calls()[1].url.find("pageNumber=2"), std::string::npos) << run.calls()[1].url;
}

TEST(Trustors, ASinglePageIsAsItWasAnswered) {
  const std::string page = R"({"entities":[],"pageSize":100,"pageNumber":1,"total":0,"selfUri":"/s","pageCount":0})";
  CommandRun run([&](const HttpRequest&) { return answer(200, page); });
  EXPECT_EQ(run({"trustors"}), 0) << run.err;
  EXPECT_EQ(run.out, page + "\n");
}

TEST(Trustors, AsATableAndAsCsv) {
  CommandRun run{OverviewService()};
  EXPECT_EQ(run({"trustors", "--format", "csv"}), 0) << run.err;
  EXPECT_EQ(run.out, "id,name,enabled\n" + bank + ",Blue Harbor Bank,true\n" + clinic + ",Cedar Clinic,true\n" +
                         closed + ",Closed Shop,false\n");
  EXPECT_EQ(run({"trustors", "--format", "table"}), 0);
  EXPECT_EQ(run.out, "ID                                    NAME              ENABLED\n" + bank +
                         "  Blue Harbor Bank  true\n" + clinic + "  Cedar Clinic      true\n" + closed +
                         "  Closed Shop       false\n");
}

}  // namespace
}  // namespace tallystick::cli_test
