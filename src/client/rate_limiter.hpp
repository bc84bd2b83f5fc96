#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>

#include "tallystick/client/http_transport.hpp"
#include "tallystick/client/rate_limit.hpp"

namespace tallystick::client {

/// Keeps many requests within the rate limit that the service tells in each answer (inin-ratelimit-count, -allowed and
/// -reset), whoever else uses the token. A service that tells none is not held back. Any thread.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// A request's place within the limit, given back when this ends.
  class Place {
   public:
    explicit Place(RateLimiter* limiter = nullptr) : limiter_(limiter) {}
    Place(Place&& other) noexcept : limiter_(other.limiter_) { other.limiter_ = nullptr; }
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (limiter_ != nullptr) limiter_->release();
    }

   private:
    RateLimiter* limiter_;
  };

  struct Wait {
    std::chrono::milliseconds length{0};  ///< until the window ends; zero where a request on its way may make room
    bool is_mine = false;  ///< of all that wait for the window's end one sleeps, and wakes the others by wake()
    std::uint64_t changes_seen = 0;
  };
  /// Takes a place where the limit has one now, else says what to wait for: with is_mine sleep, then call wake(); else
  /// call await_change().
  [[nodiscard]] std::optional<Wait> reserve(Time now);
  /// The request of one place has come back.
  void release();
  /// The sleep is over, or was given up.
  void wake();
  /// Waits until since `wait` was told a request has come back or the sleeper has woken, or `stop` is requested; at
  /// most until the window ends.
  void await_change(const Wait& wait, const std::stop_token& stop, Time now);

  /// Reads what an answer says of the limit; nothing where it says nothing.
  void observe(const HttpResponse& answer, Time now);
  [[nodiscard]] RateLimit limit() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::uint64_t changes_ = 0;
  std::uint64_t reserved_ = 0;
  bool somebody_sleeps_ = false;
  RateLimit limit_;
};

}  // namespace tallystick::client
