#pragma once
#include <string>
#include <string_view>

#include "client/pacing.hpp"

namespace tallystick::client {

/// Under which service and client both log a call.
inline constexpr std::string_view correlation_header = "ININ-Correlation-Id";

/// A random UUID (RFC 9562, version 4).
[[nodiscard]] std::string new_correlation_id(const Pacing& pacing);

}  // namespace tallystick::client
