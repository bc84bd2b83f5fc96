#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tallystick::bench {

/// A TCP connection to this machine. Throws std::runtime_error on every fault.
class ClientSocket {
 public:
  enum class Mode { blocking, non_blocking };

  ClientSocket(std::uint16_t port, Mode mode);
  ~ClientSocket();
  ClientSocket(const ClientSocket&) = delete;
  ClientSocket& operator=(const ClientSocket&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Sends of `head` and then `body` what fits, from byte `from` of both together; returns how many were sent.
  [[nodiscard]] std::size_t send(std::string_view head, std::string_view body, std::size_t from) const;
  /// What has come, at most as much as fits; empty when nothing has.
  [[nodiscard]] std::string_view receive(std::span<char> space) const;

 private:
  int descriptor_;
};

}  // namespace tallystick::bench
