#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/byte_source.hpp"
#include "cli/event_batch.hpp"
#include "cli/event_reader.hpp"
#include "tallystick/client/api_error.hpp"
#include "tallystick/wire/ingest_result.hpp"

namespace tallystick::cli {

/// An event that the server knows with other content.
struct FileConflict {
  std::string file;
  std::uint64_t line = 0;
  std::string source;
  std::string id;
};

/// What became of everything that was sent.
struct IngestCounts {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t conflicts = 0;
  std::vector<FileConflict> named_conflicts;  ///< the first ones, up to what is kept

  [[nodiscard]] std::uint64_t events() const { return accepted + duplicates + conflicts; }
};

/// A batch that the server did not take, or could not be reached for.
struct RefusedBatch {
  std::uint64_t first_line = 0;
  std::uint64_t last_line = 0;
  ApiError error;
  std::vector<InputFault> faults;  ///< that the server named, at the lines of the file
};

/// Keeps book of the batches of one file: what is acknowledged, what was refused, and up to which line nothing is
/// missing.
class IngestLedger {
 public:
  /// `safe_line`: everything up to it was acknowledged before.
  IngestLedger(std::string file, std::uint64_t safe_line) : file_(std::move(file)), safe_line_(safe_line) {}

  void stored(const EventBatch& batch, const wire::IngestResult& result, IngestCounts& counts,
              std::size_t conflicts_kept_max);
  void refused(const EventBatch& batch, const ApiError& error, const EventReader& reader);

  /// The last line up to which every event is acknowledged; batches after a gap do not count.
  [[nodiscard]] std::uint64_t safe_line() const { return safe_line_; }
  /// Events that were acknowledged, and those of them that lie behind a gap.
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t events_ahead() const;
  /// By batch number, so in the order of the file.
  [[nodiscard]] const std::map<std::uint64_t, RefusedBatch>& refusals() const { return refusals_; }

 private:
  std::string file_;
  std::uint64_t safe_line_;
  std::uint64_t next_number_ = 0;
  std::uint64_t events_ = 0;
  struct Ahead {
    std::uint64_t last_line = 0;
    std::uint64_t events = 0;
  };
  std::map<std::uint64_t, Ahead> stored_ahead_;  // by batch number, behind a gap
  std::map<std::uint64_t, RefusedBatch> refusals_;
};

/// The fault at its place in the file: `/3/data/quantity` is the fourth line of the body. A pointer that names no
/// event is a fault of the batch, at its first line.
[[nodiscard]] InputFault place_fault(const core::Fault& fault, const EventBatch& batch, const EventReader& reader);

}  // namespace tallystick::cli
