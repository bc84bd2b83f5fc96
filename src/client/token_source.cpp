#include "client/token_source.hpp"

#include <algorithm>

#include "client/answer.hpp"
#include "client/url.hpp"
#include "tallystick/wire/token.hpp"

namespace tallystick::client {
namespace {

/// A token is renewed when this much of its life, or a tenth of it where that is less, is left.
constexpr std::chrono::seconds renewal_margin_max{30};
/// Longer lives than any service grants are cut, so that adding one to a time cannot overflow.
constexpr std::int64_t token_seconds_max = std::int64_t{366} * 86'400;

bool is_header_safe(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

TokenSource::TokenSource(std::string address, const Configuration& configuration, HttpTransport& transport,
                         const Pacing& pacing)
    : address_(std::move(address)), configuration_(configuration), transport_(transport), pacing_(pacing) {}

ApiResult<std::string> TokenSource::get() {
  std::unique_lock lock(mutex_);
  if (token_ && pacing_.now() < token_->renew_at) return token_->text;
  if (const auto flight = flight_) {
    landed_.wait(lock, [&] { return flight->outcome.has_value(); });
    return *flight->outcome;
  }
  const auto flight = std::make_shared<Flight>();
  flight_ = flight;
  lock.unlock();
  auto renewed = request_token();
  lock.lock();
  flight_ = nullptr;
  if (renewed) {
    flight->outcome = renewed->text;
    token_ = std::move(*renewed);
  } else if (token_ && pacing_.now() < token_->expires_at) {
    flight->outcome = token_->text;  // The early renewal failed; what is left of the old token's life is still good.
  } else {
    token_.reset();
    flight->outcome = fail(renewed.error());
  }
  landed_.notify_all();
  return *flight->outcome;
}

void TokenSource::forget(std::string_view token) {
  const std::lock_guard lock(mutex_);
  if (token_ && token_->text == token) token_.reset();
}

ApiResult<TokenSource::Token> TokenSource::request_token() const {
  // RFC 6749, section 2.3.1: id and secret are form-encoded before they become a Basic credential.
  const std::string credential =
      form_encode(configuration_.client_id) + ":" + form_encode(configuration_.client_secret);
  const HttpRequest request{.method = "POST",
                            .url = address_,
                            .headers = {{"Accept", "application/json"},
                                        {"Authorization", "Basic " + base64(credential)},
                                        {"Content-Type", "application/x-www-form-urlencoded"},
                                        {"User-Agent", configuration_.user_agent}},
                            .body = "grant_type=client_credentials",
                            .connect_timeout = configuration_.connect_timeout,
                            .timeout = configuration_.request_timeout,
                            .answer_bytes_max = configuration_.answer_bytes_max};
  // The life counts from before the request, so that the time an answer takes never stretches it.
  const auto asked_at = pacing_.now();
  const auto response = transport_.send(request);
  if (!response) return fail(response.error());
  if (response->status != 200) return fail(token_error(*response, address_));
  const auto answer = decode<wire::AccessToken>(*response, address_, "a token");
  if (!answer) return fail(answer.error());
  if (lower_case(answer->token_type) != "bearer" || !is_header_safe(answer->access_token)) {
    return fail(not_the_model(*response, address_, "a bearer token", {}));
  }
  const std::chrono::seconds life(std::clamp<std::int64_t>(answer->expires_in, 0, token_seconds_max));
  const auto margin = std::min<std::chrono::milliseconds>(renewal_margin_max, std::chrono::milliseconds(life) / 10);
  return Token{.text = answer->access_token, .renew_at = asked_at + life - margin, .expires_at = asked_at + life};
}

}  // namespace tallystick::client
