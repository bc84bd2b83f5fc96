#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tallystick::client_test {

/// A proxy on a free loopback port that lets CONNECT through to one loopback port, whatever host it names.
class ConnectProxy {
 public:
  /// `credential`: the value of Proxy-Authorization that it wants; empty: none. Without it the answer is 407.
  ConnectProxy(std::uint16_t target_port, std::string credential);
  ~ConnectProxy();
  ConnectProxy(const ConnectProxy&) = delete;
  ConnectProxy& operator=(const ConnectProxy&) = delete;

  [[nodiscard]] std::string origin() const;
  /// What it was asked, header by header.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::client_test
