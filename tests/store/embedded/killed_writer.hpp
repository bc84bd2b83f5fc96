#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

/// A process that does one piece of work after the other, says so after each, and is killed in the middle of it. The
/// test's own program is that process: a fresh one, for a fork of one that has RocksDB's threads would lack them.
namespace tallystick::store::test {

/// Does the piece of a number; false: it failed.
using Work = std::function<bool(std::uint64_t number)>;
/// Opens the store in a directory; throws where it cannot.
using MakeWork = std::function<Work(const std::string& path)>;

struct NamedWork {
  std::string_view name;
  MakeWork make;
};

/// Commits batches of events, always the same one for a number (crash_test.cpp).
[[nodiscard]] Work usage_work(const std::string& path);
/// Closes periods, always the same one for a number (billing_crash_test.cpp).
[[nodiscard]] Work billing_work(const std::string& path);
/// Exchanges refresh tokens, that of a number for the next one (token_crash_test.cpp).
[[nodiscard]] Work token_work(const std::string& path);

/// Starts a process that does the work from number `first` on, kills it `delay` after it has acknowledged `kill_after`
/// pieces, and returns how many it had acknowledged when it died.
std::uint64_t work_and_kill(std::string_view work, const std::string& path, std::uint64_t first,
                            std::uint64_t kill_after, std::chrono::microseconds delay = {});

}  // namespace tallystick::store::test
