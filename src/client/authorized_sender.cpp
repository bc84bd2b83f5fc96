#include "client/authorized_sender.hpp"

#include <algorithm>

#include "client/answer.hpp"
#include "client/url.hpp"

namespace tallystick::client {
namespace {

/// Why an address may not be used; absent: it may.
std::optional<std::string> address_fault(std::string_view what, std::string_view address) {
  const auto url = parse_url(address);
  if (!url) {
    return std::string(what) + " \"" + std::string(address) +
           "\" is not an http or https address such as https://api.mypurecloud.com (no user, query or fragment in it)";
  }
  if (url->scheme == "http" && !url->is_loopback()) {
    return std::string(what) + " " + std::string(address) +
           " would send the client secret and tokens unencrypted; use https (plain http is for localhost, 127.0.0.1 "
           "and [::1] alone)";
  }
  return std::nullopt;
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

/// The same for an address that a server signed: it has a query, and is itself the secret.
std::optional<std::string> signed_address_fault(const std::string& address) {
  const std::size_t query = std::min(address.find('?'), address.size());
  const auto url = parse_url(std::string_view(address).substr(0, query));
  const bool is_query = std::all_of(address.begin() + static_cast<std::ptrdiff_t>(query), address.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '#' && c != '"' && c != '<' && c != '>';
  });
  if (!url || !is_query) return "the service gave an address that is not http or https: nothing was fetched";
  if (url->scheme == "http" && !url->is_loopback()) {
    return "the service gave a plain http address of " + url->host +
           ", which would show the document to everyone on the way; nothing was fetched";
  }
  return std::nullopt;
}

/// An answer of status 2xx as it is; any other is an error.
ApiResult<HttpResponse> checked(ApiResult<HttpResponse> response, std::string_view address) {
  if (!response || (response->status >= 200 && response->status < 300)) return response;
  return fail(status_error(*response, address));
}

std::string token_address_of(const Configuration& configuration) {
  return configuration.token_address.empty() ? token_url(configuration.base_url) : configuration.token_address;
}

std::optional<std::string> fault_of(const Configuration& configuration) {
  if (auto fault = address_fault("the base URL", configuration.base_url)) return fault;
  if (auto fault = address_fault("the token address", token_address_of(configuration))) return fault;
  if (auto fault = grant_fault(configuration)) return fault;
  if (configuration.connect_timeout.count() <= 0 || configuration.request_timeout.count() <= 0) {
    return "connect_timeout and request_timeout must be at least 1 ms";
  }
  if (configuration.attempts_max < 1) return "attempts_max must be at least 1";
  if (!is_field_value(configuration.user_agent)) return "user_agent must be one line without control characters";
  return std::nullopt;
}

std::string base_of(const Configuration& configuration) {
  const auto url = parse_url(configuration.base_url);
  return url ? url->origin() + url->path : std::string();
}

ApiError configuration_error(std::string message) {
  return {.kind = ApiError::Kind::configuration, .message = std::move(message)};
}

std::optional<std::string> fault_of(const Connection::Call& call) {
  const bool is_path = call.path.starts_with('/') && std::all_of(call.path.begin(), call.path.end(), [](char c) {
                         return c > ' ' && c < '\x7f' && c != '#';
                       });
  if (!is_path) return "the path \"" + call.path + "\" must begin with / and be percent-encoded";
  const bool is_token = !call.method.empty() && std::all_of(call.method.begin(), call.method.end(),
                                                            [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_token) return "the method \"" + call.method + "\" must be capital letters";
  if (!is_field_value(call.content_type) || !is_field_value(call.content_encoding)) {
    return "content_type and content_encoding must be one line without control characters";
  }
  return std::nullopt;
}

}  // namespace

AuthorizedSender::AuthorizedSender(Configuration configuration, std::shared_ptr<HttpTransport> transport, Pacing pacing)
    : configuration_(std::move(configuration)),
      transport_(std::move(transport)),
      pacing_(std::move(pacing)),
      base_(base_of(configuration_)),
      token_address_(token_address_of(configuration_)),
      configuration_fault_(fault_of(configuration_)),
      tokens_(
          token_address_, configuration_,
          [carrier = transport_](const HttpRequest& request) { return carrier->send(request); }, pacing_) {}

ApiAnswer<HttpResponse> AuthorizedSender::send(const Connection::Call& call, const CallOptions& options) {
  if (options.stop.stop_requested()) return {fail(cancelled_error())};
  if (configuration_fault_) return {fail(configuration_error(*configuration_fault_))};
  if (const auto fault = fault_of(call)) return {fail(configuration_error(*fault))};

  HttpRequest request = request_of(call);
  request.stop = options.stop;
  return repeat(call.repeatable, [&] { return attempt(request); });
}

ApiAnswer<HttpResponse> AuthorizedSender::download(const std::string& address, const CallOptions& options) {
  if (const auto fault = signed_address_fault(address)) return {fail(configuration_error(*fault))};
  const HttpRequest request{.method = "GET",
                            .url = address,
                            .headers = {{"Accept", "*/*"}, {"User-Agent", configuration_.user_agent}},
                            .body = {},
                            .connect_timeout = configuration_.connect_timeout,
                            .timeout = configuration_.request_timeout,
                            .answer_bytes_max = configuration_.answer_bytes_max,
                            .stop = options.stop};
  // The query is what lets anyone fetch it, so no message has it.
  const std::string place = address.substr(0, address.find('?'));
  return repeat(true, [&]() -> Attempt { return {.result = checked(transport_->send(request), place)}; });
}

ApiAnswer<HttpResponse> AuthorizedSender::repeat(bool repeatable, const std::function<Attempt()>& make_attempt) {
  const auto started = pacing_.now();
  for (int attempts = 1;; ++attempts) {
    Attempt made = make_attempt();
    if (made.result) return {std::move(made.result)};
    ApiError error = std::move(made.result.error());
    const bool may_repeat = error.transient && (repeatable || !made.call_was_sent);
    if (!may_repeat) return {fail(std::move(error))};
    const auto pause = pause_after(attempts, error, pacing_);
    const bool within_budget = pacing_.now() - started + pause <= configuration_.retry_budget;
    if (attempts >= configuration_.attempts_max || !within_budget) {
      if (attempts > 1) error.message += "; gave up after " + std::to_string(attempts) + " attempts";
      return {fail(std::move(error))};
    }
    if (const auto& told = configuration_.hooks.before_pause) {
      told({.attempt = attempts, .length = pause, .error = error});
    }
    pacing_.sleep(pause);
  }
}

AuthorizedSender::Attempt AuthorizedSender::attempt(HttpRequest& request) {
  // Twice at most: a token that was good by our clock may have ended on the server, and then one new one is due.
  for (bool renewed = false;; renewed = true) {
    const auto token = tokens_.get(request.stop);
    if (!token) return {.result = fail(token.error()), .call_was_sent = false};
    request.headers.front().second = "Bearer " + *token;
    auto response = transport_->send(request);
    if (response && response->status == 401 && !renewed) {
      tokens_.forget(*token);
      continue;
    }
    return {.result = checked(std::move(response), request.url), .call_was_sent = true};
  }
}

HttpRequest AuthorizedSender::request_of(const Connection::Call& call) const {
  HttpRequest request{
      .method = call.method,
      .url = base_ + call.path,
      // The first is filled in with the token of each attempt.
      .headers = {{"Authorization", ""}, {"Accept", "application/json"}, {"User-Agent", configuration_.user_agent}},
      .body = call.body,
      .connect_timeout = configuration_.connect_timeout,
      .timeout = configuration_.request_timeout,
      .answer_bytes_max = configuration_.answer_bytes_max};
  const bool carries_body = !call.body.empty() || (call.method != "GET" && call.method != "HEAD");
  if (carries_body) request.headers.emplace_back("Content-Type", call.content_type);
  if (!call.content_encoding.empty()) request.headers.emplace_back("Content-Encoding", call.content_encoding);
  return request;
}

}  // namespace tallystick::client
