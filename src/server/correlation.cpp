#include "server/correlation.hpp"

#include <algorithm>
#include <array>

#include "tallystick/core/uuid.hpp"

namespace tallystick::server {

std::string new_correlation_id(const app::RandomBytes& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(bytes);
  return core::Uuid::from_random(bytes).to_string();
}

std::string correlation_id_of(const Request& request, const app::RandomBytes& random) {
  constexpr std::size_t bytes_max = 128;
  const std::string_view sent = request.header(correlation_header).value_or("");
  const bool is_sane = !sent.empty() && sent.size() <= bytes_max &&
                       std::ranges::all_of(sent, [](char c) { return c > ' ' && c <= '~'; });
  return is_sane ? std::string(sent) : new_correlation_id(random);
}

}  // namespace tallystick::server
