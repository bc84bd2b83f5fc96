#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "server/exchange.hpp"

namespace tallystick::test {

/// An answer as it came over the wire.
struct WireAnswer {
  int status = 0;
  std::string head;
  std::string body;

  [[nodiscard]] std::optional<std::string> header(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
      const std::string_view rest = std::string_view(head).substr(at + 2);
      const std::string_view line = rest.substr(0, rest.find("\r\n"));
      const std::size_t colon = line.find(": ");
      if (colon == std::string_view::npos || !server::equals_without_case(line.substr(0, colon), name)) continue;
      return std::string(line.substr(colon + 2));
    }
    return std::nullopt;
  }
};

/// A client that sends exactly the bytes it is told to. Waits for bytes at most a minute, then throws.
class SocketClient {
 public:
  explicit SocketClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval longest{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~SocketClient() { ::close(socket_); }
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  [[nodiscard]] bool is_connected() const { return is_connected_; }
  [[nodiscard]] int native() const { return socket_; }

  /// What the other side no longer takes is left out: some servers answer before they have read everything.
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  /// Up to the blank line.
  [[nodiscard]] std::string read_head() {
    while (received_.find("\r\n\r\n") == std::string::npos) {
      if (!receive()) throw std::runtime_error("closed within a head: " + received_);
    }
    return take(received_.find("\r\n\r\n") + 4);
  }

  [[nodiscard]] WireAnswer read_answer(bool has_body = true) {
    WireAnswer answer;
    answer.head = read_head();
    answer.status = std::stoi(answer.head.substr(answer.head.find(' ') + 1, 3));
    const std::size_t length = has_body ? std::stoul(answer.header("Content-Length").value()) : 0;
    while (received_.size() < length) {
      if (!receive()) throw std::runtime_error("closed within a body");
    }
    answer.body = take(length);
    return answer;
  }

  /// Whether the connection ends without another byte.
  [[nodiscard]] bool ends_here() { return received_.empty() && !receive(); }

 private:
  bool receive() {
    char bytes[65'536];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("no answer came");
    if (count <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }
  std::string take(std::size_t length) {
    std::string taken = received_.substr(0, length);
    received_.erase(0, length);
    return taken;
  }

  int socket_;
  bool is_connected_ = false;
  std::string received_;
};

}  // namespace tallystick::test
