#include "cli/manual_page.hpp"

#include <gtest/gtest.h>

#include "cli/command_run.hpp"

namespace tallystick::cli {
namespace {

TEST(RoffText, IsNeverARequestNorAnEscape) {
  const std::pair<const char*, const char*> rows[] = {
      {"plain words", "plain words"},
      {"--from", "\\-\\-from"},
      {".SH TRAP", "\\&.SH TRAP"},
      {"'br", "\\&\\(aqbr"},
      {"a\\b", "a\\eb"},
      {"~/.config", "\\(ti/.config"},
      {"`embedded:`", "\\(gaembedded:\\(ga"},
  };
  for (const auto& [text, expected] : rows) EXPECT_EQ(roff_text(text), expected);
}

TEST(Manual, APageHasWhatTheCommandSaysOfItself) {
  CLI::App app("Counts things.", "counter");
  CLI::App* command = app.add_subcommand("show", "The counts of a thing");
  std::string thing;
  std::string format = "json";
  bool quiet = false;
  command->add_option("THING", thing, "What was counted")->required();
  command->add_option("-F,--format", format, "How they are written")->type_name("FORMAT")->capture_default_str();
  command->add_flag("--quiet", quiet, "No words")->group("Output");
  command->footer("Counts never go\ndown.\nExample:\n  counter show apples");
  app.add_subcommand("secret", "Not told")->group("");
  const auto pages = manual_pages(app, "2026-11-24");
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0].file, "counter.1");
  EXPECT_EQ(pages[0].text.find("Not told"), std::string::npos);
  EXPECT_NE(pages[0].text.find(".TP\n\\fBcounter\\-show\\fR(1)\nThe counts of a thing.\n"), std::string::npos);
  EXPECT_EQ(pages[1].file, "counter-show.1");
  const std::string& text = pages[1].text;
  const std::string expected_parts[] = {
      ".TH \"COUNTER\\-SHOW\" \"1\" \"2026-11-24\" ",
      ".SH NAME\ncounter\\-show \\- The counts of a thing\n",
      ".SH SYNOPSIS\n\\fBcounter show\\fR [\\fIOPTION\\fR ...] \\fITHING\\fR\n",
      ".SH DESCRIPTION\nThe counts of a thing.\n.PP\nCounts never go down.\n",
      ".TP\n\\fITHING\\fR\nWhat was counted.\n",
      ".TP\n\\fB\\-F\\fR, \\fB\\-\\-format\\fR \\fIFORMAT\\fR\nHow they are written. Default: json.\n",
      ".SS Output\n.TP\n\\fB\\-\\-quiet\\fR\nNo words.\n",
      ".SH EXAMPLES\n.nf\ncounter show apples\n.fi\n",
      ".SH SEE ALSO\n\\fBcounter\\fR(1)\n",
  };
  for (const std::string& part : expected_parts) EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  EXPECT_EQ(text.find("EXIT STATUS"), std::string::npos) << "it asks no service";
}

TEST(Manual, IsWrittenToAFolder) {
  const cli_test::TemporaryFolder folder;
  cli_test::CommandRun run([](const HttpRequest&) { return cli_test::answer(500, ""); });
  EXPECT_EQ(run({"manual", "--output", folder.path("man"), "--date", "2026-11-24"}), 0) << run.err;
  const std::string page = cli_test::TemporaryFolder::read(folder.path("man/tallystick-overview.1"));
  EXPECT_NE(page.find(".TP\n\\fB5\\fR\nNot found.\n"), std::string::npos) << page;
  EXPECT_EQ(run({"manual", "--output", folder.path("man"), "--date", "today"}), 2);
}

}  // namespace
}  // namespace tallystick::cli
