#include "cli/overview_ledger.hpp"

#include <gtest/gtest.h>

#include "cli/command_run.hpp"

namespace tallystick::cli {
namespace {

using cli_test::TemporaryFolder;
using std::chrono::minutes;

const core::OrganizationId bank = core::Uuid::parse("22222222-2222-4222-8222-222222222222").value();
const core::OrganizationId clinic = core::Uuid::parse("33333333-3333-4333-8333-333333333333").value();

OverviewLedger::Answer overview(const std::string& usage) {
  return wire::from_json<wire::TrusteeBillingOverview>(
             R"({"organization":{"id":"x"},"currency":"USD","enabledProducts":[],"subscriptionType":"PREPAY",)"
             R"("usages":[{"name":"Seats","partNumber":"P","grouping":"g","unitOfMeasureType":"u","usageQuantity":")" +
             usage + R"(","prepayQuantity":"0"}],"newField":{"a":[1]}})")
      .value();
}

OverviewLedger::Answer failure(int status) {
  ApiError error;
  error.kind = ApiError::Kind::status;
  error.status = status;
  error.code = "not.found";
  error.message = "The requested resource was not found.";
  return fail(std::move(error));
}

class Ledger : public testing::Test {
 protected:
  std::unique_ptr<OverviewLedger> open(bool fresh = false) {
    auto ledger = OverviewLedger::open(run_, terminal_, fresh);
    EXPECT_TRUE(ledger) << ledger.error().value_or("");
    return *std::move(ledger);
  }
  [[nodiscard]] std::string file() const {
    const std::filesystem::directory_iterator files(folder_.path("tallystick/overview"));
    return files == std::filesystem::directory_iterator() ? "" : files->path().string();
  }
  void append(const std::string& text) const { std::ofstream(file(), std::ios::app | std::ios::binary) << text; }

  TemporaryFolder folder_;
  std::ostringstream out_;
  std::istringstream in_;
  core::TimePoint now_ = core::parse_time("2026-12-01T10:00:00Z").value();
  Terminal terminal_{.out = out_, .err = out_, .in = in_, .environment = [this](const std::string& name) {
                       return name == "XDG_STATE_HOME" ? std::optional(folder_.path("")) : std::nullopt;
                     }};
  OverviewRun run_{"https://api.example", "partner", "n", {0, 1}, false};

  void SetUp() override {
    terminal_.now = [this] { return now_; };
  }
};

TEST_F(Ledger, HasWhatAnEarlierRunKept) {
  {
    const auto first = open();
    EXPECT_EQ(first->size(), 0U);
    first->keep(bank, 0, overview("7"));
    now_ += minutes{5};
    first->keep(bank, 1, failure(404));
    first->keep(clinic, 0, failure(500));
    EXPECT_EQ(first->size(), 2U);
  }
  now_ += minutes{10};
  const auto second = open();
  EXPECT_EQ(second->size(), 2U);
  EXPECT_EQ(second->age(), minutes{15});
  const auto kept = second->find(bank, 0);
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ(wire::to_json(**kept), wire::to_json(*overview("7"))) << "unknown fields too";
  const auto missing = second->find(bank, 1);
  ASSERT_TRUE(missing && !*missing);
  EXPECT_EQ(missing->error().status, 404);
  EXPECT_EQ(error_json(missing->error()), error_json(failure(404).error()));
  EXPECT_FALSE(second->find(clinic, 0)) << "a fault of the server may be over";
  struct stat status {};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  second->remove();
  EXPECT_EQ(file(), "");
}

TEST_F(Ledger, AnAnswerIsBelievedForAnHour) {
  open()->keep(bank, 0, overview("7"));
  now_ += minutes{30};
  open()->keep(clinic, 0, overview("8"));
  now_ += minutes{29};
  EXPECT_EQ(open()->size(), 2U);
  now_ += minutes{1};
  EXPECT_EQ(open()->size(), 1U);
  EXPECT_TRUE(open()->find(clinic, 0));
  // A clock that was set back: nobody knows how old it is.
  now_ -= minutes{120};
  EXPECT_EQ(open()->size(), 0U);
}

TEST_F(Ledger, OfSeveralTheLastOneCounts) {
  const auto ledger = open();
  ledger->keep(bank, 0, overview("7"));
  ledger->keep(bank, 0, overview("8"));
  EXPECT_EQ(ledger->size(), 1U);
  EXPECT_EQ((*ledger->find(bank, 0))->usages[0].usage_quantity, "8");
}

TEST_F(Ledger, IsForTheSameQuestionAlone) {
  open()->keep(bank, 0, overview("7"));
  const OverviewRun same = run_;
  const OverviewRun others[] = {{"https://other.example", "partner", "n", {0, 1}, false},
                                {"https://api.example", "other", "n", {0, 1}, false},
                                {"https://api.example", "partner", "m", {0, 1}, false},
                                {"https://api.example", "partner", "n", {0}, false},
                                {"https://api.example", "partner", "n", {0, 1}, true}};
  for (const OverviewRun& other : others) {
    run_ = other;
    EXPECT_EQ(open()->size(), 0U);
  }
  run_ = same;
  EXPECT_EQ(open()->size(), 1U);
  EXPECT_EQ(open(true)->size(), 0U);
  EXPECT_EQ(open()->size(), 0U) << "what was kept before a fresh run is gone";
}

TEST_F(Ledger, ALineThatWasNotFinishedIsWrittenAnew) {
  for (const char* rest : {R"({"at":"2026-12-)", "nonsense\n", "{}\n"}) {
    open(true)->keep(bank, 0, overview("7"));
    append(rest);
    {
      const auto ledger = open();
      EXPECT_EQ(ledger->size(), 1U) << rest;
      ledger->keep(clinic, 0, overview("8"));
    }
    const auto ledger = open();
    EXPECT_EQ(ledger->size(), 2U) << rest;
    EXPECT_TRUE(ledger->find(clinic, 0)) << rest;
  }
}

TEST_F(Ledger, TwoRunsAtOnceDoNotShareIt) {
  const auto first = open();
  const auto second = OverviewLedger::open(run_, terminal_, false);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().value_or("").find("running elsewhere"), std::string::npos);
}

TEST_F(Ledger, WithoutAFolderNothingIsKept) {
  terminal_.environment = [](const std::string&) { return std::optional<std::string>(); };
  const auto nowhere = OverviewLedger::open(run_, terminal_, false);
  ASSERT_FALSE(nowhere);
  EXPECT_FALSE(nowhere.error());
  terminal_.environment = [](const std::string&) { return std::optional<std::string>("/dev/null"); };
  const auto unwritable = OverviewLedger::open(run_, terminal_, false);
  ASSERT_FALSE(unwritable);
  EXPECT_NE(unwritable.error().value_or("").find("cannot be written"), std::string::npos);
}

}  // namespace
}  // namespace tallystick::cli
