#pragma once
#include <optional>
#include <string>

#pragma GCC visibility push(default)
namespace tallystick {

/// PEM, from a file or as text. A file is read anew when it changes, so that a renewed certificate is taken.
struct Pem {
  std::string file{};  ///< a path; empty: `text` counts
  std::string text{};  ///< `-----BEGIN …`
  [[nodiscard]] bool empty() const { return file.empty() && text.empty(); }
  friend bool operator==(const Pem&, const Pem&) = default;
};

/// A proxy through which requests go; none of them to loopback.
struct ProxySettings {
  std::string
      url{};  ///< `http://proxy.example:3128` or `https://…`, no user in it; empty: none, whatever the environment says
  std::string user{};  ///< empty: the proxy asks for none
  std::string password{};
  std::string bypass{};  ///< hosts that are reached directly, as in NO_PROXY: `example.com,10.0.0.1`
  friend bool operator==(const ProxySettings&, const ProxySettings&) = default;
};

/// How bytes travel: trust, identity, way. Verification cannot be turned off.
struct TransportSettings {
  Pem authorities{};         ///< certificates to trust beside the system's
  Pem client_certificate{};  ///< for mutual TLS, with its chain
  Pem client_key{};
  std::string client_key_password{};
  std::optional<ProxySettings> proxy{};  ///< absent: what the environment says (HTTPS_PROXY, NO_PROXY)
  friend bool operator==(const TransportSettings&, const TransportSettings&) = default;
};

}  // namespace tallystick
#pragma GCC visibility pop
