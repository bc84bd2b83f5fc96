#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tallystick::server {

/// Where a listener binds. Port 0 picks a free one.
struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
};

/// Reads `HOST:PORT`, `[::1]:8080` for IPv6. Absent: not an address.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// The same as text, IPv6 in brackets.
[[nodiscard]] std::string to_string(const Address& address);

/// 127.0.0.0/8 (mapped into IPv6 too), ::1 or the name `localhost`. Other names are not looked up and count as
/// reachable from outside.
[[nodiscard]] bool is_loopback(const Address& address);

/// An absolute http(s) address without query and fragment, and without a slash at its end. Absent: it is none.
[[nodiscard]] std::optional<std::string> parse_public_url(std::string_view text);

struct Limits {
  std::size_t body_bytes_max = std::size_t{32} << 20U;  ///< after decompression too
  std::size_t header_bytes_max = 16'384;
  std::size_t batch_events_max = 10'000;
  std::size_t connections_max = 4'096;                     ///< per server; when full, the longest idle one makes room
  std::chrono::milliseconds request_read_timeout{10'000};  ///< from a request's first byte to its last
  std::chrono::milliseconds idle_timeout{75'000};          ///< between two requests; without progress of an answer
  std::chrono::milliseconds drain_timeout{9'000};          ///< for running requests once told to stop
};

/// Bodies of addresses that take no batch and no document (a token request, a clock).
inline constexpr std::size_t small_body_bytes_max = 65'536;

struct Settings {
  Address listen;
  std::optional<Address> listen_admin;  ///< plain HTTP; health and metrics move there, else they answer loopback alone
  std::string tls_certificate_file;     ///< PEM, with its chain; empty: plain HTTP
  std::string tls_key_file;             ///< PEM
  std::string public_url;  ///< under which clients reach it, without a slash at its end; empty: where it listens
  std::size_t worker_threads = 2;
  std::uint32_t requests_per_minute = 300;  ///< a token on /api/v2; 0: no limit
  bool has_test_clock = false;              ///< /tallystick/v1/clock exists
  Limits limits;
};

}  // namespace tallystick::server
