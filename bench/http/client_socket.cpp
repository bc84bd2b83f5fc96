#include "http/client_socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace tallystick::bench {
namespace {

[[noreturn]] void fail_at(const char* what) {
  throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

bool must_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

iovec part_of(std::string_view text, std::size_t from) {
  text.remove_prefix(std::min(from, text.size()));
  return {const_cast<char*>(text.data()), text.size()};
}

}  // namespace

ClientSocket::ClientSocket(std::uint16_t port, Mode mode)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) fail_at("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail_at("connect");
  const int on = 1;
  if (::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) fail_at("TCP_NODELAY");
  if (mode == Mode::non_blocking && ::fcntl(descriptor_, F_SETFL, O_NONBLOCK) != 0) fail_at("O_NONBLOCK");
}

ClientSocket::~ClientSocket() {
  ::close(descriptor_);
}

std::size_t ClientSocket::send(std::string_view head, std::string_view body, std::size_t from) const {
  std::array<iovec, 2> parts{part_of(head, from), part_of(body, from - std::min(from, head.size()))};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  const ssize_t sent = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<std::size_t>(sent);
  if (must_wait()) return 0;
  fail_at("send");
}

std::string_view ClientSocket::receive(std::span<char> space) const {
  const ssize_t received = ::recv(descriptor_, space.data(), space.size(), 0);
  if (received > 0) return {space.data(), static_cast<std::size_t>(received)};
  if (received < 0 && must_wait()) return {};
  if (received < 0) fail_at("receive");
  throw std::runtime_error("the server closed a connection");
}

}  // namespace tallystick::bench
