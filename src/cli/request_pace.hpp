#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "tallystick/client/http_transport.hpp"

namespace tallystick::cli {

/// Keeps many requests within the rate limit that the service tells in each answer (inin-ratelimit-count, -allowed and
/// -reset), whoever else uses the token. A service that tells none is not held back. Any thread.
class RequestPace {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Takes a place for one request, where the limit has one now. Otherwise how long until the window ends; zero where
  /// requests that are on their way may use up the rest of it: then wait for one of them.
  [[nodiscard]] std::optional<std::chrono::milliseconds> reserve(Time now);
  /// The request of one place has come back.
  void release();

  /// Reads what an answer says of the limit; nothing where it says nothing.
  void observe(const HttpResponse& answer, Time now);

 private:
  std::mutex mutex_;
  std::uint64_t reserved_ = 0;
  std::uint64_t counted_ = 0;
  std::optional<std::uint64_t> allowed_;
  Time window_end_{};
};

/// Passes every request on and shows its answer to the pace.
class PacedTransport : public HttpTransport {
 public:
  using Clock = std::function<RequestPace::Time()>;

  PacedTransport(std::shared_ptr<HttpTransport> transport, RequestPace& pace, Clock clock)
      : transport_(std::move(transport)), pace_(pace), clock_(std::move(clock)) {}

  [[nodiscard]] ApiResult<HttpResponse> send(const HttpRequest& request) override;

 private:
  std::shared_ptr<HttpTransport> transport_;
  RequestPace& pace_;
  Clock clock_;
};

}  // namespace tallystick::cli
