#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tallystick::client {

/// An address with everything in it that a client may be configured with: no user, query or fragment.
struct Url {
  std::string scheme;  ///< `http` or `https`, in lower case
  std::string host;    ///< in lower case; an IPv6 address keeps its brackets
  std::optional<std::uint16_t> port;
  std::string path;  ///< empty, or begins with `/` and does not end with one

  /// `scheme://host[:port]`
  [[nodiscard]] std::string origin() const;
  /// `localhost`, 127.0.0.0/8 written as four decimal numbers, or `[::1]`. Any other spelling is not loopback, so that
  /// no name or odd number form makes a secret leave the machine in the clear.
  [[nodiscard]] bool is_loopback() const;
};

/// Absent: not an http or https address of that form.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

/// `text` in lower case, ASCII letters alone.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Encodes a value of `application/x-www-form-urlencoded`: a space becomes `+`.
[[nodiscard]] std::string form_encode(std::string_view text);

/// The text that form_encode encoded; a `%` that begins no escape stays.
[[nodiscard]] std::string form_decode(std::string_view text);

/// Base64 with padding (RFC 4648, section 4), as HTTP Basic wants it.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace tallystick::client
