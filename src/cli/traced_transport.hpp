#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "tallystick/client/http_transport.hpp"

namespace tallystick::cli {

/// Tells each request and its answer in one line, without headers, bodies or credentials.
class TracedTransport : public HttpTransport {
 public:
  using Tell = std::function<void(const std::string& line)>;  ///< any thread
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  TracedTransport(std::shared_ptr<HttpTransport> transport, Clock clock, Tell tell)
      : transport_(std::move(transport)), clock_(std::move(clock)), tell_(std::move(tell)) {}

  [[nodiscard]] ApiResult<HttpResponse> send(const HttpRequest& request) override;

 private:
  std::shared_ptr<HttpTransport> transport_;
  Clock clock_;
  Tell tell_;
};

}  // namespace tallystick::cli
