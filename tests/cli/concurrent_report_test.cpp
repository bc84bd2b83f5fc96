#include <gtest/gtest.h>

#include "cli/command_run.hpp"
#include "cli/hourly_usage.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::cli_test {
namespace {

// As a server answers it, with fields that this version does not know.
constexpr const char* answered =
    R"({"organizationId":"22222222-2222-4222-8222-222222222222","startDate":"2026-03-01T09:00:00.000Z",)"
    R"("endDate":"2026-03-01T12:00:00.000Z","products":[{"name":"CX 3, \"concurrent\" <EU>","partNumber":"GC-170-CX3",)"
    R"("peak":2,"levels":[{"count":1,"milliseconds":7200000},{"count":2,"milliseconds":1860000},)"
    R"({"count":3,"milliseconds":359999}],"hours":[{"time":"2026-03-01T09:00:00.000Z","max":1},)"
    R"({"time":"2026-03-01T10:00:00.000Z","max":3},{"time":"2026-03-01T11:00:00.000Z","max":0,"newField":1}],)"
    R"("resources":[{"name":"ana@example.com","date":"2026-03-01T09:00:00.000Z","milliseconds":7200000},)"
    R"({"name":"bo","date":"2026-03-01T10:15:00.000Z","milliseconds":1860000}]},)"
    R"({"name":"Voice","partNumber":"GC-V","peak":0,"levels":[{"count":1,"milliseconds":1799999}],)"
    R"("hours":[{"time":"2026-03-01T09:00:00.000Z","max":1},{"time":"2026-03-01T10:00:00.000Z","max":0},)"
    R"({"time":"2026-03-01T11:00:00.000Z","max":0}],"resources":[]}],"newField":{"a":[1]}})";
constexpr const char* nothing =
    R"({"organizationId":"22222222-2222-4222-8222-222222222222","startDate":"2026-03-01T00:00:00.000Z",)"
    R"("endDate":"2026-04-01T00:00:00.000Z","products":[]})";

CommandRun answering(const std::string& body) {
  return CommandRun([body](const HttpRequest&) { return answer(200, body); });
}

TEST(ConcurrentReport, JsonIsTheModelAsItWasAnswered) {
  CommandRun run = answering(answered);
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03"}), 0);
  EXPECT_EQ(run.out, std::string(answered) + "\n");
  EXPECT_EQ(run.err, "");
  ASSERT_EQ(run.calls().size(), 1U);
  EXPECT_EQ(run.calls()[0].method, "GET");
  EXPECT_EQ(run.calls()[0].url,
            "http://127.0.0.1:8080/tallystick/v1/reports/concurrentusage?startDate=2026-03-01T00%3A00%3A00.000Z"
            "&endDate=2026-04-01T00%3A00%3A00.000Z");
}

TEST(ConcurrentReport, AnOperatorAsksForAnyOrganization) {
  CommandRun run = answering(answered);
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03-01", "--to", "2026-03-02", "--organization",
                 "22222222-2222-4222-8222-222222222222"}),
            0);
  ASSERT_EQ(run.calls().size(), 1U);
  const std::string url = run.calls()[0].url;
  for (const char* part : {"http://127.0.0.1:8080/tallystick/v1/reports/concurrentusage?",
                           "organizationId=22222222-2222-4222-8222-222222222222",
                           "startDate=2026-03-01T00%3A00%3A00.000Z", "endDate=2026-03-02T00%3A00%3A00.000Z"}) {
    EXPECT_NE(url.find(part), std::string::npos) << url;
  }
}

TEST(ConcurrentReport, TheTableOfATerminal) {
  CommandRun run = answering(answered);
  run.out_is_terminal = true;
  run.columns = 40;
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03"}), 0);
  EXPECT_EQ(run.out,
            "Concurrent usage from 2026-03-01T09:00:00.000Z to 2026-03-01T12:00:00.000Z\n"
            "\n"
            "CX 3, \"concurrent\" <EU> (GC-170-CX3): peak 2 (most at once 3)\n"
            "\n"
            "3 ┤         █████████\n"
            "  │         █████████\n"
            "  │         █████████\n"
            "2 ┤┄┄┄┄┄┄┄┄┄█████████┄┄┄┄┄┄┄┄┄┄ peak 2\n"
            "  │         █████████\n"
            "  │         █████████\n"
            "1 ┤██████████████████\n"
            "  │██████████████████\n"
            "  │██████████████████\n"
            "0 ┼┬────────┬────────┬────────\n"
            "   09:00    10:00    11:00     UTC\n"
            "\n"
            "  AT ONCE  IN ALL\n"
            "3 or more  5 min 59 s  the most ever\n"
            "2 or more  31 min      the peak\n"
            "1 or more  2 h\n"
            "\n"
            "\n"
            "Voice (GC-V): peak 0 (most at once 1)\n"
            "\n"
            "1 ┤███████████\n"
            "  │███████████\n"
            "  │███████████\n"
            "  │███████████\n"
            "0 ┼┬──────────┬──────────┬──────────\n"
            "   09:00      10:00      11:00       UTC\n"
            "\n"
            "No peak: never one at once for 30 minutes in all.\n"
            "\n"
            "  AT ONCE  IN ALL\n"
            "1 or more  29 min 59 s  the most ever\n");
}

TEST(ConcurrentReport, TheTableElsewhereIsEightyWideAndListsResources) {
  CommandRun run = answering(answered);
  run.columns = 40;
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--resources", "--format", "table"}), 0);
  EXPECT_NE(run.out.find("\n0 ┼┬──────────────────────┬──────────────────────┬──────────────────────\n"),
            std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("1 or more  2 h\n"
                         "\n"
                         "RESOURCE         FIRST SEEN                PRESENT IN ALL\n"
                         "ana@example.com  2026-03-01T09:00:00.000Z  2 h\n"
                         "bo               2026-03-01T10:15:00.000Z  31 min\n"
                         "\n"
                         "\n"
                         "Voice"),
            std::string::npos)
      << run.out;
  EXPECT_TRUE(run.out.ends_with("1 or more  29 min 59 s  the most ever\n")) << run.out;
}

TEST(ConcurrentReport, LevelsNearThePeakAreShownAndNoOthers) {
  wire::ConcurrentUsageProduct product;
  product.name = "CX 3";
  product.part_number = "CX3";
  product.peak = 1'500;
  for (std::int64_t count = 1; count <= 1'600; ++count) product.levels.push_back({count, (1'601 - count) * 60'000, {}});
  product.hours = hours_from("2026-03-01T00:00:00Z", {1'600});
  wire::ConcurrentUsageReport report;
  report.end_date = core::parse_time("2026-03-02T00:00:00Z").value();
  report.products = {product};
  CommandRun run = answering(wire::to_json(report));
  run.out_is_terminal = true;
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03"}), 0);
  EXPECT_TRUE(
      run.out.ends_with("\n"
                        "      AT ONCE  IN ALL\n"
                        "1,600 or more  1 min       the most ever\n"
                        "1,502 or more  1 h 39 min\n"
                        "1,501 or more  1 h 40 min\n"
                        "1,500 or more  1 h 41 min  the peak\n"
                        "1,499 or more  1 h 42 min\n"))
      << run.out;
}

TEST(ConcurrentReport, CsvHasARecordForEachHour) {
  CommandRun run = answering(answered);
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--format", "csv"}), 0);
  EXPECT_EQ(run.out,
            "product,part_number,time,max\n"
            "\"CX 3, \"\"concurrent\"\" <EU>\",GC-170-CX3,2026-03-01T09:00:00.000Z,1\n"
            "\"CX 3, \"\"concurrent\"\" <EU>\",GC-170-CX3,2026-03-01T10:00:00.000Z,3\n"
            "\"CX 3, \"\"concurrent\"\" <EU>\",GC-170-CX3,2026-03-01T11:00:00.000Z,0\n"
            "Voice,GC-V,2026-03-01T09:00:00.000Z,1\n"
            "Voice,GC-V,2026-03-01T10:00:00.000Z,0\n"
            "Voice,GC-V,2026-03-01T11:00:00.000Z,0\n");
}

TEST(ConcurrentReport, AFileNamedSvgIsADrawing) {
  const TemporaryFolder folder;
  CommandRun run = answering(answered);
  const std::string file = folder.path("march.svg");
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--output", file}), 0);
  EXPECT_EQ(run.out, "");
  const std::string drawing = TemporaryFolder::read(file);
  EXPECT_TRUE(drawing.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" ")) << drawing;
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--format", "svg"}), 0);
  EXPECT_EQ(run.out, drawing);
}

TEST(ConcurrentReport, NothingUsedIsSaidInEachForm) {
  struct Row {
    const char* format;
    std::string expected;
  };
  const Row rows[] = {
      {"table",
       "Concurrent usage from 2026-03-01T00:00:00.000Z to 2026-04-01T00:00:00.000Z\n\nNo concurrent product was "
       "used.\n"},
      {"csv", "product,part_number,time,max\n"},
      {"json", std::string(nothing) + "\n"},
      {"svg", ">No concurrent product was used.</text>\n</svg>\n"},
  };
  for (const Row& row : rows) {
    CommandRun run = answering(nothing);
    EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--format", row.format}), 0);
    EXPECT_TRUE(run.out.ends_with(row.expected)) << run.out;
  }
}

TEST(ConcurrentReport, NamesCannotSteerTheTerminal) {
  std::string hostile = answered;
  hostile.replace(hostile.find("Voice"), 5, "Voi\\u001b[2J");
  CommandRun run = answering(hostile);
  for (const char* format : {"table", "svg"}) {
    EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--format", format}), 0);
    EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
    EXPECT_NE(run.out.find("Voi\uFFFD[2J"), std::string::npos);
  }
}

TEST(ConcurrentReport, AServiceWithoutItIsExplained) {
  const auto not_found = [](const HttpRequest&) {
    return answer(404, R"({"message":"Nothing is here.","code":"not.found","contextId":"c-77"})");
  };
  CommandRun run(not_found);
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03"}), 5);
  EXPECT_NE(run.err.find("only a Tallystick server has the concurrent usage report"), std::string::npos) << run.err;
  // Where an organization is named, it may as well be that which is not there.
  EXPECT_EQ(
      run({"report", "--concurrent", "--from", "2026-03", "--organization", "22222222-2222-4222-8222-222222222222"}),
      5);
  EXPECT_EQ(run.err.find("only a Tallystick server"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("Nothing is here."), std::string::npos) << run.err;
}

TEST(ConcurrentReport, UnknownFormatsAreRefusedBeforeAnythingIsSent) {
  CommandRun run = answering(answered);
  EXPECT_EQ(run({"report", "--concurrent", "--from", "2026-03", "--format", "png"}), 2);
  EXPECT_EQ(run.err, "tallystick report: --format png: choose table, json, csv, xlsx or svg\n");
  EXPECT_EQ(run({"whoami", "--format", "svg"}), 2);
  EXPECT_EQ(run.err,
            "tallystick whoami: --format svg: only report --concurrent draws; choose table, json, csv or xlsx\n");
  EXPECT_TRUE(run.transport->requests().empty());
}

TEST(ConcurrentReport, HelpNamesItsFormats) {
  CommandRun run = answering(answered);
  EXPECT_EQ(run({"report", "--help"}), 0);
  for (const char* words : {"with --concurrent svg", "product,part_number,time,max", "levels and resources are in JSON",
                            "tallystick report --concurrent --from 2026-03"}) {
    EXPECT_NE(run.out.find(words), std::string::npos) << run.out;
  }
  EXPECT_EQ(run({"overview", "--help"}), 0);
  EXPECT_EQ(run.out.find("svg"), std::string::npos) << run.out;
}

}  // namespace
}  // namespace tallystick::cli_test
