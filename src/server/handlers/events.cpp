#include "tallystick/wire/event.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "server/content_type.hpp"
#include "server/handlers/handlers.hpp"
#include "server/request_body.hpp"
#include "tallystick/wire/ingest_result.hpp"

namespace tallystick::server {
namespace {

constexpr std::pair<std::string_view, wire::EventFormat> formats[] = {
    {"application/cloudevents+json", wire::EventFormat::single},
    {"application/cloudevents-batch+json", wire::EventFormat::batch},
    {"application/x-ndjson", wire::EventFormat::ndjson},
};

std::optional<wire::EventFormat> format_of(const Request& request) {
  const auto type = media_type_of(request);
  for (const auto& [name, format] : formats) {
    if (type == name) return format;
  }
  return std::nullopt;
}

/// Which event of the body a fault of its shape is about: the first part of its pointer, unless the body is one event.
std::size_t position_of(const core::Fault& fault, wire::EventFormat format) {
  std::size_t position = 0;
  if (format == wire::EventFormat::single || fault.pointer.empty()) return position;
  const char* const end = fault.pointer.data() + fault.pointer.size();
  std::from_chars(fault.pointer.data() + 1, end, position);
  return position;
}

/// How indexes of a decoded batch lead back into the body.
struct BodyPlan {
  wire::EventFormat format = wire::EventFormat::single;
  std::vector<std::size_t> positions;
};

/// Faults of shape and faults of rules, in the order of the body.
Refusal refuse_events(wire::DecodeFaults shape, const std::vector<app::BatchFault>& rules, const BodyPlan& plan) {
  std::vector<std::pair<std::size_t, core::Fault>> all;
  for (core::Fault& fault : shape) {
    const std::size_t position = position_of(fault, plan.format);
    all.emplace_back(position, std::move(fault));
  }
  for (const app::BatchFault& rule : rules) {
    const std::size_t position = plan.positions.at(rule.index);
    const std::string pointer = wire::event_pointer(plan.format, position, rule.fault.field);
    all.emplace_back(position, core::Fault{pointer, rule.fault.message});
  }
  std::ranges::stable_sort(all, {}, &std::pair<std::size_t, core::Fault>::first);

  Refusal refusal = refuse(Situation::invalid_fields);
  for (auto& [position, fault] : all) {
    if (refusal.faults.size() == core::faults_reported_max) break;
    refusal.faults.push_back(std::move(fault));
  }
  return refusal;
}

Refusal refusal_of_failure(const wire::EventDecodeFailure& failure, std::size_t events_max) {
  Refusal refusal;
  if (failure.kind == wire::EventDecodeFailure::Kind::too_many_events) {
    refusal.situation = Situation::over_limit;
    refusal.params["limit"] = "Maximum events: " + std::to_string(events_max);
  } else {
    refusal.situation = Situation::bad_request;
    refusal.reason = failure.message;
  }
  return refusal;
}

bool may_add_all(const app::Caller& caller, const wire::DecodedEvents& decoded) {
  const auto may_add = [&](const core::OrganizationId& id) { return app::Ingest::may_add_for(caller, id); };
  return std::ranges::all_of(decoded.organizations_with_faults, may_add) &&
         std::ranges::all_of(decoded.events, may_add, &core::organization_of);
}

Response taken_response(const app::IngestOutcome& outcome, const BodyPlan& plan) {
  wire::IngestResult result;
  result.accepted = static_cast<std::int64_t>(outcome.accepted);
  result.duplicates = static_cast<std::int64_t>(outcome.duplicates);
  for (const app::IngestOutcome::Conflict& conflict : outcome.conflicts) {
    wire::IngestConflict& named = result.conflicts.emplace_back();
    named.index = static_cast<std::int64_t>(plan.positions.at(conflict.index));
    named.source = conflict.source;
    named.id = conflict.id;
  }
  return json_response(wire::to_json(result));
}

using Taken = Result<app::IngestOutcome, app::IngestRefusal>;

void answer_taken(Service& service, const BodyPlan& plan, const Answer& answer, Taken taken) {
  if (taken) {
    service.metrics.count_events(taken->accepted, taken->duplicates, taken->conflicts.size());
    return answer(taken_response(*taken, plan));
  }
  if (!taken.error().faults.empty()) return answer(fail(refuse_events({}, taken.error().faults, plan)));
  answer(fail(refusal_of(std::move(taken.error().problem))));
}

}  // namespace

void handle_events(Call& call, const Answer& answer) {
  const Limits& limits = call.service->settings.limits;
  app::Ingest& ingest = call.service->use_cases.ingest;
  const auto format = format_of(call.request);
  if (!format) {
    return answer(
        fail(refuse_media_type("Content-Type may be application/cloudevents+json, "
                               "application/cloudevents-batch+json or application/x-ndjson, in UTF-8.")));
  }
  const auto body = read_body(call.request, limits.body_bytes_max);
  if (!body) return answer(fail(body.error()));
  auto decoded = wire::decode_events(*body, *format, limits.batch_events_max);
  if (!decoded) return answer(fail(refusal_of_failure(decoded.error(), limits.batch_events_max)));
  if (!may_add_all(call.caller, *decoded)) {
    return answer(fail(refuse(Situation::not_authorized)));
  }
  BodyPlan plan{*format, std::move(decoded->positions)};
  if (!decoded->faults.empty()) {
    return answer(fail(refuse_events(std::move(decoded->faults), ingest.check(decoded->events), plan)));
  }
  // The writer's thread has the next group to write, so the answer is made, and the events are freed, on a worker.
  ingest.take(std::move(decoded->events), [service = call.service, plan = std::move(plan), answer](Taken taken) {
    service->on_worker(Lane::rest, [service, plan, answer, taken = std::move(taken)]() mutable {
      answer_taken(*service, plan, answer, std::move(taken));
    });
  });
}

}  // namespace tallystick::server
