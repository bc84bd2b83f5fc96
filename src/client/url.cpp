#include "client/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "tallystick/client/connection.hpp"

namespace tallystick {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_unreserved(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += digits[byte >> 4U];
      encoded += digits[byte & 0xFU];
    }
  }
  return encoded;
}

namespace client {
namespace {

bool is_decimal_byte(std::string_view text) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return false;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value <= 255;
}

bool is_ipv4_loopback(std::string_view host) {
  if (!host.starts_with("127.")) return false;
  int parts = 1;
  for (auto dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.'), ++parts) {
    if (!is_decimal_byte(host.substr(0, dot))) return false;
    host.remove_prefix(dot + 1);
  }
  return parts == 4 && is_decimal_byte(host);
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    const auto address = host.substr(1, host.size() - 2);
    return host.size() > 3 && host.ends_with(']') && std::all_of(address.begin(), address.end(), [](char c) {
             return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
           });
  }
  return !host.empty() && host.front() != '.' && std::all_of(host.begin(), host.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
  });
}

bool is_path(std::string_view path) {
  return path.empty() || std::all_of(path.begin(), path.end(), [](char c) {
           return c > ' ' && c < '\x7f' && c != '?' && c != '#' && c != '\\' && c != '"' && c != '<' && c != '>';
         });
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::optional<Url> parse_url(std::string_view text) {
  Url url;
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  url.scheme = lower_case(text.substr(0, scheme_end));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  text.remove_prefix(scheme_end + 3);

  const auto authority = text.substr(0, text.find('/'));
  auto path = text.substr(authority.size());
  while (path.ends_with('/')) path.remove_suffix(1);
  if (!is_path(path)) return std::nullopt;
  url.path = path;

  const bool is_ipv6 = authority.starts_with('[');
  url.host = lower_case(authority.substr(0, is_ipv6 ? authority.find(']') + 1 : authority.find(':')));
  if (!is_host(url.host)) return std::nullopt;
  auto port = authority.substr(url.host.size());
  if (port.empty()) return url;
  port.remove_prefix(1);
  std::uint16_t number = 0;
  const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (authority[url.host.size()] != ':' || fault != std::errc{} || end != port.data() + port.size() || number == 0) {
    return std::nullopt;
  }
  url.port = number;
  return url;
}

std::string Url::origin() const {
  return scheme + "://" + host + (port ? ":" + std::to_string(*port) : std::string());
}

bool Url::is_loopback() const {
  return host == "localhost" || host == "[::1]" || is_ipv4_loopback(host);
}

std::string form_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) encoded += c == ' ' ? std::string("+") : percent_encode({&c, 1});
  return encoded;
}

std::string form_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digits = text.substr(std::min(i + 1, text.size()), 2);
    std::uint8_t byte = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    const bool is_escape =
        text[i] == '%' && digits.size() == 2 && fault == std::errc{} && end == digits.data() + digits.size();
    if (is_escape) {
      decoded += static_cast<char>(byte);
      i += digits.size();
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) text += k <= group.size() ? alphabet[bits >> (18 - 6 * k) & 0x3FU] : '=';
  }
  return text;
}

}  // namespace client
}  // namespace tallystick
