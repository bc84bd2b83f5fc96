#include "client/connect_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace tallystick::client_test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

/// Closed when it ends.
class Socket {
 public:
  explicit Socket(int number) : number_(number) {}
  ~Socket() {
    if (number_ >= 0) ::close(number_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  [[nodiscard]] int number() const { return number_; }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto count = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  /// Empty: the other side closed.
  [[nodiscard]] std::string receive() const {
    std::array<char, 16'384> bytes{};
    const auto count = ::recv(number_, bytes.data(), bytes.size(), 0);
    return {bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
  }

 private:
  int number_;
};

/// Carries bytes both ways until one side closes.
void carry(const Socket& one, const Socket& other) {
  for (;;) {
    std::array<pollfd, 2> both{{{one.number(), POLLIN, 0}, {other.number(), POLLIN, 0}}};
    if (::poll(both.data(), both.size(), -1) < 0) return;
    for (std::size_t side = 0; side < 2; ++side) {
      if (both.at(side).revents == 0) continue;
      const std::string bytes = (side == 0 ? one : other).receive();
      if (bytes.empty()) return;
      (side == 0 ? other : one).send(bytes);
    }
  }
}

}  // namespace

class ConnectProxy::Impl {
 public:
  Impl(std::uint16_t target_port, std::string credential)
      : target_port_(target_port),
        credential_(std::move(credential)),
        listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    auto address = loopback(0);
    if (::bind(listener_.number(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
        ::listen(listener_.number(), SOMAXCONN) != 0) {
      throw std::runtime_error("no loopback port for a test");
    }
    acceptor_ = std::jthread([this] { accept_all(); });
  }
  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      for (const int open : open_) ::shutdown(open, SHUT_RDWR);
    }
    ::shutdown(listener_.number(), SHUT_RDWR);
    acceptor_.join();
    workers_.clear();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::string origin() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    ::getsockname(listener_.number(), reinterpret_cast<sockaddr*>(&address), &size);
    return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  [[nodiscard]] std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void accept_all() {
    for (;;) {
      const int number = ::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC);
      if (number < 0) return;
      const std::lock_guard lock(mutex_);
      if (ending_) {
        ::close(number);
        return;
      }
      workers_.emplace_back([this, number] { serve(number); });
      open_.push_back(number);
    }
  }

  void serve(int number) {
    {
      const Socket client(number);
      std::string header;
      while (header.find("\r\n\r\n") == std::string::npos) {
        const std::string bytes = client.receive();
        if (bytes.empty()) break;
        header += bytes;
      }
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(header);
      }
      if (!credential_.empty() &&
          header.find("\r\nProxy-Authorization: " + credential_ + "\r\n") == std::string::npos) {
        client.send(
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n");
      } else {
        const Socket target(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        auto address = loopback(target_port_);
        if (::connect(target.number(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
          client.send("HTTP/1.1 200 Connection established\r\n\r\n");
          carry(client, target);
        }
      }
      const std::lock_guard lock(mutex_);
      open_.remove(number);
    }
  }

  const std::uint16_t target_port_;
  const std::string credential_;
  const Socket listener_;
  mutable std::mutex mutex_;
  bool ending_ = false;
  std::list<int> open_;
  std::vector<std::string> requests_;
  std::vector<std::jthread> workers_;
  std::jthread acceptor_;
};

ConnectProxy::ConnectProxy(std::uint16_t target_port, std::string credential)
    : impl_(std::make_unique<Impl>(target_port, std::move(credential))) {}
ConnectProxy::~ConnectProxy() = default;
std::string ConnectProxy::origin() const {
  return impl_->origin();
}
std::vector<std::string> ConnectProxy::requests() const {
  return impl_->requests();
}

}  // namespace tallystick::client_test
