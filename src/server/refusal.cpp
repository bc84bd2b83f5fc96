#include "server/refusal.hpp"

#include <algorithm>

#include "tallystick/wire/error_body.hpp"

namespace tallystick::server {
namespace {

struct Row {
  Situation situation;
  int status;
  std::string_view code;
  std::string_view words;  ///< with `{name}` where a parameter goes
};

constexpr Row rows[] = {
    {Situation::bad_request, 400, "bad.request",
     "The request could not be understood by the server due to malformed syntax."},
    {Situation::invalid_date, 400, "invalid.date",
     "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ"},
    {Situation::invalid_query_value, 400, "invalid.query.param.value",
     "Value [{value}] is not valid for parameter [{name}]. Allowable values are: {allowed}"},
    {Situation::invalid_field_value, 400, "invalid.value",
     "Value [{value}] is not valid for field type [{type}]. Allowable values are: {allowed}"},
    {Situation::invalid_fields, 400, "constraint.validation", ""},
    {Situation::authentication_required, 401, "authentication.required",
     "No authentication bearer token specified in authorization header."},
    {Situation::bad_credentials, 401, "bad.credentials", "Invalid login credentials."},
    {Situation::missing_permissions, 403, "missing.any.permissions",
     "Unable to perform the requested action. You must have at least one of the following permissions assigned: "
     "{permissions}"},
    {Situation::not_authorized, 403, "not.authorized", "You are not authorized to perform the requested action."},
    {Situation::not_found, 404, "not.found", "The requested resource was not found."},
    {Situation::method_not_allowed, 405, "method.not.allowed", "This address does not take that method."},
    {Situation::client_timeout, 408, "client.timeout", "The request did not arrive in time."},
    {Situation::conflict, 409, "conflict", "The request conflicts with what is stored."},
    {Situation::body_too_large, 413, "request.entity.too.large",
     "The request is over the size limit. Maximum bytes: {bytes}"},
    {Situation::over_limit, 413, "request.entity.too.large", "The request is over the size limit. {limit}"},
    {Situation::unsupported_media_type, 415, "unsupported.media.type",
     "The body is not of a type or an encoding that this address takes."},
    {Situation::header_too_large, 431, "request.header.too.large",
     "The request's header is over the size limit. Maximum bytes: {bytes}"},
    {Situation::too_many_requests, 429, "too.many.requests",
     "Rate limit exceeded the maximum [{maximum}] requests within [{seconds}] seconds"},
    {Situation::internal_error, 500, "internal.server.error",
     "The server could not do this. Its log says why under the contextId of this answer."},
    {Situation::unavailable, 503, "service.unavailable",
     "The server is busy. Try again after the time in Retry-After."},
};

const Row& row_of(Situation situation) {
  return *std::ranges::find(rows, situation, &Row::situation);
}

std::string fill_in(std::string_view words, const std::map<std::string, std::string>& params) {
  std::string filled;
  for (;;) {
    const std::size_t open = words.find('{');
    filled.append(words.substr(0, open));
    if (open == std::string_view::npos) return filled;
    const std::size_t close = words.find('}', open);
    const auto param = params.find(std::string(words.substr(open + 1, close - open - 1)));
    if (param != params.end()) filled.append(param->second);
    words.remove_prefix(close + 1);
  }
}

/// What the row says, or for a row without words the first fault, then the reason.
std::string message_of(const Row& row, const Refusal& refusal) {
  std::string message = fill_in(row.words, refusal.params);
  const auto add = [&message](std::string_view text) {
    if (!message.empty() && !text.empty()) message.push_back(' ');
    message.append(text);
  };
  if (row.words.empty() && !refusal.faults.empty()) {
    const core::Fault& first = refusal.faults.front();
    add(first.pointer.empty() ? first.message : first.pointer + ": " + first.message);
    if (refusal.faults.size() > 1) add("(and " + std::to_string(refusal.faults.size() - 1) + " more in details)");
  }
  add(refusal.reason);
  return message;
}

/// A caller's own text, made fit for an error message: short, and printable whatever was sent.
std::string excerpt(std::string_view text) {
  constexpr std::size_t bytes_max = 64;
  std::string shown(text.substr(0, bytes_max));
  std::ranges::replace_if(
      shown, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text.size() > bytes_max ? shown + "..." : shown;
}

Situation situation_of(core::ProblemKind kind) {
  using core::ProblemKind;
  switch (kind) {
    case ProblemKind::malformed:
      return Situation::bad_request;
    case ProblemKind::invalid:
      return Situation::invalid_fields;
    case ProblemKind::invalid_date:
      return Situation::invalid_date;
    case ProblemKind::conflict:
      return Situation::conflict;
    case ProblemKind::bad_credentials:
      return Situation::bad_credentials;
    case ProblemKind::not_permitted:
      return Situation::not_authorized;
    case ProblemKind::not_found:
      return Situation::not_found;
    case ProblemKind::too_large:
      return Situation::over_limit;
    case ProblemKind::overloaded:
      return Situation::unavailable;
    case ProblemKind::invalid_grant:  // of the token address, which has a form of its own
    case ProblemKind::storage_failed:
    case ProblemKind::internal:
      break;
  }
  return Situation::internal_error;
}

}  // namespace

Refusal refusal_of(core::Problem problem) {
  Refusal refusal;
  refusal.situation = situation_of(problem.kind);
  refusal.faults = std::move(problem.faults);
  if (refusal.faults.size() > core::faults_reported_max) refusal.faults.resize(core::faults_reported_max);
  switch (refusal.situation) {
    case Situation::internal_error:
      refusal.faults.clear();
      refusal.log_reason = std::move(problem.message);
      break;
    case Situation::unavailable:
      refusal.headers.push_back(retry_after(problem.retry_after_s));
      break;
    case Situation::over_limit:
      refusal.params["limit"] = std::move(problem.message);
      break;
    case Situation::bad_request:
    case Situation::conflict:
      refusal.reason = std::move(problem.message);
      break;
    case Situation::invalid_fields:
      if (refusal.faults.empty()) refusal.reason = std::move(problem.message);
      break;
    default:
      break;  // the row says all that a caller should know
  }
  return refusal;
}

Refusal refuse(Situation situation) {
  Refusal refusal;
  refusal.situation = situation;
  return refusal;
}

Refusal refuse_query_value(std::string_view value, std::string_view name, std::string_view allowed) {
  Refusal refusal = refuse(Situation::invalid_query_value);
  refusal.params = {{"value", excerpt(value)}, {"name", std::string(name)}, {"allowed", std::string(allowed)}};
  return refusal;
}

Refusal refuse_field_value(std::string_view value, std::string_view name, std::string_view type,
                           std::string_view allowed) {
  Refusal refusal = refuse(Situation::invalid_field_value);
  refusal.params = {{"value", excerpt(value)}, {"type", std::string(type)}, {"allowed", std::string(allowed)}};
  refusal.faults = {{std::string(name), "is not one of " + std::string(allowed)}};
  return refusal;
}

Refusal refuse_body_over(std::size_t bytes_max) {
  Refusal refusal = refuse(Situation::body_too_large);
  refusal.params = {{"bytes", std::to_string(bytes_max)}};
  return refusal;
}

Refusal refuse_media_type(std::string_view reason) {
  Refusal refusal = refuse(Situation::unsupported_media_type);
  refusal.reason = reason;
  return refusal;
}

int status_of(Situation situation) {
  return row_of(situation).status;
}

Response error_response(const Refusal& refusal, const std::string& context_id) {
  const Row& row = row_of(refusal.situation);
  wire::ErrorBody body;
  body.message = message_of(row, refusal);
  body.code = row.code;
  body.status = row.status;
  body.context_id = context_id;
  if (!refusal.params.empty()) {
    body.message_with_params = row.words;
    body.message_params = refusal.params;
  }
  body.details.emplace();
  for (const core::Fault& fault : refusal.faults) {
    wire::Detail detail;
    detail.error_code = fault.message;
    detail.field_name = fault.pointer;
    body.details->push_back(std::move(detail));
  }
  body.errors.emplace();

  Response response;
  response.status = row.status;
  response.body = wire::to_json(body);
  response.headers = refusal.headers;
  if (row.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

std::pair<std::string, std::string> retry_after(int seconds) {
  return {"Retry-After", std::to_string(std::max(seconds, 1))};
}

}  // namespace tallystick::server
