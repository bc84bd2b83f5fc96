#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace tallystick::server {

/// How many requests a token may make in a window of 60 seconds that begins with its first request. Time is the
/// steady clock's, never a test clock's (interface.md, "--clock").
class RateLimit {
 public:
  using Token = std::array<std::uint8_t, 32>;  ///< its hash: app::Caller::token_hash
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds window{60};

  /// `requests_max` 0: no limit. At most `tokens_max` tokens are remembered; beyond that the one whose window is the
  /// oldest is forgotten, which errs in the caller's favour.
  explicit RateLimit(std::uint32_t requests_max, std::size_t tokens_max = 100'000);

  struct Verdict {
    bool allowed = true;
    std::uint32_t count = 0;           ///< requests in this window, this one included
    std::uint32_t requests_max = 0;    ///< 0: nothing is counted
    std::chrono::seconds reset_in{0};  ///< until the window ends, rounded up: 1 to 60
  };
  /// Counts one request. Any thread.
  [[nodiscard]] Verdict count(const Token& token, Time now);

 private:
  struct Window {
    Time start;
    std::uint32_t count = 0;
  };
  struct HashOfHash {
    std::size_t operator()(const Token& token) const noexcept;
  };

  void make_room(Time now);

  std::uint32_t requests_max_;
  std::size_t tokens_max_;
  std::mutex mutex_;
  std::unordered_map<Token, Window, HashOfHash> windows_;
};

}  // namespace tallystick::server
