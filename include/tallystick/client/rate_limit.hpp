#pragma once
#include <chrono>
#include <cstdint>

#pragma GCC visibility push(default)
namespace tallystick {

/// What the service's last answers said of the limit (`inin-ratelimit-count`, `-allowed`, `-reset`), for all threads.
struct RateLimit {
  std::uint64_t count = 0;    ///< requests that are counted in this window
  std::uint64_t allowed = 0;  ///< requests that a window allows; 0: the service told no limit yet
  std::chrono::steady_clock::time_point window_end{};
};

}  // namespace tallystick
#pragma GCC visibility pop
