#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>

#include "tallystick/client/api_error.hpp"

namespace tallystick::client {

/// What the client asks of the world besides bytes: the time that passes, waiting, and chance.
struct Pacing {
  std::function<std::chrono::steady_clock::time_point()> now;
  /// Waits; a stop ends it at once.
  std::function<void(std::chrono::milliseconds, const std::stop_token& stop)> sleep;
  /// A number in [0, limit], each equally likely.
  std::function<std::uint64_t(std::uint64_t limit)> random_up_to;
  /// The time of day, for what is kept beyond the process.
  std::function<std::chrono::system_clock::time_point()> wall_now;
};

/// The process's own clock, sleep and generator. Any thread.
[[nodiscard]] Pacing system_pacing();

inline constexpr std::chrono::milliseconds first_pause_max{500};
inline constexpr std::chrono::milliseconds pause_max{20'000};

/// How long to wait after attempt number `attempt` (from 1) failed: what the server asked for, else anything up to
/// first_pause_max, doubled with each attempt up to pause_max ("full jitter": clients that failed together do not come
/// back together).
[[nodiscard]] std::chrono::milliseconds pause_after(int attempt, const ApiError& error, const Pacing& pacing);

}  // namespace tallystick::client
