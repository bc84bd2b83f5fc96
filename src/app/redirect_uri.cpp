#include "app/redirect_uri.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace tallystick::app {
namespace {

constexpr std::string_view secure = "https://";
constexpr std::string_view plain = "http://";
constexpr std::array<std::string_view, 3> loopback_hosts{"127.0.0.1", "[::1]", "localhost"};
constexpr int port_max = 65'535;

struct Parts {
  bool is_secure = false;
  std::string_view host;
  std::string_view port;  ///< without its colon; empty: none
  std::string_view rest;  ///< path and query

  [[nodiscard]] bool is_loopback() const {
    return !is_secure && std::ranges::find(loopback_hosts, host) != loopback_hosts.end();
  }
};

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.front() == '0') return false;
  int port = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    port = port * 10 + (c - '0');
  }
  return port <= port_max;
}

bool is_name(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

bool is_bracketed_address(std::string_view host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']' &&
         std::ranges::all_of(host.substr(1, host.size() - 2), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
         });
}

// Absent: the text is no URI that anybody may be redirected to. What a browser might read otherwise than we do (white
// space, backslashes, user information) is not read at all.
std::optional<Parts> split(std::string_view text) {
  const auto is_refused = [](char c) {
    return c <= ' ' || c > '~' || c == '\\' || c == '#' || c == '"' || c == '<' || c == '>';
  };
  if (std::ranges::any_of(text, is_refused)) return std::nullopt;
  Parts parts;
  parts.is_secure = text.starts_with(secure);
  if (!parts.is_secure && !text.starts_with(plain)) return std::nullopt;
  text.remove_prefix(parts.is_secure ? secure.size() : plain.size());
  const auto authority = text.substr(0, text.find_first_of("/?"));
  parts.rest = text.substr(authority.size());

  const auto host_end = authority.starts_with('[') ? authority.find(']') : authority.find(':');
  const auto host_bytes = authority.starts_with('[') && host_end != std::string_view::npos ? host_end + 1 : host_end;
  parts.host = authority.substr(0, host_bytes);
  std::string_view port = authority.substr(parts.host.size());
  if (!port.empty()) {
    port.remove_prefix(1);
    if (authority[parts.host.size()] != ':' || !is_port(port)) return std::nullopt;
    parts.port = port;
  }
  if (!is_name(parts.host) && !is_bracketed_address(parts.host)) return std::nullopt;
  return parts;
}

}  // namespace

bool is_redirect_uri(std::string_view text) {
  const auto parts = split(text);
  return parts && (parts->is_secure || parts->is_loopback());
}

bool matches_redirect_uri(std::string_view registered, std::string_view asked) {
  const auto known = split(registered);
  const auto wanted = split(asked);
  if (!known || !wanted) return false;
  if (!known->is_loopback()) return registered == asked;
  return wanted->is_loopback() && wanted->host == known->host && wanted->rest == known->rest;
}

}  // namespace tallystick::app
