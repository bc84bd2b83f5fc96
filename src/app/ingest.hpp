#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/authenticate.hpp"
#include "app/clock.hpp"
#include "app/writer.hpp"
#include "tallystick/core/problem.hpp"

namespace tallystick::app {

/// A fault of one event of a batch.
struct BatchFault {
  std::size_t index = 0;
  core::EventFault fault;
};

/// A batch that was taken.
struct IngestOutcome {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  struct Conflict {
    std::size_t index = 0;
    std::string source;
    std::string id;
  };
  std::vector<Conflict> conflicts;
  /// The batch, held by nobody else: freeing it costs the writer's thread as much as writing some of it, so whoever has
  /// the outcome takes it to another thread. Absent of a batch without events.
  std::shared_ptr<const std::vector<core::Event>> events;
};

/// A batch that was refused whole: either a problem of the request, or faults of its events.
struct IngestRefusal {
  core::Problem problem;
  std::vector<BatchFault> faults;  ///< with problem.kind invalid; at most core::faults_reported_max
};

/// Takes batches of usage events: checks, queues, and answers once they are durable. What is still queued when it ends
/// is answered by the writer, which must end before the catalog that was passed.
class Ingest {
 public:
  Ingest(Writer& writer, const CurrentCatalog& catalog, Clock clock);

  using OnTaken = std::function<void(Result<IngestOutcome, IngestRefusal>)>;

  /// Whether the caller may add events of this organization: an operator for all, others for their own. Asked before
  /// any fault of a batch is told (interface.md: 403 before 400).
  [[nodiscard]] static bool may_add_for(const Caller& caller, const core::OrganizationId& organization);

  /// Every event against domain.md; all faults of all events, up to core::faults_reported_max. For a batch that is
  /// refused already because of its shape, so that both sorts of faults are told at once; `take` checks by itself.
  [[nodiscard]] std::vector<BatchFault> check(const std::vector<core::Event>& events) const;

  /// Events → checked → durable. Answers once, from this thread or the writer's; a batch without events at once.
  /// Refusals: invalid with the faults of the events (among them what is known only when they are written: a void whose
  /// target is known to be a void, a product that left the catalog meanwhile), too_large (more than the queue ever
  /// holds), overloaded (queue full, with retry_after_s), storage_failed.
  void take(std::vector<core::Event> events, OnTaken on_taken);

 private:
  Writer& writer_;
  const CurrentCatalog& catalog_;
  Clock clock_;
};

}  // namespace tallystick::app
