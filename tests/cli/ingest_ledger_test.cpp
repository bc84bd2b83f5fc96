#include "cli/ingest_ledger.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/event_batch.hpp"

namespace tallystick::cli {
namespace {

// A batch of two events at two lines of the file, and the server's answer that it knows both otherwise.
void store(IngestLedger& ledger, std::uint64_t number, IngestCounts& counts, std::size_t kept_max) {
  EventBatch batch;
  batch.number = number;
  batch.lines = {2 * number + 1, 2 * number + 2};
  batch.last_line = batch.lines.back();
  wire::IngestResult result;
  for (std::int64_t index = 0; index < 2; ++index) {
    wire::IngestConflict& conflict = result.conflicts.emplace_back();
    conflict.index = index;
    conflict.source = "s";
    conflict.id = std::to_string(batch.lines[static_cast<std::size_t>(index)]);
  }
  ledger.stored(batch, result, counts, kept_max);
}

std::string named(const IngestCounts& counts) {
  std::string text;
  for (const FileConflict& conflict : counts.named_conflicts) {
    text += conflict.file + ":" + std::to_string(conflict.line) + " ";
  }
  return text;
}

TEST(IngestLedger, NamesTheFirstConflictsOfAFileInWhateverOrderBatchesAreAnswered) {
  IngestCounts counts;
  IngestLedger first("a", 0);
  for (const std::uint64_t number : {2U, 0U, 3U, 1U}) store(first, number, counts, 5);
  EXPECT_EQ(named(counts), "a:1 a:2 a:3 a:4 a:5 ");
  EXPECT_EQ(counts.conflicts, 8U);
}

TEST(IngestLedger, ConflictsOfFilesStandInTheOrderOfTheFiles) {
  IngestCounts counts;
  IngestLedger first("b", 0);
  IngestLedger second("a", 0);
  for (const std::uint64_t number : {1U, 0U}) store(first, number, counts, 7);
  for (const std::uint64_t number : {1U, 0U}) store(second, number, counts, 7);
  EXPECT_EQ(named(counts), "b:1 b:2 b:3 b:4 a:1 a:2 a:3 ");
}

}  // namespace
}  // namespace tallystick::cli
