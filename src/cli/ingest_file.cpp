#include "cli/ingest_file.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "cli/batch_sender.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;

// What an interruption that nobody sees coming may cost in lines sent twice.
constexpr milliseconds remember_interval{1'000};
// How many of the last acknowledged events are shown to the server before those before them are skipped.
constexpr std::size_t proof_events = 100;
constexpr std::size_t faults_told_max = core::faults_reported_max;

}  // namespace

IngestFile::IngestFile(std::string file, IngestSettings settings, const TallystickApi& api, const Terminal& terminal,
                       Progress& progress, IngestCounts& counts)
    : file_(std::move(file)),
      settings_(std::move(settings)),
      api_(api),
      terminal_(terminal),
      progress_(progress),
      counts_(counts),
      ledger_(file_, 0),
      begun_(terminal.monotonic_now()),
      remembered_at_(begun_) {}

Status<Failure> IngestFile::run() {
  auto input = EventInput::open(file_, terminal_);
  if (!input) return fail(input.error());
  input_ = *std::move(input);
  if (file_ != standard_input_name) resume_ = ResumeFile::of(file_, settings_.base_url, terminal_);
  const auto line = resume_ && !settings_.from_start ? resume_->read() : std::nullopt;
  if (line) {
    if (auto gone_on = go_on_after(*line); !gone_on) return gone_on;
  }
  ReadToEnd read;
  {
    BatchSender sender(
        api_, settings_.parallel, [this](const EventBatch& batch, const auto& answer) { note_answer(batch, answer); },
        settings_.interrupted);
    read = read_and_send(sender);
    if (!sender.finish()) read.stopped = true;
  }
  progress_.clear();
  return conclude(read);
}

// Skips what is acknowledged, after the server has proved that it still has the end of it: a server whose data was
// lost or set back gets everything again.
Status<Failure> IngestFile::go_on_after(std::uint64_t line) {
  std::deque<EventRecord> last;
  std::size_t last_bytes = 0;
  while (true) {
    auto record = input_->reader().next();
    if (!record) return fail(Failure{ExitCode::bad_input, to_string(file_, record.error())});
    if (!*record) break;
    if ((*record)->line > line) {
      read_ahead_ = **std::move(record);
      break;
    }
    if (!(*record)->faults.empty()) continue;
    last_bytes += (*record)->json.size() + 1;
    last.push_back(**std::move(record));
    // One body, so within its limits; a single record is far below them.
    while (last.size() > proof_events || last_bytes > batch_bytes_max) {
      last_bytes -= last.front().json.size() + 1;
      last.pop_front();
    }
  }
  EventBatch proof;
  for (const EventRecord& record : last) proof.add(record.json, record.line, record.last_line);
  if (!proof.lines.empty()) {
    const auto answer = api_.post_events_ndjson(proof.ndjson).send();
    if (!answer && answer.error().status != 400) return fail(failure_of(answer.error()));
    if (answer && answer->accepted == 0) {
      ledger_ = IngestLedger(file_, line);
      bytes_skipped_ = input_->bytes_taken();
      progress_.tell(file_ + ": going on after line " + std::to_string(line) +
                     ", up to which an earlier run was acknowledged (--from-start sends all of it)");
      return {};
    }
    if (answer) ledger_.stored(EventBatch{}, *answer, counts_, 0);
  }
  progress_.tell(file_ + ": the server lacks what an earlier run sent; sending all of it again");
  ledger_ = IngestLedger(file_, 0);
  read_ahead_.reset();
  auto input = EventInput::open(file_, terminal_);
  if (!input) return fail(input.error());
  input_ = *std::move(input);
  return {};
}

IngestFile::ReadToEnd IngestFile::read_and_send(BatchSender& sender) {
  EventBatch batch;
  const auto submit = [&] {
    batch.bytes_taken = input_->bytes_taken();
    const std::uint64_t number = batch.number;
    const bool taken = sender.submit(std::exchange(batch, EventBatch{}));
    batch.number = number + 1;
    return taken;
  };
  ReadToEnd read;
  bool is_readable = true;
  while (!read.stopped) {
    auto record = read_ahead_ ? Result<std::optional<EventRecord>, InputFault>(std::exchange(read_ahead_, std::nullopt))
                              : input_->reader().next();
    if (!record) {
      read.faults.push_back(record.error());
      is_readable = false;
      break;
    }
    if (!*record) break;
    if (!(*record)->faults.empty()) {
      read.faults = (*record)->faults;
      break;
    }
    const EventRecord& event = **record;
    if (!batch.lines.empty() && batch.ndjson.size() + event.json.size() >= batch_bytes_max) read.stopped = !submit();
    batch.add(event.json, event.line, event.last_line);
    if (batch.lines.size() >= settings_.batch_events) read.stopped = !submit();
    if (settings_.interrupted()) read.stopped = true;
  }
  // What stands before a fault is good, and sent.
  if (!read.stopped && !batch.lines.empty()) read.stopped = !submit();
  // A person who mends one line wants to know of the others at once.
  for (std::size_t i = 0; is_readable && !read.faults.empty() && i < settings_.batch_events; ++i) {
    if (read.faults.size() >= faults_told_max) break;
    auto record = input_->reader().next();
    if (!record || !*record) break;
    read.faults.insert(read.faults.end(), (*record)->faults.begin(), (*record)->faults.end());
  }
  return read;
}

void IngestFile::note_answer(const EventBatch& batch, const ApiResult<wire::IngestResult>& answer) {
  if (!answer) {
    ledger_.refused(batch, answer.error(), input_->reader());
    return;
  }
  ledger_.stored(batch, *answer, counts_, settings_.conflicts_kept_max);
  remember(false);
  if (!progress_.is_due()) return;
  const auto elapsed = std::chrono::duration_cast<milliseconds>(terminal_.monotonic_now() - begun_);
  const TransferState state{ledger_.events(), batch.bytes_taken, input_->bytes_total(), bytes_skipped_};
  progress_.show(transfer_line(file_, state, elapsed, static_cast<std::size_t>(std::max(2, terminal_.columns) - 1)));
}

void IngestFile::remember(bool now) {
  if (!resume_ || ledger_.safe_line() == 0) return;
  const auto time = terminal_.monotonic_now();
  if (!now && time - remembered_at_ < remember_interval) return;
  remembered_at_ = time;
  if (const auto written = resume_->write(ledger_.safe_line()); !written) {
    progress_.tell(written.error().message + " (an interrupted run will start from the first line)");
    resume_.reset();
  }
}

void IngestFile::tell_faults(const std::vector<InputFault>& faults) {
  const std::size_t told = std::min(faults.size(), faults_told_max);
  for (std::size_t i = 0; i < told; ++i) progress_.tell(printable(to_string(file_, faults[i])));
}

Failure IngestFile::failure(ExitCode code, const std::string& what) const {
  std::string stored;
  if (ledger_.safe_line() > 0) {
    stored = "everything up to line " + std::to_string(ledger_.safe_line()) + " is stored";
  }
  if (ledger_.events_ahead() > 0) {
    stored += (stored.empty() ? "" : " and ") + count_of(ledger_.events_ahead(), "event") + " further on are stored";
  }
  if (stored.empty()) stored = "nothing of it is stored";
  std::string next = "run the same command again: what is stored is not counted twice";
  if (code == ExitCode::bad_input) next = "correct it and " + next;
  return {code, file_ + ": " + what + "; " + stored + "; " + next};
}

Status<Failure> IngestFile::conclude(const ReadToEnd& read) {
  if (ledger_.refusals().empty() && read.faults.empty() && !read.stopped) {
    if (resume_) resume_->remove();
    return {};
  }
  remember(true);
  for (const auto& [number, refusal] : ledger_.refusals()) {
    tell_faults(refusal.faults);
    if (refusal.faults.empty()) progress_.tell(to_string(file_, {refusal.first_line, "", refusal.error.message}));
  }
  tell_faults(read.faults);
  if (!ledger_.refusals().empty()) {
    const RefusedBatch& first = ledger_.refusals().begin()->second;
    const ExitCode code = exit_code_of(first.error);
    return fail(failure(code, std::string(code == ExitCode::bad_input ? "refused from" : "stopped at") + " line " +
                                  std::to_string(first.first_line) + " to " + std::to_string(first.last_line)));
  }
  if (!read.faults.empty()) {
    const std::uint64_t line = read.faults.front().line;
    return fail(failure(ExitCode::bad_input,
                        line == 0 ? std::string("cannot be read on") : "stopped before line " + std::to_string(line)));
  }
  return fail(failure(ExitCode::failed, "interrupted"));
}

}  // namespace tallystick::cli
