#include "tallystick/client/http_transport.hpp"

#include "client/spelling.hpp"
#include "tallystick/client/call_options.hpp"

namespace tallystick {

namespace {

std::optional<std::string_view> field_of(const Headers& headers, std::string_view name) {
  for (const auto& [field, value] : headers) {
    if (client::equals_without_case(field, name)) return value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> HttpResponse::header(std::string_view name) const {
  return field_of(headers, name);
}

std::optional<std::string_view> ResponseMetadata::header(std::string_view name) const {
  return field_of(headers, name);
}

}  // namespace tallystick
