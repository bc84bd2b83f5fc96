#pragma once
#include <string>

#include "app/secret.hpp"
#include "server/exchange.hpp"

namespace tallystick::server {

/// The header by which published clients name a request, and by which every answer names it back.
inline constexpr std::string_view correlation_header = "ININ-Correlation-Id";

/// A new random UUID.
[[nodiscard]] std::string new_correlation_id(const app::RandomBytes& random);

/// The id that the request carries where it is 1 to 128 visible ASCII characters, else a new one.
[[nodiscard]] std::string correlation_id_of(const Request& request, const app::RandomBytes& random);

}  // namespace tallystick::server
