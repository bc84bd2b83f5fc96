#include <gtest/gtest.h>

#include "cli/command_run.hpp"

namespace tallystick::cli_test {
namespace {

ApiResult<HttpResponse> nothing(const HttpRequest&) {
  return answer(500, "");
}

/// The lines that the shells read: the kind, then each word without its description.
std::vector<std::string> lines_of(CommandRun& run, std::vector<std::string> words) {
  words.insert(words.begin(), {"__complete", "line"});
  EXPECT_EQ(run(words), 0) << run.err;
  EXPECT_EQ(run.err, "");
  std::vector<std::string> lines;
  std::istringstream out(run.out);
  for (std::string line; std::getline(out, line);) lines.push_back(line.substr(0, line.find('\t')));
  return lines;
}
std::vector<std::string> lines_of(std::vector<std::string> words) {
  CommandRun run{nothing};
  return lines_of(run, std::move(words));
}

using Lines = std::vector<std::string>;

TEST(Completion, AWordAfterTheProgramIsACommand) {
  EXPECT_EQ(lines_of({"cont"}), (Lines{"words", "contracts", "contract"}));
  EXPECT_EQ(lines_of({"who"}), (Lines{"words", "whoami"}));
  EXPECT_EQ(lines_of({"xyz"}), (Lines{"words"}));
  const Lines all = lines_of({""});
  EXPECT_NE(std::ranges::find(all, "report"), all.end());
  for (const char* hidden : {"__complete", "manual"}) EXPECT_EQ(std::ranges::find(all, hidden), all.end());
  EXPECT_EQ(lines_of(Lines{}), all);
}

TEST(Completion, DescriptionsStandBehindATab) {
  CommandRun run{nothing};
  EXPECT_EQ(run({"__complete", "line", "trustors"}), 0);
  EXPECT_EQ(run.out, "words\ntrustors\tThe customers whose billing this client may see\n");
}

TEST(Completion, OptionsAreThoseOfTheCommandThatAreNotGivenYet) {
  EXPECT_EQ(lines_of({"report", "--f"}), (Lines{"words", "--from", "--format"}));
  EXPECT_EQ(lines_of({"report", "--from", "2026-03", "--f"}), (Lines{"words", "--format"}));
  EXPECT_EQ(lines_of({"report", "--from=2026-03", "--f"}), (Lines{"words", "--format"}));
  EXPECT_EQ(lines_of({"overview", "--per"}), (Lines{"words", "--period", "--periods"}));
  EXPECT_EQ(lines_of({"overview", "Blue Harbor Bank", "--all", "--al"}), (Lines{"words"}));
  EXPECT_EQ(lines_of({"apply", "-f", "x", "--fi"}), (Lines{"words"}));
  // A command without arguments can only be followed by options.
  EXPECT_EQ(lines_of({"trustors", ""}), lines_of({"trustors", "-"}));
}

TEST(Completion, ValuesThatAnOptionIsChosenFrom) {
  const std::pair<Lines, Lines> rows[] = {
      {{"report", "--format", ""}, {"words", "table", "json", "csv", "xlsx", "svg"}},
      {{"trustors", "--format", ""}, {"words", "table", "json", "csv", "xlsx"}},
      {{"trustors", "--format", "c"}, {"words", "csv"}},
      {{"trustors", "--format=c"}, {"words", "--format=csv"}},
      {{"trustors", "--format", "=", "c"}, {"words", "csv"}},
      {{"trustors", "--format", "="}, {"words", "table", "json", "csv", "xlsx"}},
      {{"whoami", "--region", "eu_c"}, {"words", "eu_central_1", "eu_central_2"}},
      {{"contracts", "--status", ""}, {"words", "Active", "Inactive"}},
      {{"invoices", "--status", "U"}, {"words", "Unpaid"}},
      {{"invoice-document", "--type", ""}, {"words", "pdf", "xlsx", "csv"}},
      {{"completion", ""}, {"words", "bash", "zsh", "fish"}},
      {{"completion", "z"}, {"words", "zsh"}},
  };
  for (const auto& [words, expected] : rows) EXPECT_EQ(lines_of(words), expected) << words.back();
}

TEST(Completion, FilesAndFoldersAreTheShellsOwn) {
  const std::pair<Lines, Lines> rows[] = {
      {{"apply", "-f", ""}, {"files"}},
      {{"apply", "--file", "cat"}, {"files"}},
      {{"apply", "--file=cat"}, {"files"}},
      {{"report", "--output", ""}, {"files"}},
      {{"ingest", ""}, {"files"}},
      {{"ingest", "a.csv", "b"}, {"files"}},
      {{"ingest", "--", "-"}, {"files"}},
      {{"report", "--from", ""}, {"words"}},
      {{"report", "--organization", ""}, {"words"}},
  };
  for (const auto& [words, expected] : rows) EXPECT_EQ(lines_of(words), expected) << words.back();
}

TEST(Completion, ProfilesAreThoseOfTheUsersFile) {
  const TemporaryFolder folder;
  folder.write("tallystick/config.toml", "[profiles.default]\n[profiles.partner]\n[profiles.\"two words\"]\n");
  CommandRun run{nothing};
  run.environment["XDG_CONFIG_HOME"] = folder.path("");
  EXPECT_EQ(lines_of(run, {"whoami", "--profile", ""}), (Lines{"words", "default", "partner", "two words"}));
  folder.write("tallystick/config.toml", "no TOML");
  EXPECT_EQ(lines_of(run, {"whoami", "--profile", ""}), (Lines{"words"}));
  run.environment["XDG_CONFIG_HOME"] = folder.path("missing");
  EXPECT_EQ(lines_of(run, {"whoami", "--profile", ""}), (Lines{"words"}));
}

TEST(Completion, AShellThatIsNotKnownIsNamed) {
  CommandRun run{nothing};
  EXPECT_EQ(run({"completion", "bsah"}), 2);
  EXPECT_NE(run.err.find("did you mean \"bash\"?"), std::string::npos) << run.err;
  EXPECT_EQ(run({"completion"}), 2);
  EXPECT_EQ(run.out, "");
}

TEST(Completion, HiddenCommandsAreNotProposedForMisspeltOnes) {
  CommandRun run{nothing};
  EXPECT_EQ(run({"manuel"}), 2);
  EXPECT_EQ(run.err.find("did you mean"), std::string::npos) << run.err;
}

}  // namespace
}  // namespace tallystick::cli_test
