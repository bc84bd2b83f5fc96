#include "client/pacing.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

namespace tallystick::client {

Pacing system_pacing() {
  return {.now = [] { return std::chrono::steady_clock::now(); },
          .sleep =
              [](std::chrono::milliseconds pause, const std::stop_token& stop) {
                std::mutex mutex;
                std::condition_variable_any stopped;
                std::unique_lock lock(mutex);
                stopped.wait_for(lock, stop, pause, [] { return false; });
              },
          .random_up_to =
              [](std::uint64_t limit) {
                thread_local std::mt19937_64 generator{std::random_device{}()};
                return std::uniform_int_distribution<std::uint64_t>(0, limit)(generator);
              },
          .wall_now = [] { return std::chrono::system_clock::now(); }};
}

std::chrono::milliseconds pause_after(int attempt, const ApiError& error, const Pacing& pacing) {
  if (error.retry_after && error.retry_after->count() > 0) return *error.retry_after;
  std::chrono::milliseconds ceiling = first_pause_max;
  for (int doubled = 1; doubled < attempt && ceiling < pause_max; ++doubled) ceiling *= 2;
  ceiling = std::min(ceiling, pause_max);
  return std::chrono::milliseconds(pacing.random_up_to(static_cast<std::uint64_t>(ceiling.count())));
}

}  // namespace tallystick::client
