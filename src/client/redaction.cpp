#include "client/redaction.hpp"

#include <algorithm>
#include <array>

#include "client/answer.hpp"
#include "client/known_secrets.hpp"
#include "client/url.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace tallystick::client {
namespace {

bool is_address(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

void write_told(const wire::Value& value, wire::JsonWriter& writer) {
  using Kind = wire::Value::Kind;
  switch (value.kind) {
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      return writer.raw(value.kind == Kind::null ? "null" : value.text);
    case Kind::string:
    case Kind::plain:
      return writer.string(is_address(value.text) ? told_address(value.text, true) : value.text);
    case Kind::array:
      writer.begin_array();
      for (const auto& item : value.items()) write_told(item, writer);
      return writer.end_array();
    case Kind::object:
      writer.begin_object();
      for (const auto& member : value.items()) {
        writer.key(member.name);
        // `code` is what the API calls its kinds of errors; as a secret it is a field of forms alone.
        const bool is_secret = is_secret_field(member.name) && member.name != "code";
        if (is_secret) {
          writer.string(redacted_mark);
        } else {
          write_told(member, writer);
        }
      }
      return writer.end_object();
  }
}

}  // namespace

bool is_harmless_header(std::string_view name) {
  constexpr std::array<std::string_view, 25> names{"accept",
                                                   "accept-encoding",
                                                   "age",
                                                   "allow",
                                                   "cache-control",
                                                   "connection",
                                                   "content-encoding",
                                                   "content-language",
                                                   "content-length",
                                                   "content-type",
                                                   "date",
                                                   "expires",
                                                   "host",
                                                   "inin-correlation-id",
                                                   "inin-ratelimit-allowed",
                                                   "inin-ratelimit-count",
                                                   "inin-ratelimit-reset",
                                                   "keep-alive",
                                                   "last-modified",
                                                   "retry-after",
                                                   "server",
                                                   "strict-transport-security",
                                                   "transfer-encoding",
                                                   "user-agent",
                                                   "via"};
  return std::binary_search(names.begin(), names.end(), lower_case(name));
}

std::string told_address(std::string_view address, bool is_signed) {
  const auto query = std::min(address.find('?'), address.size());
  std::string told(address.substr(0, query));
  const auto authority = told.find("://");
  if (authority != std::string::npos) {
    const auto path = std::min(told.find('/', authority + 3), told.size());
    const auto user_end = told.rfind('@', path);
    if (user_end != std::string::npos && user_end > authority) {
      told.replace(authority + 3, user_end - authority - 3, redacted_mark);
    }
  }
  if (query == address.size()) return told;
  return told + "?" + std::string(is_signed ? redacted_mark : address.substr(query + 1));
}

std::string told_headers(const Headers& headers) {
  std::string told;
  for (const auto& [name, value] : headers) {
    if (!told.empty()) told += ", ";
    told += one_line(name) + ": ";
    if (lower_case(name) == "location") {
      told += one_line(told_address(value, true));
    } else {
      told += is_harmless_header(name) ? one_line(value) : std::string(redacted_mark);
    }
  }
  return told;
}

std::string told_body(std::string_view body) {
  const std::string size = std::to_string(body.size()) + " bytes";
  if (body.empty() || body.size() > told_body_bytes_max) return size;
  wire::JsonReader reader(told_body_bytes_max);
  const auto root = reader.read(body);
  if (!root) return size;
  std::string told;
  wire::JsonWriter writer(told);
  write_told(**root, writer);
  return told;
}

}  // namespace tallystick::client
