#include "server/rate_limit.hpp"

#include <algorithm>
#include <cstring>

namespace tallystick::server {

std::size_t RateLimit::HashOfHash::operator()(const Token& token) const noexcept {
  // A token's hash is as good as random already.
  std::size_t first_bytes = 0;
  std::memcpy(&first_bytes, token.data(), sizeof first_bytes);
  return first_bytes;
}

RateLimit::RateLimit(std::uint32_t requests_max, std::size_t tokens_max)
    : requests_max_(requests_max), tokens_max_(std::max<std::size_t>(tokens_max, 1)) {}

RateLimit::Verdict RateLimit::count(const Token& token, Time now) {
  if (requests_max_ == 0) return {};
  const std::scoped_lock lock(mutex_);
  auto found = windows_.find(token);
  if (found == windows_.end()) {
    if (windows_.size() >= tokens_max_) make_room(now);
    found = windows_.emplace(token, Window{now, 0}).first;
  }
  Window& current = found->second;
  if (now - current.start >= window) current = Window{now, 0};
  // A caller that goes on beyond the limit cannot make the count wrap.
  if (current.count < UINT32_MAX) ++current.count;

  Verdict verdict;
  verdict.allowed = current.count <= requests_max_;
  verdict.count = current.count;
  verdict.requests_max = requests_max_;
  verdict.reset_in = std::chrono::ceil<std::chrono::seconds>(current.start + window - now);
  return verdict;
}

void RateLimit::make_room(Time now) {
  std::erase_if(windows_, [&](const auto& entry) { return now - entry.second.start >= window; });
  if (windows_.size() < tokens_max_) return;
  const auto by_start = [](const auto& one, const auto& other) { return one.second.start < other.second.start; };
  windows_.erase(std::ranges::min_element(windows_, by_start));
}

}  // namespace tallystick::server
