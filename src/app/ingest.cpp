#include "app/ingest.hpp"

#include <memory>
#include <string>
#include <utility>

#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

using Events = std::vector<core::Event>;

core::EventContext context_of(const core::Event& event, const CatalogSnapshot& catalog, core::TimePoint now) {
  core::EventContext context;
  const core::OrganizationId& organization = core::organization_of(event);
  // The built-in organization has no usage (interface.md, "tallystick serve").
  context.organization_known =
      organization != core::operator_organization_id && catalog.organization(organization) != nullptr;
  if (const auto* usage = std::get_if<core::UsageEvent>(&event)) {
    const core::Product* product = catalog.product(usage->product);
    if (product != nullptr) context.metering = &product->metering.kind;
  }
  context.now = now;
  return context;
}

std::vector<BatchFault> faults_of(const Events& events, const CatalogSnapshot& catalog, core::TimePoint now) {
  std::vector<BatchFault> faults;
  for (std::size_t index = 0; index < events.size(); ++index) {
    for (auto& fault : core::check_event(events[index], context_of(events[index], catalog, now))) {
      faults.push_back({index, std::move(fault)});
      if (faults.size() == core::faults_reported_max) return faults;
    }
  }
  return faults;
}

IngestRefusal invalid(std::vector<BatchFault> faults) {
  return {{core::ProblemKind::invalid, "Events of the batch are not valid.", {}, 0}, std::move(faults)};
}

IngestRefusal refused(core::Problem problem) {
  return {std::move(problem), {}};
}

IngestRefusal too_large(std::size_t events, std::size_t events_max) {
  return refused({core::ProblemKind::too_large,
                  "The batch has " + std::to_string(events) + " events, this server takes at most " +
                      std::to_string(events_max) + " at once.",
                  {},
                  0});
}

IngestRefusal refused_voids(const std::vector<std::uint32_t>& indexes) {
  std::vector<BatchFault> faults;
  for (const std::uint32_t index : indexes) {
    if (faults.size() == core::faults_reported_max) break;
    faults.push_back({index, {core::EventField::target_id, "names a void, and a void cannot be voided"}});
  }
  return invalid(std::move(faults));
}

Result<IngestOutcome, IngestRefusal> answer_of(const store::Stored<store::BatchOutcome>& stored,
                                               std::shared_ptr<const Events> events) {
  if (!stored) return fail(refused(problem_of(stored.error())));
  if (!stored->refused_voids.empty()) return fail(refused_voids(stored->refused_voids));
  IngestOutcome outcome;
  outcome.accepted = stored->accepted;
  outcome.duplicates = stored->duplicates;
  outcome.conflicts.reserve(stored->conflicts.size());
  for (const std::uint32_t index : stored->conflicts) {
    const core::Event& event = (*events)[index];
    outcome.conflicts.push_back({index, core::source_of(event), core::id_of(event)});
  }
  outcome.events = std::move(events);
  return outcome;
}

}  // namespace

Ingest::Ingest(Writer& writer, const CurrentCatalog& catalog, Clock clock)
    : writer_(writer), catalog_(catalog), clock_(std::move(clock)) {}

bool Ingest::may_add_for(const Caller& caller, const core::OrganizationId& organization) {
  return caller.is_operator() || caller.organization == organization;
}

std::vector<BatchFault> Ingest::check(const Events& events) const {
  return faults_of(events, *catalog_.get(), clock_());
}

void Ingest::take(Events events, OnTaken on_taken) {
  const auto checked_against = catalog_.get();
  if (auto faults = faults_of(events, *checked_against, clock_()); !faults.empty()) {
    on_taken(fail(invalid(std::move(faults))));
    return;
  }
  if (events.empty()) {
    on_taken(IngestOutcome{});
    return;
  }
  if (events.size() > writer_.queue_events_max()) {
    on_taken(fail(too_large(events.size(), writer_.queue_events_max())));
    return;
  }
  auto batch_events = std::make_shared<const Events>(std::move(events));
  const auto answer = std::make_shared<OnTaken>(std::move(on_taken));
  Writer::Batch batch;
  batch.events = batch_events;
  // Neither callback refers to this object: the writer may finish its queue after it ended.
  batch.still_valid = [&catalog = catalog_, clock = clock_, checked_against, batch_events, answer] {
    const auto in_force = catalog.get();
    if (in_force == checked_against) return true;
    auto faults = faults_of(*batch_events, *in_force, clock());
    if (faults.empty()) return true;
    (*answer)(fail(invalid(std::move(faults))));
    return false;
  };
  batch.on_committed = [answer,
                        taken = std::move(batch_events)](const store::Stored<store::BatchOutcome>& stored) mutable {
    (*answer)(answer_of(stored, std::move(taken)));
  };
  if (!writer_.enqueue(std::move(batch))) (*answer)(fail(refused(overloaded("The queue of events is full."))));
}

}  // namespace tallystick::app
