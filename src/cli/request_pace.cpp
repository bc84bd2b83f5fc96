#include "cli/request_pace.hpp"

#include <algorithm>
#include <charconv>

namespace tallystick::cli {
namespace {

// The end of a window is told in whole seconds, so two answers of one window disagree by less than two.
constexpr std::chrono::seconds same_window_within{2};

std::optional<std::uint64_t> number_in(const HttpResponse& answer, std::string_view name) {
  const auto text = answer.header(name);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> RequestPace::reserve(Time now) {
  const std::lock_guard lock(mutex_);
  if (allowed_ && now >= window_end_) counted_ = 0;
  if (!allowed_ || counted_ + reserved_ < *allowed_) {
    ++reserved_;
    return std::nullopt;
  }
  if (reserved_ > 0) return std::chrono::milliseconds::zero();
  return std::chrono::ceil<std::chrono::milliseconds>(window_end_ - now);
}

void RequestPace::release() {
  const std::lock_guard lock(mutex_);
  --reserved_;
}

void RequestPace::observe(const HttpResponse& answer, Time now) {
  const auto count = number_in(answer, "inin-ratelimit-count");
  const auto allowed = number_in(answer, "inin-ratelimit-allowed");
  const auto reset_s = number_in(answer, "inin-ratelimit-reset");
  // A limit of nothing would never let the next request go.
  if (!count || !allowed || !reset_s || *allowed == 0) return;
  constexpr std::uint64_t longest_window_s = 3'600;
  const Time end = now + std::chrono::seconds(std::min(*reset_s, longest_window_s));
  const std::lock_guard lock(mutex_);
  allowed_ = allowed;
  const bool is_new_window = end > window_end_ + same_window_within;
  counted_ = is_new_window ? *count : std::max(counted_, *count);
  window_end_ = std::max(window_end_, end);
}

ApiResult<HttpResponse> PacedTransport::send(const HttpRequest& request) {
  auto answer = transport_->send(request);
  if (answer) pace_.observe(*answer, clock_());
  return answer;
}

}  // namespace tallystick::cli
