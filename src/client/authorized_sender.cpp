#include "client/authorized_sender.hpp"

#include <algorithm>
#include <utility>

#include "client/answer.hpp"
#include "client/configuration_rules.hpp"
#include "client/correlation_id.hpp"
#include "client/redaction.hpp"

namespace tallystick::client {
namespace {

using Purpose = ObservedExchange::Purpose;
using std::chrono::milliseconds;

/// The service limits the requests to what it publishes; its own addresses and others are not counted.
constexpr std::string_view limited_paths = "/api/";

/// An answer of status 2xx as it is; any other is an error.
ApiResult<HttpResponse> checked(ApiResult<HttpResponse> response, std::string_view address) {
  if (!response || (response->status >= 200 && response->status < 300)) return response;
  return fail(status_error(*response, address));
}

ApiError configuration_error(std::string message) {
  return {.kind = ApiError::Kind::configuration, .message = std::move(message)};
}

bool is_repeatable(const Connection::Call& call) {
  return call.repeatable.value_or(call.method == "GET" || call.method == "HEAD");
}

}  // namespace

AuthorizedSender::Login::Login(const Configuration& configuration, Pacing pacing,
                               std::shared_ptr<const ObservedExchange> first)
    : exchange(std::move(first)),
      tokens(
          token_address_of(configuration), configuration,
          [this](const HttpRequest& request) {
            std::unique_lock lock(mutex);
            const auto current = exchange;
            lock.unlock();
            return current->send(request, Purpose::token);
          },
          std::move(pacing)) {}

AuthorizedSender::AuthorizedSender(Configuration configuration, std::shared_ptr<HttpTransport> transport, Pacing pacing,
                                   const AuthorizedSender* former)
    : configuration_(std::make_shared<const Configuration>(std::move(configuration))),
      pacing_(std::move(pacing)),
      base_(base_of(*configuration_)),
      configuration_fault_(fault_of(*configuration_)),
      exchange_(std::make_shared<const ObservedExchange>(configuration_, std::move(transport), pacing_)) {
  if (former != nullptr && logs_in_alike(*former->configuration_, *configuration_)) {
    login_ = former->login_;
    const std::lock_guard lock(login_->mutex);
    login_->exchange = exchange_;
  } else {
    login_ = std::make_shared<Login>(*configuration_, pacing_, exchange_);
  }
}

ApiAnswer<HttpResponse> AuthorizedSender::send(const Connection::Call& call, const CallOptions& options) {
  const std::string name = call.method + " " + call.path;
  if (options.stop.stop_requested()) return refuse(name, cancelled_error());
  if (configuration_fault_) return refuse(name, configuration_error(*configuration_fault_));
  if (const auto fault = fault_of(call)) return refuse(call.method, configuration_error(*fault));
  if (const auto fault = fault_of(options)) return refuse(name, configuration_error(*fault));

  const Course course{
      .name = name,
      .correlation_id = options.correlation_id.empty() ? new_correlation_id(pacing_) : options.correlation_id,
      .repeatable = is_repeatable(call),
      .is_limited = configuration_->keep_within_rate_limit && call.path.starts_with(limited_paths),
      .stop = options.stop};
  HttpRequest request = request_of(call, options, course.correlation_id);
  return repeat(course, [&] { return attempt(request); });
}

ApiAnswer<HttpResponse> AuthorizedSender::download(const std::string& address, const CallOptions& options) {
  // The query is what lets anyone fetch it, so no message has it.
  const std::string place = address.substr(0, address.find('?'));
  if (const auto fault = signed_address_fault(address)) return refuse("a download", configuration_error(*fault));
  if (const auto fault = fault_of(options)) return refuse("GET " + place, configuration_error(*fault));
  HttpRequest request{.method = "GET",
                      .url = address,
                      .headers = {{"Accept", "*/*"}, {"User-Agent", configuration_->user_agent}},
                      .body = {},
                      .connect_timeout = configuration_->connect_timeout,
                      .timeout = options.timeout.value_or(configuration_->request_timeout),
                      .answer_bytes_max = configuration_->answer_bytes_max,
                      .stop = options.stop};
  put_over(request.headers, options.headers);
  const Course course{.name = "GET " + place, .correlation_id = {}, .repeatable = true, .stop = options.stop};
  return repeat(course, [&]() -> Attempt {
    auto response = exchange_->send(request, Purpose::download);
    const int status = response ? response->status : 0;
    Headers headers = response ? response->headers : Headers{};
    return {.result = checked(std::move(response), place),
            .call_was_sent = true,
            .status = status,
            .headers = std::move(headers)};
  });
}

ApiAnswer<HttpResponse> AuthorizedSender::repeat(const Course& course, const std::function<Attempt()>& make_attempt) {
  const auto asked = pacing_.now();
  std::optional<std::chrono::steady_clock::time_point> first_attempt;
  ResponseMetadata metadata{.correlation_id = course.correlation_id};
  const auto end = [&](ApiResult<HttpResponse> result) {
    metadata.duration = std::chrono::duration_cast<std::chrono::microseconds>(pacing_.now() - asked);
    ApiAnswer<HttpResponse> answer{std::move(result), std::move(metadata)};
    tell_end(course, answer);
    return answer;
  };
  for (;;) {
    std::optional<Attempt> made;
    {
      const auto place = course.is_limited ? await_place(course) : RateLimiter::Place();
      if (course.stop.stop_requested()) return end(fail(cancelled_error()));
      ++metadata.attempts;
      if (!first_attempt) first_attempt = pacing_.now();
      made = make_attempt();
    }
    metadata.status = made->status;
    metadata.headers = std::move(made->headers);
    if (made->result) return end(std::move(made->result));
    ApiError error = std::move(made->result.error());
    const bool may_repeat = error.transient && (course.repeatable || !made->call_was_sent);
    if (!may_repeat) return end(fail(std::move(error)));
    const auto pause = pause_after(metadata.attempts, error, pacing_);
    const bool within_budget = pacing_.now() - *first_attempt + pause <= configuration_->retry_budget;
    if (metadata.attempts >= configuration_->attempts_max || !within_budget) {
      if (metadata.attempts > 1) error.message += "; gave up after " + std::to_string(metadata.attempts) + " attempts";
      return end(fail(std::move(error)));
    }
    if (log().tells(LogLevel::warning)) {
      log().tell(LogLevel::warning, "retry",
                 course.name + ": " + error.message + "; trying again in " + told_duration(pause),
                 {{"call", course.name},
                  {"correlation_id", course.correlation_id},
                  {"attempt", std::int64_t{metadata.attempts}},
                  {"status", std::int64_t{error.status}},
                  {"pause_ms", std::int64_t{pause.count()}}});
    }
    if (const auto& told = configuration_->hooks.before_pause) {
      told({.attempt = metadata.attempts, .length = pause, .error = error});
    }
    pacing_.sleep(pause, course.stop);
  }
}

RateLimiter::Place AuthorizedSender::await_place(const Course& course) {
  RateLimiter& limiter = login_->limiter;
  const auto asked = pacing_.now();
  while (!course.stop.stop_requested()) {
    const auto now = pacing_.now();
    // Too long: the service decides, and its refusal says when to come back.
    if (now - asked > configuration_->retry_budget) break;
    const auto wait = limiter.reserve(now);
    if (!wait) return RateLimiter::Place(&limiter);
    if (!wait->is_mine) {
      limiter.await_change(*wait, course.stop, now);
      continue;
    }
    const bool is_within_budget = wait->length <= configuration_->retry_budget;
    if (is_within_budget) pause_for_window(course, wait->length);
    limiter.wake();
    if (!is_within_budget) break;
  }
  return RateLimiter::Place();
}

void AuthorizedSender::pause_for_window(const Course& course, milliseconds length) {
  if (log().tells(LogLevel::info)) {
    log().tell(LogLevel::info, "rate_limit",
               course.name + ": the rate limit is reached; sending in " + told_duration(length),
               {{"call", course.name}, {"pause_ms", std::int64_t{length.count()}}});
  }
  if (const auto& told = configuration_->hooks.before_pause) {
    told({.why = Hooks::Pause::Why::rate_limit, .attempt = 0, .length = length, .error = {}});
  }
  pacing_.sleep(length, course.stop);
}

AuthorizedSender::Attempt AuthorizedSender::attempt(HttpRequest& request) {
  // Twice at most: a token that was good by our clock may have ended on the server, and then one new one is due.
  for (bool renewed = false;; renewed = true) {
    const auto token = login_->tokens.get(request.stop);
    if (!token) return {.result = fail(token.error()), .call_was_sent = false, .status = token.error().status};
    request.headers.front().second = "Bearer " + *token;
    auto response = exchange_->send(request, Purpose::call);
    if (response) login_->limiter.observe(*response, pacing_.now());
    if (response && response->status == 401 && !renewed) {
      login_->tokens.forget(*token);
      continue;
    }
    const int status = response ? response->status : 0;
    Headers headers = response ? response->headers : Headers{};
    return {.result = checked(std::move(response), request.url),
            .call_was_sent = true,
            .status = status,
            .headers = std::move(headers)};
  }
}

HttpRequest AuthorizedSender::request_of(const Connection::Call& call, const CallOptions& options,
                                         const std::string& correlation_id) const {
  HttpRequest request{.method = call.method,
                      .url = base_ + call.path,
                      // The first is filled in with the token of each attempt.
                      .headers = {{"Authorization", ""},
                                  {"Accept", "application/json"},
                                  {"User-Agent", configuration_->user_agent},
                                  {std::string(correlation_header), correlation_id}},
                      .body = call.body,
                      .connect_timeout = configuration_->connect_timeout,
                      .timeout = options.timeout.value_or(configuration_->request_timeout),
                      .answer_bytes_max = configuration_->answer_bytes_max,
                      .once = !is_repeatable(call),
                      .stop = options.stop};
  const bool carries_body = !call.body.empty() || (call.method != "GET" && call.method != "HEAD");
  if (carries_body) request.headers.emplace_back("Content-Type", call.content_type);
  if (!call.content_encoding.empty()) request.headers.emplace_back("Content-Encoding", call.content_encoding);
  put_over(request.headers, configuration_->headers);
  put_over(request.headers, options.headers);
  return request;
}

ApiAnswer<HttpResponse> AuthorizedSender::refuse(const std::string& name, ApiError error) const {
  ApiAnswer<HttpResponse> answer{fail(std::move(error))};
  tell_end({.name = name, .correlation_id = {}, .stop = {}}, answer);
  return answer;
}

void AuthorizedSender::tell_end(const Course& course, const ApiAnswer<HttpResponse>& answer) const {
  const bool is_cancelled = !answer.result && answer.result.error().kind == ApiError::Kind::cancelled;
  const LogLevel level = answer.result || is_cancelled ? LogLevel::info : LogLevel::error;
  if (!log().tells(level)) return;
  const ResponseMetadata& metadata = answer.metadata;
  std::string line = course.name + ": ";
  line += answer.result ? std::to_string(metadata.status) : answer.result.error().message;
  if (answer.result) line += ", " + std::to_string(answer.result->body.size()) + " bytes";
  line += " in " + told_duration(metadata.duration);
  if (metadata.attempts > 1 && answer.result) line += ", " + std::to_string(metadata.attempts) + " attempts";
  if (!course.correlation_id.empty()) line += ", correlation id " + course.correlation_id;
  log().tell(level, "call", std::move(line),
             {{"call", course.name},
              {"correlation_id", course.correlation_id},
              {"status", std::int64_t{metadata.status}},
              {"duration_us", std::int64_t{metadata.duration.count()}},
              {"attempts", std::int64_t{metadata.attempts}}});
}

}  // namespace tallystick::client
