#include "client/answer.hpp"

#include <algorithm>
#include <charconv>

#include "client/correlation_id.hpp"
#include "client/http_date.hpp"
#include "client/redaction.hpp"
#include "tallystick/wire/error_body.hpp"
#include "tallystick/wire/token.hpp"

namespace tallystick::client {
namespace {

/// Whole seconds, or a date, which the answer's own Date turns into seconds: clocks need not agree.
std::optional<std::chrono::seconds> retry_after_of(const HttpResponse& response) {
  const auto field = response.header("Retry-After");
  if (!field) return std::nullopt;
  std::uint32_t seconds = 0;
  const auto [end, fault] = std::from_chars(field->data(), field->data() + field->size(), seconds);
  if (fault == std::errc{} && end == field->data() + field->size()) return std::chrono::seconds(seconds);
  const auto then = parse_http_date(*field);
  const auto now = parse_http_date(response.header("Date").value_or(""));
  if (!then || !now) return std::nullopt;
  return std::max(*then - *now, std::chrono::seconds(0));
}

bool is_transient(int status) {
  return status == 429 || status == 502 || status == 503 || status == 504;
}

/// What every answer of an error status tells, whatever its body.
ApiError error_of_status(const HttpResponse& response) {
  ApiError error;
  error.kind = ApiError::Kind::status;
  error.status = response.status;
  error.context_id = one_line(response.header(correlation_header).value_or(""), excerpt_bytes_max);
  error.retry_after = retry_after_of(response);
  error.transient = is_transient(response.status);
  return error;
}

std::string with_context(const std::string& message, const ApiError& error) {
  return error.context_id.empty() ? message : message + " (context " + error.context_id + ")";
}

std::string redirect_words(const HttpResponse& response, std::string_view address) {
  const auto location = response.header("Location");
  std::string words = std::to_string(response.status) + " from " + std::string(address) +
                      ": redirects are not followed, so that credentials stay with the configured address. ";
  if (!location) return words + "Check the base URL.";
  return words + "The answer points to " + one_line(told_address(*location, true)) +
         "; if that is where the service is, configure its address as the base URL.";
}

/// For an answer that is no ErrorBody: mostly a proxy or gateway speaks, so the address and its words are told.
std::string foreign_words(const HttpResponse& response, std::string_view address) {
  const std::string words = std::to_string(response.status) + " from " + std::string(address) + ", ";
  const std::string excerpt = one_line(response.body, excerpt_bytes_max);
  if (excerpt.empty()) return words + "without a body";
  return words + "which is not an answer of the API: " + excerpt;
}

std::optional<wire::ErrorBody> error_body_of(const HttpResponse& response) {
  auto body = wire::from_json<wire::ErrorBody>(response.body);
  if (!body || (!body->message && !body->code)) return std::nullopt;
  return std::move(*body);
}

}  // namespace

std::string one_line(std::string_view text, std::size_t bytes_max) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
    if (line.size() > bytes_max) {
      const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
      std::size_t cut = bytes_max;
      while (cut > 0 && continues(line[cut])) --cut;
      line.resize(cut);
      return line + "…";
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

ApiError status_error(const HttpResponse& response, std::string_view address) {
  ApiError error = error_of_status(response);
  error.body = error_body_of(response);
  if (error.body) {
    const wire::ErrorBody& body = *error.body;
    error.code = body.code.value_or("");
    if (body.context_id && !body.context_id->empty()) error.context_id = one_line(*body.context_id, excerpt_bytes_max);
    std::string message = std::to_string(response.status);
    if (!error.code.empty()) message += " " + one_line(error.code, excerpt_bytes_max);
    const std::string words = one_line(body.message.value_or(""), excerpt_bytes_max * 10);
    if (!words.empty()) message += ": " + words;
    error.message = with_context(message, error);
  } else if (response.status >= 300 && response.status < 400) {
    error.message = redirect_words(response, address);
  } else {
    error.message = with_context(foreign_words(response, address), error);
  }
  return error;
}

ApiError token_error(const HttpResponse& response, std::string_view address) {
  const auto refusal = wire::from_json<wire::TokenError>(response.body);
  const std::string before = "no token from " + std::string(address) + ": ";
  if (!refusal) {
    ApiError error = status_error(response, address);
    error.message = before + error.message;
    return error;
  }
  ApiError error = error_of_status(response);
  error.code = refusal->error;
  std::string words = std::to_string(response.status) + " " + one_line(refusal->error, excerpt_bytes_max);
  const auto description = refusal->error_description ? refusal->error_description : refusal->description;
  if (description && !description->empty()) words += ": " + one_line(*description, excerpt_bytes_max * 10);
  if (refusal->error == "invalid_client") words += " (check client id and secret)";
  error.message = with_context(before + words, error);
  return error;
}

ApiError not_the_model(const HttpResponse& response, std::string_view address, std::string_view model,
                       const wire::DecodeFaults& faults) {
  ApiError error;
  error.kind = ApiError::Kind::answer;
  error.status = response.status;
  error.context_id = one_line(response.header(correlation_header).value_or(""), excerpt_bytes_max);
  std::string message = "the answer to " + std::string(address) + " is not " + std::string(model);
  if (!faults.empty()) {
    const auto& first = faults.front();
    message += ": " +
               (first.pointer.empty() ? std::string() : "at " + one_line(first.pointer, excerpt_bytes_max) + " ") +
               one_line(first.message, excerpt_bytes_max);
  }
  error.message = with_context(message + "; is the base URL that of the service?", error);
  return error;
}

ApiError no_further_page(std::string_view address, std::string_view way) {
  ApiError error;
  error.kind = ApiError::Kind::answer;
  error.message = "a page of " + std::string(address) +
                  " leads to no further page: " + one_line(way, excerpt_bytes_max) +
                  "; what came before it is not the whole listing";
  return error;
}

ApiError cancelled_error() {
  return {.kind = ApiError::Kind::cancelled,
          .message = "cancelled before it was answered; whether the service did something is not known"};
}

}  // namespace tallystick::client
