#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/pacing.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick::client_test {

/// Answers in memory and remembers what was sent.
class FakeTransport : public HttpTransport {
 public:
  using Answer = std::function<ApiResult<HttpResponse>(const HttpRequest&)>;
  explicit FakeTransport(Answer answer) : answer_(std::move(answer)) {}

  ApiResult<HttpResponse> send(const HttpRequest& request) override {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    return answer_(request);
  }

  [[nodiscard]] std::vector<HttpRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  /// Those to the token address, or those to anything else.
  [[nodiscard]] std::vector<HttpRequest> requests(bool of_tokens) const {
    std::vector<HttpRequest> chosen;
    for (auto& request : requests()) {
      if (is_token_request(request) == of_tokens) chosen.push_back(std::move(request));
    }
    return chosen;
  }

  [[nodiscard]] static bool is_token_request(const HttpRequest& request) {
    return request.url.ends_with("/oauth/token");
  }

 private:
  const Answer answer_;
  mutable std::mutex mutex_;
  std::vector<HttpRequest> requests_;
};

[[nodiscard]] inline HttpResponse token_response(std::string_view token, int expires_in_s) {
  return {.status = 200,
          .body = R"({"access_token":")" + std::string(token) + R"(","token_type":"bearer","expires_in":)" +
                  std::to_string(expires_in_s) + "}"};
}

/// A transport whose token address always gives `token-1` and whose other addresses answer by `answer`.
[[nodiscard]] inline std::shared_ptr<FakeTransport> with_token(FakeTransport::Answer answer) {
  return std::make_shared<FakeTransport>([answer = std::move(answer)](const HttpRequest& request) {
    if (FakeTransport::is_token_request(request)) return ApiResult<HttpResponse>(token_response("token-1", 86'400));
    return answer(request);
  });
}

[[nodiscard]] inline std::string header_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [field, value] : request.headers) {
    if (field == name) return value;
  }
  return "(absent)";
}

/// Time that passes by pauses alone, and chance that always falls on the greatest number.
struct FakePacing {
  std::chrono::steady_clock::time_point now{std::chrono::hours(1)};
  std::vector<std::chrono::milliseconds> pauses;

  [[nodiscard]] client::Pacing pacing() {
    return {.now = [this] { return now; },
            .sleep =
                [this](std::chrono::milliseconds pause, const std::stop_token&) {
                  pauses.push_back(pause);
                  now += pause;
                },
            .random_up_to = [](std::uint64_t limit) { return limit; },
            .wall_now =
                [this] {
                  return std::chrono::system_clock::time_point(std::chrono::hours(24 * 365) + now.time_since_epoch());
                }};
  }
};

[[nodiscard]] inline Configuration loopback_configuration() {
  return {.base_url = "http://127.0.0.1:8080", .client_id = "partner", .client_secret = "s3cret"};
}

}  // namespace tallystick::client_test
