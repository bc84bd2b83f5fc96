#include "cli/failure.hpp"

#include "cli/display_width.hpp"
#include "tallystick/wire/error_body.hpp"

namespace tallystick::cli {
namespace {

// RFC 6749's names for a client that the token address does not take; they come with status 400 or 401.
bool is_refused_client(const std::string& code) {
  return code == "invalid_client" || code == "invalid_grant" || code == "unauthorized_client" ||
         code == "access_denied";
}

ExitCode exit_code_of_status(int status) {
  switch (status) {
    case 401:
      return ExitCode::not_authenticated;
    case 403:
      return ExitCode::not_permitted;
    case 404:
      return ExitCode::not_found;
    case 400:  // a field, a date, a document
    case 413:  // a document that is too large
    case 415:
    case 422:
      return ExitCode::bad_input;
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
      return ExitCode::no_answer;
    default:
      return ExitCode::failed;
  }
}

}  // namespace

ExitCode exit_code_of(const ApiError& error) {
  switch (error.kind) {
    case ApiError::Kind::configuration:
      return ExitCode::bad_input;
    case ApiError::Kind::network:
      return ExitCode::no_answer;
    case ApiError::Kind::log_in:
      return ExitCode::not_authenticated;
    case ApiError::Kind::answer:
    case ApiError::Kind::cancelled:
      return ExitCode::failed;
    case ApiError::Kind::status:
      return is_refused_client(error.code) ? ExitCode::not_authenticated : exit_code_of_status(error.status);
  }
  return ExitCode::failed;
}

Failure failure_of(const ApiError& error) {
  if (error.kind == ApiError::Kind::log_in) return {exit_code_of(error), error.message + " (tallystick login)"};
  return {exit_code_of(error), error.message};
}

std::string error_json(const ApiError& error) {
  if (error.body) return wire::to_json(*error.body);
  wire::ErrorBody body;
  body.message = error.message;
  if (!error.code.empty()) body.code = error.code;
  if (error.status != 0) body.status = error.status;
  return wire::to_json(body);
}

std::vector<core::Fault> faults_of(const ApiError& error) {
  std::vector<core::Fault> faults;
  if (!error.body || !error.body->details) return faults;
  for (const wire::Detail& detail : *error.body->details) {
    faults.push_back({detail.field_name.value_or(""), detail.error_code.value_or(error.message)});
  }
  return faults;
}

Failure failure_with_faults(const ApiError& error) {
  Failure failure = failure_of(error);
  for (const core::Fault& fault : faults_of(error)) {
    if (error.message.find(fault.message) != std::string::npos) continue;
    const std::string name = fault.pointer.substr(fault.pointer.starts_with('/') ? 1 : 0);
    failure.message += "\n  " + printable(name.empty() ? fault.message : name + ": " + fault.message);
  }
  return failure;
}

}  // namespace tallystick::cli
