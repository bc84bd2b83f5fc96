#pragma once
#include <cstddef>
#include <string>

#include "server/exchange.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// The body as it was before Content-Encoding. Refused: an encoding that is not taken (415), more than `bytes_max`
/// bytes compressed or not (413), a damaged body (400).
[[nodiscard]] Result<std::string, Refusal> read_body(Request& request, std::size_t bytes_max);

}  // namespace tallystick::server
