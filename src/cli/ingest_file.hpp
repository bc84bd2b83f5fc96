#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/event_input.hpp"
#include "cli/failure.hpp"
#include "cli/ingest_ledger.hpp"
#include "cli/progress.hpp"
#include "cli/resume_file.hpp"
#include "cli/terminal.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick::cli {

class BatchSender;

struct IngestSettings {
  std::string base_url;  ///< of the server, by which an interrupted run is remembered
  std::size_t parallel = 4;
  std::size_t batch_events = batch_events_default;
  bool from_start = false;             ///< whatever is remembered of an earlier run
  std::size_t conflicts_kept_max = 0;  ///< how many are named in IngestCounts
  std::function<bool()> interrupted;
};

/// Sends one file of events, from where an interrupted run left off. Several files one after the other share counts.
class IngestFile {
 public:
  /// All but `file` and `settings` are borrowed.
  IngestFile(std::string file, IngestSettings settings, const TallystickApi& api, const Terminal& terminal,
             Progress& progress, IngestCounts& counts);

  /// Reads, sends and waits for the answers. Faults are told at their lines; the failure says what is stored and how
  /// to go on. Its code: bad_input for the file's own faults and those that the server finds, failed for an
  /// interruption, else that of the server's error.
  [[nodiscard]] Status<Failure> run();

 private:
  struct ReadToEnd {
    std::vector<InputFault> faults;
    bool stopped = false;
  };

  [[nodiscard]] Status<Failure> go_on_after(std::uint64_t line);
  [[nodiscard]] ReadToEnd read_and_send(BatchSender& sender);
  void note_answer(const EventBatch& batch, const ApiResult<wire::IngestResult>& answer);
  void remember(bool now);
  [[nodiscard]] Status<Failure> conclude(const ReadToEnd& read);
  void tell_faults(const std::vector<InputFault>& faults);
  [[nodiscard]] Failure failure(ExitCode code, const std::string& what) const;

  std::string file_;
  IngestSettings settings_;
  const TallystickApi& api_;
  const Terminal& terminal_;
  Progress& progress_;
  IngestCounts& counts_;

  std::unique_ptr<EventInput> input_;
  std::uint64_t bytes_skipped_ = 0;
  std::optional<EventRecord> read_ahead_;  // the first record after those that were skipped
  IngestLedger ledger_;
  std::optional<ResumeFile> resume_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point remembered_at_;
};

}  // namespace tallystick::cli
