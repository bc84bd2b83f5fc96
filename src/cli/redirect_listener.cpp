#include "cli/redirect_listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "cli/redirect_page.hpp"

namespace tallystick::cli {
namespace {

constexpr std::string_view redirect_path = "/callback";
constexpr std::size_t request_bytes_max = 16U << 10U;
/// Browsers open connections ahead that they may never use; beyond these the oldest is closed.
constexpr std::size_t connections_max = 16;
/// How long a wait for bytes is at most, before time and stop are looked at again.
constexpr int look_every_ms = 50;
constexpr int send_seconds_max = 2;

/// A socket that is closed when it goes, unless it was taken.
class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] int take() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

struct Connection {
  Socket socket;
  std::string head;  ///< what came of the request
};

Failure failed(std::string message) {
  return {ExitCode::failed, std::move(message)};
}

void send_page(int socket, const BrowserPage& page) {
  const timeval longest{.tv_sec = send_seconds_max, .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
  const std::string answer = http_answer(page);
  std::string_view rest = answer;
  while (!rest.empty()) {
    const ssize_t sent = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  ::shutdown(socket, SHUT_WR);
}

/// The query of a GET of the redirect path; absent: something else was asked.
std::optional<std::string> query_of(std::string_view head) {
  constexpr std::string_view method = "GET ";
  if (!head.starts_with(method)) return std::nullopt;
  auto target = head.substr(method.size());
  target = target.substr(0, target.find_first_of(" \r\n"));
  if (!target.starts_with(redirect_path)) return std::nullopt;
  target.remove_prefix(redirect_path.size());
  if (!target.empty() && target.front() != '?') return std::nullopt;
  return std::string(target.substr(std::min<std::size_t>(1, target.size())));
}

enum class Received { more, whole, gone };

Received receive(Connection& connection) {
  char bytes[4096];
  const ssize_t count = ::recv(connection.socket.get(), bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0) return errno == EAGAIN || errno == EINTR ? Received::more : Received::gone;
  if (count == 0) return Received::gone;
  connection.head.append(bytes, static_cast<std::size_t>(count));
  if (connection.head.find("\r\n\r\n") != std::string::npos) return Received::whole;
  return connection.head.size() > request_bytes_max ? Received::gone : Received::more;
}

}  // namespace

BrowserVisit::~BrowserVisit() {
  if (socket_ >= 0) ::close(socket_);
}

BrowserVisit::BrowserVisit(BrowserVisit&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), query_(std::move(other.query_)) {}

void BrowserVisit::answer(const BrowserPage& page) {
  if (socket_ < 0) return;
  send_page(socket_, page);
  ::close(std::exchange(socket_, -1));
}

Result<RedirectListener, Failure> RedirectListener::open(std::uint16_t port) {
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int yes = 1;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  const bool listens = socket.get() >= 0 &&
                       ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                       ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       ::listen(socket.get(), SOMAXCONN) == 0 &&
                       ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0;
  if (!listens) {
    return fail(failed("cannot listen on 127.0.0.1:" + std::to_string(port) + " for the browser: " +
                       std::strerror(errno) + (port == 0 ? "" : "; choose another --redirect-port")));
  }
  return RedirectListener(socket.take(), ntohs(address.sin_port));
}

RedirectListener::~RedirectListener() {
  if (socket_ >= 0) ::close(socket_);
}

RedirectListener::RedirectListener(RedirectListener&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), port_(other.port_) {}

std::string RedirectListener::redirect_uri() const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(redirect_path);
}

Result<BrowserVisit, Failure> RedirectListener::wait(const std::function<bool(std::string_view)>& is_ours,
                                                     const Wait& wait) const {
  std::vector<Connection> connections;
  while (!wait.stop.stop_requested()) {
    if (wait.now() >= wait.until) return fail(failed("no browser came back in time: log in again"));
    std::vector<pollfd> watched{{.fd = socket_, .events = POLLIN, .revents = 0}};
    for (const Connection& connection : connections) {
      watched.push_back({.fd = connection.socket.get(), .events = POLLIN, .revents = 0});
    }
    if (::poll(watched.data(), watched.size(), look_every_ms) <= 0) continue;

    std::vector<Connection> open;
    for (std::size_t i = 0; i < connections.size(); ++i) {
      Connection& connection = connections[i];
      const Received received = watched[i + 1].revents == 0 ? Received::more : receive(connection);
      if (received == Received::gone) continue;
      if (received == Received::more) {
        open.push_back(std::move(connection));
        continue;
      }
      auto query = query_of(connection.head);
      if (query && is_ours(*query)) return BrowserVisit(connection.socket.take(), *std::move(query));
      send_page(connection.socket.get(), query ? page_of_stranger() : page_of_nothing());
    }
    connections = std::move(open);
    if (watched.front().revents != 0) {
      const int accepted = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (accepted >= 0) connections.push_back({Socket(accepted), {}});
      if (connections.size() > connections_max) connections.erase(connections.begin());
    }
  }
  return fail(failed("interrupted"));
}

}  // namespace tallystick::cli
