#include "client/rate_limiter.hpp"

#include <algorithm>
#include <charconv>

namespace tallystick::client {
namespace {

/// The end of a window is told in whole seconds, so two answers of one window disagree by less than two.
constexpr std::chrono::seconds same_window_within{2};
constexpr std::uint64_t longest_window_s = 3'600;
/// Where the window is over and more requests are on their way than a window allows.
constexpr std::chrono::milliseconds shortest_wait{50};

std::optional<std::uint64_t> number_in(const HttpResponse& answer, std::string_view name) {
  const auto text = answer.header(name);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<RateLimiter::Wait> RateLimiter::reserve(Time now) {
  const std::lock_guard lock(mutex_);
  const bool is_limited = limit_.allowed > 0;
  if (is_limited && now >= limit_.window_end) limit_.count = 0;
  if (!is_limited || limit_.count + reserved_ < limit_.allowed) {
    ++reserved_;
    return std::nullopt;
  }
  if (limit_.count < limit_.allowed) return Wait{.changes_seen = changes_};
  const bool is_mine = !somebody_sleeps_;
  somebody_sleeps_ = true;
  return Wait{.length = std::chrono::ceil<std::chrono::milliseconds>(limit_.window_end - now),
              .is_mine = is_mine,
              .changes_seen = changes_};
}

void RateLimiter::release() {
  {
    const std::lock_guard lock(mutex_);
    --reserved_;
    ++changes_;
  }
  changed_.notify_all();
}

void RateLimiter::wake() {
  {
    const std::lock_guard lock(mutex_);
    somebody_sleeps_ = false;
    ++changes_;
  }
  changed_.notify_all();
}

void RateLimiter::await_change(const Wait& wait, const std::stop_token& stop, Time now) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, std::max<Time::duration>(limit_.window_end - now, shortest_wait),
                    [&] { return changes_ != wait.changes_seen; });
}

void RateLimiter::observe(const HttpResponse& answer, Time now) {
  const auto count = number_in(answer, "inin-ratelimit-count");
  const auto allowed = number_in(answer, "inin-ratelimit-allowed");
  const auto reset_s = number_in(answer, "inin-ratelimit-reset");
  // A limit of nothing would never let the next request go.
  if (!count || !allowed || !reset_s || *allowed == 0) return;
  const Time end = now + std::chrono::seconds(std::min(*reset_s, longest_window_s));
  const std::lock_guard lock(mutex_);
  const bool is_new_window = limit_.allowed == 0 || end > limit_.window_end + same_window_within;
  limit_.allowed = *allowed;
  limit_.count = is_new_window ? *count : std::max(limit_.count, *count);
  limit_.window_end = std::max(limit_.window_end, end);
}

RateLimit RateLimiter::limit() const {
  const std::lock_guard lock(mutex_);
  return limit_;
}

}  // namespace tallystick::client
