#include "cli/output.hpp"

#include <gtest/gtest.h>

#include "cli/command_run.hpp"
#include "cli/progress.hpp"

namespace tallystick::cli {
namespace {

using cli_test::TemporaryFolder;
using std::chrono::milliseconds;

struct Streams {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  Terminal terminal{.out = out, .err = err, .in = in};
};

TEST(Output, FormatFollowsFromOptionFileAndTerminal) {
  struct Row {
    std::optional<std::string> format;
    std::optional<std::string> file;
    bool is_terminal;
    Format expected;
  };
  const Row rows[] = {
      {std::nullopt, std::nullopt, true, Format::table},
      {std::nullopt, std::nullopt, false, Format::json},
      {"csv", std::nullopt, true, Format::csv},
      {"table", std::nullopt, false, Format::table},
      {std::nullopt, "a.csv", true, Format::csv},
      {std::nullopt, "a.txt", false, Format::table},
      {std::nullopt, "a.json", true, Format::json},
      {std::nullopt, "a", true, Format::json},
      {"json", "a.csv", true, Format::json},
      {std::nullopt, "-", true, Format::table},
  };
  for (const Row& row : rows) {
    Streams streams;
    streams.terminal.out_is_terminal = row.is_terminal;
    const auto output = choose_output(row.format, row.file, streams.terminal);
    ASSERT_TRUE(output);
    EXPECT_EQ(output->format, row.expected) << row.format.value_or("") << " " << row.file.value_or("");
  }
  Streams streams;
  EXPECT_EQ(choose_output("xml", std::nullopt, streams.terminal).error().code, ExitCode::bad_input);
}

TEST(Output, AWorkbookIsAFileOrGoesToAProgram) {
  Streams streams;
  EXPECT_EQ(choose_output(std::nullopt, "a.xlsx", streams.terminal)->format, Format::xlsx);
  EXPECT_EQ(choose_output("xlsx", std::nullopt, streams.terminal)->format, Format::xlsx);
  streams.terminal.out_is_terminal = true;
  EXPECT_EQ(choose_output("xlsx", "a", streams.terminal)->format, Format::xlsx);
  for (const std::optional<std::string>& file : {std::optional<std::string>(), std::optional<std::string>("-")}) {
    const auto output = choose_output("xlsx", file, streams.terminal);
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().code, ExitCode::bad_input);
    EXPECT_EQ(
        output.error().message,
        "--format xlsx: a terminal cannot show a workbook; name a file with --output, such as --output answer.xlsx");
  }
}

TEST(Output, DrawingsAreForCommandsThatDraw) {
  Streams streams;
  const auto draws = FormatChoice::tables_and_drawings;
  EXPECT_EQ(choose_output("svg", std::nullopt, streams.terminal, draws)->format, Format::svg);
  EXPECT_EQ(choose_output(std::nullopt, "plot.svg", streams.terminal, draws)->format, Format::svg);
  EXPECT_EQ(choose_output("csv", "plot.svg", streams.terminal, draws)->format, Format::csv);
  EXPECT_EQ(choose_output("json", "plot.svg", streams.terminal)->format, Format::json);
  struct Row {
    std::optional<std::string> format;
    std::optional<std::string> file;
    FormatChoice choice;
    const char* expected;
  };
  const Row rows[] = {
      {"svg", std::nullopt, FormatChoice::tables,
       "--format svg: only report --concurrent draws; choose table, json, csv or xlsx"},
      {std::nullopt, "plot.svg", FormatChoice::tables,
       "plot.svg: only report --concurrent draws; choose table, json, csv or xlsx"},
      {"vsg", std::nullopt, draws, "--format vsg: choose table, json, csv, xlsx or svg"},
      {"vsg", std::nullopt, FormatChoice::tables, "--format vsg: choose table, json, csv or xlsx"},
  };
  for (const Row& row : rows) {
    const auto output = choose_output(row.format, row.file, streams.terminal, row.choice);
    ASSERT_FALSE(output) << row.expected;
    EXPECT_EQ(output.error().code, ExitCode::bad_input);
    EXPECT_EQ(output.error().message, row.expected);
  }
}

TEST(Output, AFileIsReplacedInOneStepAndKeepsItsMode) {
  const TemporaryFolder folder;
  Streams streams;
  Output output;
  output.file = folder.write("answer.json", "before", 0640);
  const std::string link = folder.path("link.json");
  std::filesystem::create_symlink(*output.file, link);
  ASSERT_TRUE(write_output(output, streams.terminal, "after"));
  EXPECT_EQ(TemporaryFolder::read(*output.file), "after");
  struct stat status {};
  ASSERT_EQ(::stat(output.file->c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
  const std::string file = *output.file;
  output.file = link;
  ASSERT_TRUE(write_output(output, streams.terminal, "through a link"));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(TemporaryFolder::read(file), "through a link");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path("")), {}), 2);
  output.file = folder.path("no/such/folder.json");
  const auto written = write_output(output, streams.terminal, "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ExitCode::failed);
  EXPECT_EQ(written.error().message, *output.file + ": cannot be written: No such file or directory");
}

TEST(Output, AFullStandardOutputIsAFailure) {
  std::ofstream full("/dev/full");
  std::ostringstream err;
  std::istringstream in;
  const Terminal terminal{.out = full, .err = err, .in = in};
  const auto written = write_output({}, terminal, std::string(100'000, 'x'));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ExitCode::failed);
}

TEST(TransferLine, ShowsWhatIsKnownAndFits) {
  const TransferState state{104'000, 12'300'000, 24'600'000};
  EXPECT_EQ(transfer_line("march.csv", state, milliseconds{2'000}, 100),
            "march.csv  [############............]  50%  104,000 events  52,000/s  2 s left");
  EXPECT_EQ(transfer_line("march.csv", state, milliseconds{2'000}, 60),
            "march.csv  [############............]  50%  104,000 events");
  // Most was sent by an earlier run: what is left takes as long as what this run did.
  EXPECT_EQ(transfer_line("a.csv", {10, 900, 1'000, 800}, milliseconds{3'000}, 100),
            "a.csv  [#####################...]  90%  10 events  3/s  3 s left");
  EXPECT_EQ(transfer_line("-", {1, 500, std::nullopt}, milliseconds{100}, 100), "-  1 event  500 B");
  EXPECT_EQ(transfer_line("a", {0, 0, 0}, milliseconds{0}, 100), "a  [########################] 100%  0 events");
  EXPECT_EQ(transfer_line("a.csv", {5, 10, 10}, milliseconds{1'000}, 100),
            "a.csv  [########################] 100%  5 events  5/s  0 s left");
  EXPECT_EQ(transfer_line("a-long-name.csv", state, milliseconds{2'000}, 8), "a-long-…");
}

TEST(Progress, IsDrawnOnTerminalsAlone) {
  Streams streams;
  auto now = std::chrono::steady_clock::time_point{};
  streams.terminal.monotonic_now = [&] { return now; };
  {
    Progress progress(streams.terminal, true);
    progress.show("half");
    progress.tell("message");
  }
  EXPECT_EQ(streams.err.str(), "message\n");
  streams.err.str("");
  streams.terminal.err_is_terminal = true;
  {
    Progress progress(streams.terminal, false);
    progress.show("half");
  }
  EXPECT_EQ(streams.err.str(), "");
  {
    Progress progress(streams.terminal, true);
    progress.show("half");
    now += milliseconds{50};
    progress.show("too soon");
    progress.tell("message");
    now += milliseconds{50};
    progress.show("done");
  }
  EXPECT_EQ(streams.err.str(), "half\r\x1b[Kmessage\nhalf\r\x1b[Kdone\r\x1b[K");
}

}  // namespace
}  // namespace tallystick::cli
