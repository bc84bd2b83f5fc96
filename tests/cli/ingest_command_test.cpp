#include <gtest/gtest.h>

#include <atomic>

#include "cli/command_run.hpp"
#include "cli/compressed.hpp"
#include "cli/event_batch.hpp"
#include "cli/event_service.hpp"

namespace tallystick::cli_test {
namespace {

class Ingest : public testing::Test {
 protected:
  Ingest() : run_([this](const HttpRequest& request) { return (*service_)(request); }) {
    run_.environment["XDG_STATE_HOME"] = folder_.path("state");
  }

  int ingest(const std::string& file, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"ingest", file});
    return run_(more);
  }
  std::size_t remembered() {
    const std::filesystem::path states = folder_.path("state/tallystick/ingest");
    if (!std::filesystem::exists(states)) return 0;
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(states), {}));
  }

  TemporaryFolder folder_;
  std::shared_ptr<EventService> service_ = std::make_shared<EventService>();
  CommandRun run_;
};

TEST_F(Ingest, EveryFormOfAFileMeansTheSameEvents) {
  const std::string csv = event_csv_header + event_csv_rows(1, 5'000);
  const std::string ndjson = event_ndjson_rows(1, 5'000);
  const std::pair<const char*, std::string> files[] = {
      {"a.csv", csv},
      {"a.csv.gz", gzip(csv)},
      {"a.csv.zst", zstd(csv)},
      {"a.ndjson", ndjson},
      {"a.jsonl.gz", gzip(ndjson.substr(0, 1'000)) + gzip(ndjson.substr(1'000))},
      {"a.ndjson.zst", zstd(ndjson)},
      {"without-a-name", ndjson},
      {"compressed-without-a-name", zstd(csv)},
      {"marked.csv", "\xEF\xBB\xBF" + csv},
  };
  std::map<std::pair<std::string, std::string>, core::UsageEvent> expected;
  for (const auto& [name, bytes] : files) {
    service_ = std::make_shared<EventService>();
    EXPECT_EQ(ingest(folder_.write(name, bytes)), 0) << name << run_.err;
    EXPECT_EQ(run_.out, "{\"accepted\":5000,\"duplicates\":0,\"conflicts\":[]}\n") << name;
    EXPECT_EQ(service_->events.size(), 5'000U) << name;
    EXPECT_EQ(service_->batches, 3) << name;
    if (expected.empty()) expected = service_->events;
    EXPECT_TRUE(service_->events == expected) << name;
    EXPECT_EQ(remembered(), 0U) << name;
  }
}

TEST_F(Ingest, ReadsStandardInput) {
  run_.input = event_ndjson_rows(1, 3);
  EXPECT_EQ(ingest("-"), 0);
  EXPECT_EQ(service_->events.size(), 3U);
  run_.input = event_csv_header + event_csv_rows(1, 4);
  EXPECT_EQ(ingest("-", {"--format", "csv"}), 0);
  EXPECT_EQ(run_.out, "accepted,duplicates,conflicts\n1,3,0\n");
}

TEST_F(Ingest, TheSummaryIsForPeopleOnATerminal) {
  run_.out_is_terminal = true;
  service_->after_each_batch = [this] { run_.now += std::chrono::milliseconds{700}; };
  const std::string file = folder_.write("a.csv", event_csv_header + event_csv_rows(1, 2'500));
  EXPECT_EQ(ingest(file, {"--parallel", "1"}), 0);
  EXPECT_EQ(run_.out, "2,500 accepted, 0 duplicates, 0 conflicts in 1.4 s (1,785 events/s)\n");
  EXPECT_EQ(run_.err, "");
  EXPECT_EQ(ingest(file, {"--parallel", "1", "--format", "json"}), 0);
  EXPECT_EQ(run_.out, "{\"accepted\":0,\"duplicates\":2500,\"conflicts\":[]}\n");
  EXPECT_EQ(run_.err, "0 accepted, 2,500 duplicates, 0 conflicts in 1.4 s (1,785 events/s)\n");
}

TEST_F(Ingest, ATerminalSeesProgress) {
  run_.err_is_terminal = true;
  const std::string file = folder_.write("a.csv", event_csv_header + event_csv_rows(1, 10));
  EXPECT_EQ(ingest(file), 0);
  EXPECT_NE(run_.err.find("[########################] 100%"), std::string::npos) << run_.err;
  EXPECT_EQ(ingest(file, {"--no-progress"}), 0);
  EXPECT_EQ(run_.err.find('#'), std::string::npos) << run_.err;
}

TEST_F(Ingest, ConflictsAreNamedAtTheirLines) {
  ASSERT_EQ(ingest(folder_.write("a.csv", event_csv_header + event_csv_rows(1, 30))), 0);
  std::string changed = event_csv_rows(1, 30);
  for (std::size_t at = 0; (at = changed.find(",1\n", at)) != std::string::npos;) changed.replace(at, 3, ",2\n");
  const std::string file = folder_.write("b.csv", event_csv_header + event_csv_rows(1, 2) + changed);
  run_.out_is_terminal = true;
  EXPECT_EQ(ingest(file, {"--batch-events", "7"}), 0);
  EXPECT_TRUE(run_.out.starts_with("0 accepted, 2 duplicates, 30 conflicts in ")) << run_.out;
  EXPECT_NE(run_.err.find(file + ":4: conflict: the server has an event of source \"acd\" and id \"e1\""),
            std::string::npos)
      << run_.err;
  EXPECT_NE(run_.err.find("and 10 more conflicts"), std::string::npos) << run_.err;
  const std::string one = folder_.write("c.csv", event_csv_header + changed.substr(0, changed.find('\n') + 1));
  EXPECT_EQ(ingest(one, {"--format", "json"}), 0);
  EXPECT_EQ(run_.out, R"({"accepted":0,"duplicates":0,"conflicts":[{"index":0,"source":"acd","id":"e1","file":")" +
                          one + R"(","line":2}]})" + "\n");
}

TEST_F(Ingest, FaultsOfTheFileStopItAtTheirLine) {
  const std::string file = folder_.write(
      "a.csv", event_csv_header + event_csv_rows(1, 10) + "acd,e11,nobody,cx-3,u,2026-03-04T09:15:00Z,1\n" +
                   event_csv_rows(12, 13) + "acd,e14,nobody,cx-3,u,2026-03-04T09:15:00Z,x\n");
  EXPECT_EQ(ingest(file, {"--batch-events", "4"}), 2);
  EXPECT_EQ(service_->events.size(), 10U);
  EXPECT_EQ(run_.out, "");
  EXPECT_NE(run_.err.find(file + ":12: organization: \"nobody\" is not a UUID\n"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find(file + ":15: organization: \"nobody\" is not a UUID\n"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find(file + ":15: quantity: \"x\": "), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("stopped before line 12; everything up to line 11 is stored"), std::string::npos) << run_.err;
  // Mended, the same file sends the rest; nothing is counted twice.
  folder_.write("a.csv", event_csv_header + event_csv_rows(1, 14));
  EXPECT_EQ(ingest(file), 0);
  EXPECT_EQ(run_.out, "{\"accepted\":4,\"duplicates\":10,\"conflicts\":[]}\n");
}

TEST_F(Ingest, NothingIsToldOfWhatFollowsUnreadableText) {
  const std::string file =
      folder_.write("a.csv", event_csv_header + event_csv_rows(1, 2) + "acd,\"e3\"x,y\n" + event_csv_rows(4, 6));
  EXPECT_EQ(ingest(file), 2);
  EXPECT_NE(run_.err.find(file + ":4: has text after a closing quote"), std::string::npos) << run_.err;
  EXPECT_EQ(run_.err.find(file + ":4:"), run_.err.rfind(file + ":4:")) << run_.err;
  EXPECT_EQ(run_.err.find(file + ":5:"), std::string::npos) << run_.err;
  EXPECT_EQ(service_->events.size(), 2U);
}

TEST_F(Ingest, FaultsOfTheServerCannotSteerTheTerminal) {
  service_->refuse = [](const core::UsageEvent&) { return std::optional(std::pair("/type", "no\\u001b[2Jsuch")); };
  EXPECT_EQ(ingest(folder_.write("a.csv", event_csv_header + event_csv_rows(1, 1))), 2);
  EXPECT_NE(run_.err.find("product: no\xEF\xBF\xBD[2Jsuch\n"), std::string::npos) << run_.err;
}

TEST_F(Ingest, FaultsThatTheServerFindsAreMappedToLinesOfTheFile) {
  service_->refuse = [](const core::UsageEvent& event) -> std::optional<std::pair<std::string, std::string>> {
    if (event.id == "e6") return std::pair("/data/quantity", "must not be negative");
    if (event.id == "e7") return std::pair("/type", "no product of the catalog has this key");
    return std::nullopt;
  };
  const std::string csv =
      folder_.write("a.csv", event_csv_header + event_csv_rows(1, 4) + "\n" + event_csv_rows(5, 20));
  EXPECT_EQ(ingest(csv, {"--batch-events", "4", "--parallel", "1"}), 2);
  EXPECT_NE(run_.err.find(csv + ":8: quantity: must not be negative\n"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find(csv + ":9: product: no product of the catalog has this key\n"), std::string::npos)
      << run_.err;
  EXPECT_NE(run_.err.find("refused from line 7 to 10; everything up to line 5 is stored; correct it and run"),
            std::string::npos)
      << run_.err;
  EXPECT_EQ(service_->events.size(), 4U);
}

TEST_F(Ingest, NdjsonFaultsHaveTheirPointer) {
  service_->refuse = [](const core::UsageEvent& event) -> std::optional<std::pair<std::string, std::string>> {
    return event.id == "e2" ? std::optional(std::pair("/data/quantity", "must not be negative")) : std::nullopt;
  };
  const std::string file = folder_.write("a.ndjson", "\n" + event_ndjson_rows(1, 1) + "\n\n" + event_ndjson_rows(2, 2));
  EXPECT_EQ(ingest(file), 2);
  EXPECT_NE(run_.err.find(file + ":5: data/quantity: must not be negative\n"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("refused from line 2 to 5; nothing of it is stored"), std::string::npos) << run_.err;
}

TEST_F(Ingest, BatchesThatWereStoredBehindARefusedOneAreCounted) {
  // The first batch is refused once all others are stored: with four threads they are on their way together.
  service_->refuse = [](const core::UsageEvent& event) -> std::optional<std::pair<std::string, std::string>> {
    return event.id == "e3" ? std::optional(std::pair("/time", "is wrong")) : std::nullopt;
  };
  const std::string file = folder_.write("a.csv", event_csv_header + event_csv_rows(1, 400));
  EXPECT_EQ(ingest(file, {"--batch-events", "10", "--parallel", "4"}), 2);
  EXPECT_NE(run_.err.find(file + ":4: time: is wrong"), std::string::npos) << run_.err;
  const std::size_t stored = service_->events.size();
  const std::string told = stored == 0 ? "; nothing of it is stored; correct it"
                                       : "; " + std::to_string(stored) + " events further on are stored; correct it";
  EXPECT_NE(run_.err.find(told), std::string::npos) << run_.err;
  // Whatever was stored, sending all of it counts each event once.
  service_->refuse = [](const core::UsageEvent&) { return std::nullopt; };
  EXPECT_EQ(ingest(file), 0);
  EXPECT_EQ(service_->events.size(), 400U);
}

TEST_F(Ingest, GoesOnWhereItWasInterrupted) {
  service_->after_each_batch = [&] {
    if (service_->batches == 3) run_.stop.request_stop();
  };
  const std::string file = folder_.write("a.csv", event_csv_header + event_csv_rows(1, 1'000));
  EXPECT_EQ(ingest(file, {"--batch-events", "50", "--parallel", "1"}), 1);
  EXPECT_EQ(service_->events.size(), 150U);
  EXPECT_NE(run_.err.find("interrupted; everything up to line 151 is stored; run the same command again"),
            std::string::npos)
      << run_.err;
  EXPECT_EQ(remembered(), 1U);

  service_->after_each_batch = [] {};
  run_.stop = std::stop_source();
  service_->times_sent.clear();
  EXPECT_EQ(ingest(file, {"--batch-events", "50", "--parallel", "4"}), 0);
  EXPECT_NE(run_.err.find("going on after line 151"), std::string::npos) << run_.err;
  EXPECT_EQ(run_.out, "{\"accepted\":850,\"duplicates\":0,\"conflicts\":[]}\n");
  EXPECT_EQ(service_->events.size(), 1'000U);
  // The last hundred events were shown again as a proof, those before them were not sent.
  EXPECT_EQ(service_->times_sent.count("e50"), 0U);
  EXPECT_EQ(service_->times_sent.count("e51"), 1U);
  EXPECT_EQ(service_->times_sent["e151"], 1);
  EXPECT_EQ(remembered(), 0U);
}

TEST_F(Ingest, TheProofOfLargeEventsStaysWithinABatch) {
  std::size_t largest_body = 0;
  run_.transport = client_test::with_token([&](const HttpRequest& request) {
    largest_body = std::max(largest_body, request.body.size());
    return (*service_)(request);
  });
  std::string text;
  for (int i = 1; i <= 120; ++i) {
    std::string event = event_ndjson_rows(i, i);
    text += event.insert(1, R"("note":")" + std::string(100'000, 'x') + R"(",)");
  }
  const std::string file = folder_.write("a.ndjson", text);
  service_->after_each_batch = [&] {
    if (service_->batches == 2) run_.stop.request_stop();
  };
  EXPECT_EQ(ingest(file, {"--parallel", "1"}), 1);
  EXPECT_EQ(remembered(), 1U);
  EXPECT_GT(service_->events.size() * 100'000, cli::batch_bytes_max) << "more was sent than fits one batch";
  run_.stop = std::stop_source();
  largest_body = 0;
  EXPECT_EQ(ingest(file, {"--parallel", "1"}), 0);
  EXPECT_NE(run_.err.find("going on after line"), std::string::npos) << run_.err;
  EXPECT_LE(largest_body, cli::batch_bytes_max);
  EXPECT_EQ(service_->events.size(), 120U);
}

TEST_F(Ingest, AServerThatLostItsDataGetsEverythingAgain) {
  service_->after_each_batch = [&] { run_.stop.request_stop(); };
  const std::string file = folder_.write("a.csv.gz", gzip(event_csv_header + event_csv_rows(1, 500)));
  EXPECT_EQ(ingest(file, {"--batch-events", "200", "--parallel", "1"}), 1);
  EXPECT_EQ(remembered(), 1U);
  service_ = std::make_shared<EventService>();
  run_.stop = std::stop_source();
  EXPECT_EQ(ingest(file), 0);
  EXPECT_NE(run_.err.find("the server lacks what an earlier run sent; sending all of it again"), std::string::npos);
  EXPECT_EQ(service_->events.size(), 500U);
  // The proof's hundred events were new, and came once more in their turn.
  EXPECT_EQ(run_.out, "{\"accepted\":500,\"duplicates\":100,\"conflicts\":[]}\n");
}

TEST_F(Ingest, WhatIsRememberedIsBelievedForTheSameFileAndServerAlone) {
  const auto interrupted_run = [&] {
    service_ = std::make_shared<EventService>();
    service_->after_each_batch = [&] { run_.stop.request_stop(); };
    folder_.write("a.csv", event_csv_header + event_csv_rows(1, 100));
    EXPECT_EQ(ingest(folder_.path("a.csv"), {"--batch-events", "20", "--parallel", "1"}), 1);
    run_.stop = std::stop_source();
    service_->after_each_batch = [] {};
  };
  interrupted_run();
  EXPECT_EQ(ingest(folder_.path("a.csv"), {"--from-start"}), 0);
  EXPECT_EQ(run_.out, "{\"accepted\":80,\"duplicates\":20,\"conflicts\":[]}\n");

  interrupted_run();
  folder_.write("a.csv", event_csv_header + event_csv_rows(1, 101));
  EXPECT_EQ(ingest(folder_.path("a.csv")), 0);
  EXPECT_EQ(run_.out, "{\"accepted\":81,\"duplicates\":20,\"conflicts\":[]}\n");

  interrupted_run();
  const auto states = folder_.path("state/tallystick/ingest");
  for (const auto& entry : std::filesystem::directory_iterator(states)) {
    folder_.write("state/tallystick/ingest/" + entry.path().filename().string(), "nonsense");
  }
  EXPECT_EQ(ingest(folder_.path("a.csv")), 0);
  EXPECT_EQ(run_.out, "{\"accepted\":80,\"duplicates\":20,\"conflicts\":[]}\n");
}

TEST_F(Ingest, WithoutAnAnswerItSaysHowToGoOn) {
  std::atomic<int> batches = 0;
  run_.transport = client_test::with_token([&](const HttpRequest& request) -> ApiResult<HttpResponse> {
    if (++batches == 3) return fail(ApiError{.kind = ApiError::Kind::network, .message = "the connection was refused"});
    return (*service_)(request);
  });
  const std::string file = folder_.write("a.csv", event_csv_header + event_csv_rows(1, 100));
  EXPECT_EQ(ingest(file, {"--batch-events", "10", "--parallel", "1"}), 6);
  EXPECT_NE(run_.err.find(file + ":22: the connection was refused"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("stopped at line 22 to 31; everything up to line 21 is stored; run the same command again"),
            std::string::npos)
      << run_.err;
  EXPECT_EQ(ingest(file), 0);
  EXPECT_EQ(service_->events.size(), 100U);
}

TEST_F(Ingest, SeveralFilesAreSentInTheirOrder) {
  const std::string a = folder_.write("a.csv", event_csv_header + event_csv_rows(1, 10));
  const std::string b = folder_.write("b.ndjson", event_ndjson_rows(5, 20));
  EXPECT_EQ(ingest(a, {b}), 0);
  EXPECT_EQ(run_.out, "{\"accepted\":20,\"duplicates\":6,\"conflicts\":[]}\n");
  EXPECT_EQ(ingest(folder_.path("missing.csv"), {b}), 2);
  EXPECT_NE(run_.err.find("missing.csv: cannot be opened: No such file or directory"), std::string::npos) << run_.err;
}

TEST_F(Ingest, BadFilesAreRefused) {
  struct Row {
    const char* name;
    std::string bytes;
    const char* expected;
  };
  const std::string csv = event_csv_header + event_csv_rows(1, 5'000);
  const Row rows[] = {
      {"a.csv", "source,id\n", ":1: organization: this column is missing in the header"},
      {"cut.csv.gz", gzip(csv).substr(0, 10'000), ": ends in the middle of its gzip data"},
      {"array.json", "[" + event_ndjson_rows(1, 1) + "]", ":1: is not a JSON object: write one CloudEvent a line"},
      {"quote.csv", event_csv_header + event_csv_rows(1, 2) + "acd,\"e3", ":4: has a quote that is not closed"},
  };
  for (const Row& row : rows) {
    const std::string file = folder_.write(row.name, row.bytes);
    EXPECT_EQ(ingest(file), 2) << row.name;
    EXPECT_NE(run_.err.find(file + row.expected), std::string::npos) << run_.err;
  }
  EXPECT_EQ(ingest(folder_.path("")), 2);
  EXPECT_NE(run_.err.find("is a folder, not a file"), std::string::npos);
}

TEST_F(Ingest, AnEmptyFileIsDone) {
  for (const char* name : {"empty.csv", "empty.ndjson", "empty"}) {
    EXPECT_EQ(ingest(folder_.write(name, "")), 0) << name;
    EXPECT_EQ(run_.out, "{\"accepted\":0,\"duplicates\":0,\"conflicts\":[]}\n");
  }
  EXPECT_EQ(service_->batches, 0);
}

}  // namespace
}  // namespace tallystick::cli_test
