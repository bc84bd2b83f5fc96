#include "client/token_source.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "client/answer.hpp"

namespace tallystick::client {
namespace {

using std::chrono::milliseconds;

/// A token is renewed when this much of its life, or a tenth of it where that is less, is left.
constexpr std::chrono::seconds renewal_margin_max{30};
/// Stored tokens that claim to live longer are believed for this long, so that no time overflows.
constexpr std::chrono::hours stored_life_max{366 * 24};

/// A code, a refresh token or an assertion may be used up though no answer came: sent once more it would look stolen,
/// and the service would end the whole log-in. 429 and 503 say that nobody looked at it.
ApiError final_where_used_up(const Grant& grant, ApiError error) {
  constexpr int too_many_requests = 429;
  constexpr int unavailable = 503;
  const bool was_looked_at = error.status != too_many_requests && error.status != unavailable;
  if (is_used_up(grant) && was_looked_at) error.transient = false;
  return error;
}

ApiError log_in_error(std::string message) {
  return {.kind = ApiError::Kind::log_in, .message = std::move(message)};
}

}  // namespace

TokenSource::TokenSource(std::string address, Configuration configuration, Send send, Pacing pacing)
    : address_(std::move(address)),
      configuration_(std::move(configuration)),
      send_(std::move(send)),
      pacing_(std::move(pacing)) {}

ApiResult<std::string> TokenSource::get(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (true) {
    if (token_ && pacing_.now() < token_->renew_at) return token_->text;
    const auto flight = flight_;
    if (!flight) break;
    if (!landed_.wait(lock, stop, [&] { return flight->has_landed; })) return fail(cancelled_error());
    if (flight->outcome) return *flight->outcome;
  }
  const auto flight = std::make_shared<Flight>();
  flight_ = flight;
  const std::string refused = refused_;
  lock.unlock();
  std::optional<ApiResult<Token>> obtained;
  try {
    obtained.emplace(obtain(refused, stop));
  } catch (...) {
    // A hook or a token store that throws leaves nobody waiting.
    lock.lock();
    land(*flight);
    throw;
  }
  auto& renewed = *obtained;
  lock.lock();
  ApiResult<std::string> outcome = std::string();
  if (renewed) {
    outcome = renewed->text;
    token_ = std::move(*renewed);
  } else if (token_ && pacing_.now() < token_->expires_at) {
    outcome = token_->text;  // The early renewal failed; what is left of the old token's life is still good.
  } else {
    token_.reset();
    outcome = fail(renewed.error());
  }
  if (outcome || outcome.error().kind != ApiError::Kind::cancelled) flight->outcome = outcome;
  land(*flight);
  return outcome;
}

void TokenSource::land(Flight& flight) {
  flight_ = nullptr;
  flight.has_landed = true;
  landed_.notify_all();
}

void TokenSource::forget(std::string_view token) {
  const std::lock_guard lock(mutex_);
  refused_ = token;
  if (token_ && token_->text == token) token_.reset();
}

ApiResult<TokenSource::Token> TokenSource::obtain(const std::string& refused, const std::stop_token& stop) {
  if (const auto* bearer = std::get_if<BearerToken>(&configuration_.grant)) {
    if (bearer->access_token == refused) {
      ApiError error = log_in_error("the service refused the bearer token, which cannot be renewed: obtain a new one");
      error.status = 401;
      return fail(std::move(error));
    }
    const auto forever = pacing_.now() + stored_life_max;
    return Token{.text = bearer->access_token, .renew_at = forever, .expires_at = forever};
  }
  const auto& store = configuration_.token_store;
  if (!store) return refresh(stop);
  if (const auto stored = store->load()) {
    if (auto token = stored_token(*stored, refused)) return *std::move(token);
  }
  const auto hold = store->hold();
  // Who held it before may have renewed meanwhile; and its refresh token counts, for ours is used up then.
  if (auto stored = store->load()) {
    if (auto token = stored_token(*stored, refused)) return *std::move(token);
    const bool is_for_people = !std::holds_alternative<ClientCredentials>(configuration_.grant);
    const bool is_news = !stored->refresh_token.empty() && stored->refresh_token != seen_in_store_;
    if (is_for_people && is_news) refresh_token_ = seen_in_store_ = std::move(stored->refresh_token);
  }
  return refresh(stop);
}

std::optional<TokenSource::Token> TokenSource::stored_token(const StoredTokens& stored,
                                                            const std::string& refused) const {
  if (!is_bearer_token(stored.access_token) || stored.access_token == refused) return std::nullopt;
  const auto wall_now = pacing_.wall_now();
  if (stored.expires_at <= wall_now + renewal_margin_max) return std::nullopt;
  const auto until = std::min(stored.expires_at, wall_now + stored_life_max);
  const auto left = std::chrono::duration_cast<milliseconds>(until - wall_now);
  const auto now = pacing_.now();
  return Token{.text = stored.access_token, .renew_at = now + left - renewal_margin_max, .expires_at = now + left};
}

ApiResult<TokenSource::Token> TokenSource::refresh(const std::stop_token& stop) {
  const auto* configured = std::get_if<RefreshToken>(&configuration_.grant);
  ApiError why = log_in_error(grant_is_used_up_ ? "the token has ended and no refresh token came with it: log in again"
                                                : "nobody is logged in: log in first");
  if (!refresh_token_.empty()) {
    const std::string sent = refresh_token_;
    auto renewed = ask(RefreshToken{sent}, stop);
    if (renewed || renewed.error().kind != ApiError::Kind::log_in) return renewed;
    why = std::move(renewed.error());
    if (configured != nullptr && configured->refresh_token == sent) grant_is_used_up_ = true;
    refresh_token_.clear();
    if (configuration_.token_store) configuration_.token_store->clear();
  }
  const bool has_grant = !grant_is_used_up_ && (configured == nullptr || !configured->refresh_token.empty());
  if (!has_grant) return fail(std::move(why));
  auto obtained = ask(configuration_.grant, stop);
  const bool was_judged = obtained || obtained.error().kind == ApiError::Kind::log_in;
  if (was_judged && is_used_up(configuration_.grant)) grant_is_used_up_ = true;
  return obtained;
}

ApiResult<TokenSource::Token> TokenSource::ask(const Grant& grant, const std::stop_token& stop) {
  HttpRequest request = token_request(address_, configuration_, grant);
  if (stop.stop_requested()) return fail(cancelled_error());
  if (is_used_up(grant)) {
    request.once = true;
  } else {
    request.stop = stop;
  }
  // The life counts from before the request, so that the time an answer takes never stretches it.
  const auto asked_at = pacing_.now();
  const auto asked_at_wall = pacing_.wall_now();
  const auto response = send_(request);
  if (!response) return fail(final_where_used_up(grant, response.error()));
  auto issued = issued_tokens(*response, address_);
  if (!issued) return fail(final_where_used_up(grant, issued.error()));
  // RFC 6749, section 6: where no new refresh token comes, the old one stays good.
  if (const auto* refreshed = std::get_if<RefreshToken>(&grant)) refresh_token_ = refreshed->refresh_token;
  if (!issued->refresh_token.empty() && is_used_up(grant)) refresh_token_ = std::move(issued->refresh_token);
  if (configuration_.token_store) {
    configuration_.token_store->save({.access_token = issued->access_token,
                                      .expires_at = asked_at_wall + issued->life,
                                      .refresh_token = refresh_token_});
  }
  const auto margin = std::min<milliseconds>(renewal_margin_max, milliseconds(issued->life) / 10);
  return Token{.text = std::move(issued->access_token),
               .renew_at = asked_at + issued->life - margin,
               .expires_at = asked_at + issued->life};
}

}  // namespace tallystick::client
