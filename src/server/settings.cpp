#include "server/settings.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "server/exchange.hpp"

namespace tallystick::server {

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port_text = text.substr(colon + 1);

  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (host.find(':') == std::string_view::npos) return std::nullopt;
  } else if (host.find_first_of(":[]") != std::string_view::npos) {
    return std::nullopt;  // an IPv6 address without brackets is ambiguous
  }
  if (host.empty()) return std::nullopt;

  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (error != std::errc{} || end != port_text.data() + port_text.size()) return std::nullopt;
  return Address{std::string(host), port};
}

std::string to_string(const Address& address) {
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool is_loopback(const Address& address) {
  if (address.host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, address.host.c_str(), &v6) != 1) return false;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return v6.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&v6);
}

std::optional<std::string> parse_public_url(std::string_view text) {
  const std::size_t separator = text.find("://");
  if (separator == std::string_view::npos) return std::nullopt;
  const std::string_view scheme = text.substr(0, separator);
  if (!equals_without_case(scheme, "http") && !equals_without_case(scheme, "https")) return std::nullopt;
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.size() <= separator + 3) return std::nullopt;
  const std::string_view rest = text.substr(separator + 3);
  const bool is_plain = std::ranges::all_of(rest, [](char c) { return c > ' ' && c <= '~'; });
  if (!is_plain || rest.front() == '/' || rest.find_first_of("?#@\\\"<>") != std::string_view::npos) {
    return std::nullopt;
  }
  return std::string(text);
}

}  // namespace tallystick::server
