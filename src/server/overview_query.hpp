#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// billingPeriodIndex: 0 where it is missing or empty. Absent: a number beyond 64 bits, which no period has. Refused
/// (invalid.value): anything but digits.
[[nodiscard]] Result<std::optional<std::uint64_t>, Refusal> read_period_index(const Query& query);

/// `address?billingPeriodIndex=N`, the one form in which answers carry it.
[[nodiscard]] std::string overview_uri(std::string_view address, std::uint64_t index);

}  // namespace tallystick::server
