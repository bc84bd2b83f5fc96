#include "tallystick/client/http_transport.hpp"

#include "client/url.hpp"

namespace tallystick {

std::optional<std::string_view> HttpResponse::header(std::string_view name) const {
  const std::string wanted = client::lower_case(name);
  for (const auto& [field, value] : headers) {
    if (client::lower_case(field) == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace tallystick
