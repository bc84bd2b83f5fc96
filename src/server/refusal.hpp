#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/exchange.hpp"
#include "tallystick/core/problem.hpp"

/// Error answers: the one place that knows which status, code and words belong to what went wrong (wire.md, "Errors").
namespace tallystick::server {

/// What went wrong. One row of the table in refusal.cpp each.
enum class Situation {
  bad_request,
  invalid_date,
  invalid_query_value,  ///< params: value, name, allowed
  invalid_field_value,  ///< params: value, type, allowed
  invalid_fields,
  authentication_required,
  bad_credentials,
  missing_permissions,  ///< params: permissions
  not_authorized,
  not_found,
  method_not_allowed,
  client_timeout,
  conflict,
  body_too_large,  ///< params: bytes
  over_limit,      ///< another size than bytes; params: limit
  unsupported_media_type,
  header_too_large,   ///< params: bytes
  too_many_requests,  ///< params: maximum, seconds
  internal_error,
  unavailable,
};

/// Why a request is not answered with what it asked for.
struct Refusal {
  Situation situation = Situation::internal_error;
  std::map<std::string, std::string> params;  ///< what the row's `{name}`s stand for
  std::string reason;                         ///< told to the caller after the row's words; empty: nothing to add
  std::vector<core::Fault> faults;            ///< told as `details`
  HeaderFields headers;                       ///< Allow, Retry-After, WWW-Authenticate
  std::string log_reason;                     ///< for the log alone
};

/// A Problem of a use case as a refusal. What happened inside the server goes to the log, not to the caller.
[[nodiscard]] Refusal refusal_of(core::Problem problem);

/// The row alone.
[[nodiscard]] Refusal refuse(Situation situation);
[[nodiscard]] Refusal refuse_query_value(std::string_view value, std::string_view name, std::string_view allowed);
/// `name`: the query parameter, named in `details`; `type`: what it should be.
[[nodiscard]] Refusal refuse_field_value(std::string_view value, std::string_view name, std::string_view type,
                                         std::string_view allowed);
[[nodiscard]] Refusal refuse_body_over(std::size_t bytes_max);
[[nodiscard]] Refusal refuse_media_type(std::string_view reason);

/// The status of the row.
[[nodiscard]] int status_of(Situation situation);

/// The answer: an ErrorBody whose contextId is the request's correlation id.
[[nodiscard]] Response error_response(const Refusal& refusal, const std::string& context_id);

/// `Retry-After`, in whole seconds, at least 1.
[[nodiscard]] std::pair<std::string, std::string> retry_after(int seconds);

}  // namespace tallystick::server
