#include <optional>

#include "server/content_type.hpp"
#include "server/handlers/handlers.hpp"
#include "server/request_body.hpp"
#include "tallystick/wire/applied_changes.hpp"
#include "tallystick/wire/catalog_document.hpp"

namespace tallystick::server {
namespace {

std::optional<wire::DocumentFormat> format_of(const Request& request) {
  const auto type = media_type_of(request);
  if (type == "application/json") return wire::DocumentFormat::json;
  if (type == "application/yaml" || type == "application/x-yaml" || type == "text/yaml") {
    return wire::DocumentFormat::yaml;
  }
  return std::nullopt;
}

/// A query parameter that is true or false; false where it is missing or empty.
Result<bool, Refusal> read_flag(const Query& query, std::string_view name) {
  const auto text = query.get_filled(name);
  if (!text || equals_without_case(*text, "false")) return false;
  if (equals_without_case(*text, "true")) return true;
  return fail(refuse_query_value(*text, name, "true, false"));
}

Result<app::ApplyOptions, Refusal> read_options(const Query& query) {
  const auto dry_run = read_flag(query, "dryRun");
  if (!dry_run) return fail(dry_run.error());
  const auto prune = read_flag(query, "prune");
  if (!prune) return fail(prune.error());
  return app::ApplyOptions{.dry_run = *dry_run, .prune = *prune};
}

Refusal refusal_of_failure(wire::CatalogReadFailure failure) {
  Refusal refusal;
  refusal.situation = failure.malformed ? Situation::bad_request : Situation::invalid_fields;
  if (failure.malformed) refusal.reason = std::move(failure.message);
  refusal.faults = std::move(failure.faults);
  if (refusal.faults.size() > core::faults_reported_max) refusal.faults.resize(core::faults_reported_max);
  return refusal;
}

Response changes_response(app::AppliedChanges changes) {
  wire::AppliedChanges told;
  told.created = std::move(changes.created);
  told.updated = std::move(changes.updated);
  told.removed = std::move(changes.removed);
  told.unchanged = static_cast<std::int64_t>(changes.unchanged);
  return json_response(wire::to_json(told));
}

using Applied = Result<app::AppliedChanges, core::Problem>;

void answer_applied(const Answer& answer, const wire::ReadCatalog& read, Applied applied) {
  if (applied) return answer(changes_response(std::move(*applied)));
  core::Problem problem = std::move(applied.error());
  wire::add_positions(problem.faults, read);
  answer(fail(refusal_of(std::move(problem))));
}

}  // namespace

void handle_apply(Call& call, const Answer& answer) {
  const auto options = read_options(call.query);
  const auto format = format_of(call.request);
  if (!format) {
    return answer(fail(refuse_media_type("Content-Type may be application/yaml or application/json, in UTF-8.")));
  }
  const auto body = read_body(call.request, call.service->settings.limits.body_bytes_max);
  if (!body) return answer(fail(body.error()));
  if (!options) return answer(fail(options.error()));
  // No variables: only the program that reads a file replaces `${…}`, never the server for what was posted.
  auto read = wire::read_catalog(*body, *format, nullptr);
  if (!read) return answer(fail(refusal_of_failure(std::move(read.error()))));
  core::CatalogDocument document = std::move(read->document);
  read->document = {};
  call.service->use_cases.apply.apply(
      std::move(document), *options, [service = call.service, read = std::move(*read), answer](Applied applied) {
        if (applied) service->use_cases.wake_closing();
        service->on_worker(Lane::rest, [read, answer, applied = std::move(applied)]() mutable {
          answer_applied(answer, read, std::move(applied));
        });
      });
}

void handle_catalog(Call& call, const Answer& answer) {
  answer(json_response(wire::catalog_to_json(call.service->use_cases.catalog.get()->declared())));
}

}  // namespace tallystick::server
