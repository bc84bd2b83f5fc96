#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/decimal.hpp"

/// Numbers for people. What scripts read has plain digits.
namespace tallystick::cli {

/// A plain decimal with commas between thousands before the point: `1234567.25` → `1,234,567.25`. Text that is no
/// decimal comes back as it is.
[[nodiscard]] std::string with_thousands_separators(std::string_view decimal);
[[nodiscard]] std::string with_thousands_separators(std::uint64_t number);

/// An amount, or a price, of a currency with at least its minor digits; `-` where there is none.
[[nodiscard]] std::string amount_text(const std::optional<core::Decimal>& amount, std::string_view currency);

/// `1 event`, `2,000 events`.
[[nodiscard]] std::string count_of(std::uint64_t number, std::string_view singular);

/// `999 B`, `1.2 kB`, `23.6 MB`: powers of 1,000, one digit after the point.
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);

/// `850 ms`, `1.4 s`, `2 min 5 s`, `1 h 3 min`.
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

/// How long something lasted, to be read rather than watched: `850 ms`, `29 min 59 s`, `31 min`, `4 h`,
/// `1 d 4 h 12 min`. Rounded down, so that no level seems to have lasted longer than it did: to minutes from an hour
/// on, to seconds below that.
[[nodiscard]] std::string length_text(std::chrono::milliseconds length);

/// `count` per second of `duration`; 0 for no time at all.
[[nodiscard]] std::uint64_t per_second(std::uint64_t count, std::chrono::milliseconds duration);

}  // namespace tallystick::cli
