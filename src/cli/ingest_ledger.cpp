#include "cli/ingest_ledger.hpp"

#include <charconv>
#include <utility>

#include "cli/failure.hpp"

namespace tallystick::cli {

InputFault place_fault(const core::Fault& fault, const EventBatch& batch, const EventReader& reader) {
  const std::string_view pointer = fault.pointer;
  const std::uint64_t batch_line = batch.lines.empty() ? 0 : batch.lines.front();
  std::size_t index = 0;
  if (!pointer.starts_with('/')) return {batch_line, std::string(pointer), fault.message};
  const char* const end = pointer.data() + pointer.size();
  const auto [rest, error] = std::from_chars(pointer.data() + 1, end, index);
  if (error != std::errc() || index >= batch.lines.size() || (rest != end && *rest != '/')) {
    return {batch_line, std::string(pointer), fault.message};
  }
  const std::string_view inside(rest, static_cast<std::size_t>(end - rest));
  return {batch.lines[index], reader.field_of_pointer(inside), fault.message};
}

namespace {

// Batches are answered in any order; those named are the first ones of the file all the same. Files come one after the
// other, so that this one's are at the end.
void name_conflict(FileConflict conflict, std::vector<FileConflict>& named, std::size_t kept_max) {
  auto at = named.end();
  while (at != named.begin() && (at - 1)->file == conflict.file && (at - 1)->line > conflict.line) --at;
  if (at == named.end() && named.size() >= kept_max) return;
  named.insert(at, std::move(conflict));
  if (named.size() > kept_max) named.pop_back();
}

}  // namespace

void IngestLedger::stored(const EventBatch& batch, const wire::IngestResult& result, IngestCounts& counts,
                          std::size_t conflicts_kept_max) {
  counts.accepted += static_cast<std::uint64_t>(result.accepted);
  counts.duplicates += static_cast<std::uint64_t>(result.duplicates);
  counts.conflicts += result.conflicts.size();
  for (const wire::IngestConflict& conflict : result.conflicts) {
    const auto index = static_cast<std::size_t>(conflict.index);
    const std::uint64_t line = index < batch.lines.size() ? batch.lines[index] : 0;
    name_conflict({file_, line, conflict.source, conflict.id}, counts.named_conflicts, conflicts_kept_max);
  }
  events_ += batch.lines.size();
  stored_ahead_.emplace(batch.number, Ahead{batch.last_line, batch.lines.size()});
  for (auto next = stored_ahead_.begin(); next != stored_ahead_.end() && next->first == next_number_;
       next = stored_ahead_.erase(next)) {
    safe_line_ = next->second.last_line;
    ++next_number_;
  }
}

std::uint64_t IngestLedger::events_ahead() const {
  std::uint64_t events = 0;
  for (const auto& [number, ahead] : stored_ahead_) events += ahead.events;
  return events;
}

void IngestLedger::refused(const EventBatch& batch, const ApiError& error, const EventReader& reader) {
  RefusedBatch refusal{batch.lines.empty() ? 0 : batch.lines.front(), batch.last_line, error, {}};
  for (const core::Fault& fault : faults_of(error)) refusal.faults.push_back(place_fault(fault, batch, reader));
  refusals_.emplace(batch.number, std::move(refusal));
}

}  // namespace tallystick::cli
