#include "client/observed_exchange.hpp"

#include <algorithm>
#include <utility>

#include "client/answer.hpp"
#include "client/redaction.hpp"
#include "client/url.hpp"

namespace tallystick::client {
namespace {

/// A catalog with thousands of clients is shorter.
constexpr std::size_t searched_body_bytes_max = std::size_t{4} << 20U;

bool is_success(const HttpResponse& response) {
  return response.status >= 200 && response.status < 300;
}

}  // namespace

void put_over(Headers& headers, const Headers& over) {
  for (const auto& [name, value] : over) {
    const std::string wanted = lower_case(name);
    const auto is_it = [&](const auto& header) { return lower_case(header.first) == wanted; };
    headers.erase(std::remove_if(headers.begin(), headers.end(), is_it), headers.end());
  }
  headers.insert(headers.end(), over.begin(), over.end());
}

std::string told_duration(std::chrono::microseconds duration) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  constexpr std::int64_t second_ms = 1'000;
  if (ms < 10 * second_ms) return std::to_string(ms) + " ms";
  return std::to_string(ms / second_ms) + " s";
}

ObservedExchange::ObservedExchange(std::shared_ptr<const Configuration> configuration,
                                   std::shared_ptr<HttpTransport> transport, Pacing pacing)
    : configuration_(std::move(configuration)),
      transport_(std::move(transport)),
      pacing_(std::move(pacing)),
      secrets_(std::make_shared<KnownSecrets>(*configuration_)),
      log_(configuration_->log, secrets_, pacing_.wall_now) {}

ApiResult<HttpResponse> ObservedExchange::send(const HttpRequest& request, Purpose purpose) const {
  const auto& before_request = configuration_->hooks.before_request;
  // Bodies may be large: mostly there is nothing to change, and nothing is copied.
  if (purpose != Purpose::token && !before_request) return exchange(request, purpose);
  HttpRequest changed = request;
  if (purpose == Purpose::token) {
    // What the request says of itself stays; and it waits as long as the configuration in force says.
    changed.headers = configuration_->headers;
    put_over(changed.headers, request.headers);
    changed.connect_timeout = configuration_->connect_timeout;
    changed.timeout = configuration_->request_timeout;
  }
  if (before_request) before_request(changed);
  return exchange(changed, purpose);
}

ApiResult<HttpResponse> ObservedExchange::exchange(const HttpRequest& request, Purpose purpose) const {
  const Hooks& hooks = configuration_->hooks;
  secrets_->learn_from(request);
  if (purpose == Purpose::download) secrets_->learn_query_of(request.url);

  const bool is_timed = hooks.after_request || log_.tells(LogLevel::debug);
  const auto begin = is_timed ? pacing_.now() : std::chrono::steady_clock::time_point();
  auto outcome = transport_->send(request);
  const auto duration = is_timed ? std::chrono::duration_cast<std::chrono::microseconds>(pacing_.now() - begin)
                                 : std::chrono::microseconds(0);
  if (outcome && purpose == Purpose::token) secrets_->learn_tokens_from(*outcome);
  // What is in a body is looked for where somebody may have echoed it.
  const bool may_echo = !outcome || !is_success(*outcome);
  if (may_echo && purpose == Purpose::call && request.body.size() <= searched_body_bytes_max) {
    secrets_->learn_fields_from(request.body);
  }
  if (!outcome) {
    outcome.error().message = secrets_->redacted(std::move(outcome.error().message));
  } else if (may_echo) {
    *outcome = secrets_->redacted(*std::move(outcome));
  }
  if (hooks.after_request) hooks.after_request(request, outcome, duration);
  if (log_.tells(LogLevel::debug)) tell(request, purpose, outcome, duration);
  return outcome;
}

void ObservedExchange::tell(const HttpRequest& request, Purpose purpose, const ApiResult<HttpResponse>& outcome,
                            std::chrono::microseconds duration) const {
  const std::string address = told_address(request.url, purpose == Purpose::download);
  const std::string sent = told_headers(request.headers);
  std::string line = request.method + " " + address + ": ";
  std::vector<CallLog::Field> fields{{"method", request.method},
                                     {"address", address},
                                     {"duration_us", std::int64_t{duration.count()}},
                                     {"request_headers", sent},
                                     {"request_bytes", static_cast<std::int64_t>(request.body.size())}};
  if (!outcome) {
    line += outcome.error().message + " (after " + told_duration(duration) + "); sent " + sent;
    return log_.tell(LogLevel::debug, "request", std::move(line), std::move(fields));
  }
  const std::string got = told_headers(outcome->headers);
  line += std::to_string(outcome->status) + ", " + std::to_string(outcome->body.size()) + " bytes in " +
          told_duration(duration) + "; sent " + sent + "; got " + got;
  fields.push_back({"status", std::int64_t{outcome->status}});
  fields.push_back({"answer_headers", got});
  fields.push_back({"answer_bytes", static_cast<std::int64_t>(outcome->body.size())});
  log_.tell(LogLevel::debug, "request", std::move(line), std::move(fields));
  if (!log_.tells(LogLevel::trace)) return;
  const auto told = [&](const std::string& body) {
    return purpose == Purpose::call ? told_body(body) : std::to_string(body.size()) + " bytes";
  };
  const std::string sent_body = told(request.body);
  const std::string got_body = told(outcome->body);
  log_.tell(LogLevel::trace, "bodies", request.method + " " + address + ": sent " + sent_body + "; got " + got_body,
            {{"method", request.method}, {"address", address}, {"request_body", sent_body}, {"answer_body", got_body}});
}

}  // namespace tallystick::client
