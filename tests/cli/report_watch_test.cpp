#include "cli/report_watch.hpp"

#include <gtest/gtest.h>

#include "cli/command_run.hpp"

namespace tallystick::cli_test {
namespace {

using cli::ReportChange;

std::string report_json(const std::vector<std::pair<std::string, std::string>>& totals) {
  std::string usages;
  for (const auto& [name, total] : totals) {
    usages +=
        (usages.empty() ? "" : ",") + (R"({"name":")" + name) + R"(","totalUsage":")" + total + R"(","resources":[]})";
  }
  return R"({"startDate":"2026-12-01T00:00:00.000Z","endDate":"2027-01-01T00:00:00.000Z","status":"Complete",)"
         R"("usages":[)" +
         usages + "]}";
}

wire::BillingUsageReport report(const std::vector<std::pair<std::string, std::string>>& totals) {
  return wire::from_json<wire::BillingUsageReport>(report_json(totals)).value();
}

TEST(ReportChanges, AreTotalsThatDiffer) {
  const auto before = report({{"Seats", "2"}, {"Minutes", "10.5"}, {"Bots", "1"}});
  const auto now = report({{"Minutes", "12"}, {"Seats", "2"}, {"Trunks", "4"}});
  const std::vector<ReportChange> expected{
      {"Minutes", "10.5", "12"}, {"Trunks", std::nullopt, "4"}, {"Bots", "1", std::nullopt}};
  EXPECT_EQ(cli::changes_between(before, now), expected);
  EXPECT_TRUE(cli::changes_between(now, now).empty());
  const std::vector<ReportChange> first{{"Seats", std::nullopt, "2"}};
  EXPECT_EQ(cli::changes_between(std::nullopt, report({{"Seats", "2"}})), first);
}

/// Answers look after look; Ctrl-C comes in the pause after the last one.
class Watch : public testing::Test {
 protected:
  int watch(std::vector<ApiResult<HttpResponse>> answers, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"report", "--from", "2026-12", "--watch"});
    std::size_t asked = 0;
    run_.transport = client_test::with_token([this, &asked, answers = std::move(answers)](const HttpRequest&) {
      const auto& given = answers.at(asked++);
      if (asked == answers.size()) last_was_given_ = true;
      return given;
    });
    run_.after_pause = [this] {
      if (last_was_given_) run_.stop.request_stop();
    };
    return run_(arguments);
  }

  CommandRun run_{[](const HttpRequest&) { return answer(500, ""); }};
  bool last_was_given_ = false;
};

TEST_F(Watch, ElsewhereEveryChangeIsALine) {
  EXPECT_EQ(watch({answer(200, report_json({{"Seats", "2"}, {"Bots", "1"}})),
                   answer(200, report_json({{"Seats", "2"}, {"Bots", "1"}})),
                   answer(200, report_json({{"Seats", "5.5"}, {"Trunks", "1"}}))}),
            0)
      << run_.err;
  EXPECT_EQ(run_.out,
            R"({"time":"2026-12-01T00:00:00.000Z","product":"Seats","total":"2"})"
            "\n"
            R"({"time":"2026-12-01T00:00:00.000Z","product":"Bots","total":"1"})"
            "\n"
            R"({"time":"2026-12-01T00:02:00.000Z","product":"Seats","before":"2","total":"5.5","difference":"3.5"})"
            "\n"
            R"({"time":"2026-12-01T00:02:00.000Z","product":"Trunks","total":"1"})"
            "\n"
            R"({"time":"2026-12-01T00:02:00.000Z","product":"Bots","before":"1"})"
            "\n");
  EXPECT_EQ(run_.err, "");
  const std::vector<std::chrono::milliseconds> pauses(3, std::chrono::seconds{60});
  EXPECT_EQ(run_.pauses, pauses);
}

TEST_F(Watch, OnATerminalTheTableIsRedrawnWithMarks) {
  run_.out_is_terminal = true;
  EXPECT_EQ(watch({answer(200, report_json({{"Seats", "1200"}, {"Bots", "1"}})),
                   answer(200, report_json({{"Seats", "1250"}, {"Bots", "1"}}))},
                  {"--every", "30s"}),
            0)
      << run_.err;
  const std::size_t second = run_.out.rfind("\x1b[H");
  ASSERT_NE(second, std::string::npos);
  EXPECT_TRUE(run_.out.starts_with("\x1b[2J\x1b[H")) << run_.out;
  const auto drawn = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 4) text.insert(at, "\x1b[K");
    return "\x1b[H" + text + "\x1b[J";
  };
  EXPECT_EQ(run_.out.substr(second), drawn("Billable usage from 2026-12-01T00:00:00.000Z to 2027-01-01T00:00:00.000Z\n"
                                           "\n"
                                           "  PRODUCT  TOTAL  CHANGE  RESOURCES\n"
                                           "! Seats    1,250     +50          0\n"
                                           "  Bots         1                  0\n"
                                           "\n"
                                           "2026-12-01 00:00:30 UTC, every 30.0 s; Ctrl-C ends\n"));
}

TEST_F(Watch, GoesOnAfterFailuresThatMayPass) {
  EXPECT_EQ(watch({answer(200, report_json({{"Seats", "2"}})), answer(500, R"({"message":"Not now.","code":"x"})"),
                   answer(200, report_json({{"Seats", "3"}}))}),
            0)
      << run_.err;
  EXPECT_NE(run_.out.find(R"("before":"2","total":"3")"), std::string::npos) << run_.out;
  EXPECT_NE(run_.err.find("2026-12-01 00:01:00 UTC: "), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("Not now."), std::string::npos) << run_.err;
}

TEST_F(Watch, ARefusalEndsIt) {
  const std::pair<int, int> rows[] = {{401, 3}, {403, 4}, {404, 5}, {400, 2}};
  for (const auto& [status, code] : rows) {
    run_.stop = std::stop_source();
    last_was_given_ = false;
    // A token that is refused is asked for once more.
    const auto refused = answer(status, R"({"message":"No.","code":"x"})");
    EXPECT_EQ(watch({answer(200, report_json({})), refused, refused, refused}), code) << run_.err;
  }
}

TEST_F(Watch, AFirstLookThatFailsEndsIt) {
  EXPECT_EQ(watch({answer(500, R"({"message":"Not now.","code":"x"})"), answer(200, report_json({}))}), 1);
  EXPECT_EQ(run_.out, "");
}

TEST_F(Watch, WhatCannotBeWatchedIsNamed) {
  const std::vector<std::string> rows[] = {{"--format", "csv"},  {"--format", "table"}, {"--output", "a.json"},
                                           {"--every", "500ms"}, {"--every", "soon"},   {"--concurrent"},
                                           {"--resources"}};
  for (const auto& arguments : rows) {
    EXPECT_EQ(watch({answer(200, report_json({}))}, arguments), 2) << arguments.back();
    EXPECT_TRUE(run_.transport->requests().empty()) << arguments.back();
  }
  EXPECT_EQ(run_({"report", "--from", "2026-12", "--every", "30s"}), 2) << "--every is of --watch";
}

TEST(WatchedTable, KeepsToTheTerminal) {
  std::vector<std::pair<std::string, std::string>> totals;
  for (int i = 1; i <= 30; ++i) totals.emplace_back("Product " + std::to_string(i), std::to_string(i));
  const cli::Output output{.format = cli::Format::table, .file = {}, .width = 80};
  const std::string text = cli::watched_table(std::nullopt, report(totals), "notice", output, 24);
  EXPECT_LE(std::ranges::count(text, '\n'), 24);
  EXPECT_NE(text.find("and 12 more products that a higher terminal shows\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Product 18 "), std::string::npos) << text;
  EXPECT_EQ(text.find("Product 19 "), std::string::npos) << text;
}

}  // namespace
}  // namespace tallystick::cli_test
