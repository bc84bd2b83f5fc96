#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "server/exchange.hpp"
#include "server/transport.hpp"

/// What the transport keeps of each connection; a part of it, and included by it alone (docs/adr/0002).
namespace tallystick::server {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

/// What a connection is at; `stop` and the limit of connections treat them apart.
enum class Phase { idle, reading, answering, closing };

/// One connection's state, on the io thread alone.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  static constexpr milliseconds expiry_retry{50};

  explicit Connection(asio::io_context& io) : wake(io, SteadyClock::time_point::max()), timer_(io) {}
  virtual ~Connection() = default;

  virtual tcp::socket& socket() = 0;

  /// From `after` on, reads and writes are cancelled until the next limit. Cancelled again and again, because a TLS
  /// read can begin its next part just after it was cancelled.
  void limit_time(milliseconds after) {
    expired_ = false;
    start_timer(after, ++limit_number_);
  }
  void unlimit_time() {
    expired_ = false;
    ++limit_number_;
    timer_.cancel();
  }
  [[nodiscard]] bool expired() const { return expired_; }

  void close_now() {
    expired_ = true;
    error_code ignored;
    socket().close(ignored);  // NOLINT(bugprone-unused-return-value): there is nothing left to do for it
    wake.cancel();
  }

  Phase phase = Phase::idle;
  SteadyClock::time_point idle_since = SteadyClock::now();
  bool from_loopback = false;
  bool on_admin_listener = false;
  boost::beast::flat_buffer received;

  /// The answer to request number `request_number`, and what the session waits on until it is there.
  std::uint64_t request_number = 0;
  std::optional<Response> response;
  asio::steady_timer wake;

 private:
  void start_timer(milliseconds after, std::uint64_t number) {
    timer_.expires_after(after);
    timer_.async_wait([self = weak_from_this(), number](error_code ec) {
      const auto connection = self.lock();
      if (ec || !connection || connection->limit_number_ != number) return;
      connection->expired_ = true;
      error_code ignored;
      connection->socket().cancel(ignored);  // NOLINT(bugprone-unused-return-value): the next round tries again
      connection->start_timer(expiry_retry, number);
    });
  }

  asio::steady_timer timer_;
  std::uint64_t limit_number_ = 0;
  bool expired_ = false;
};

template <class Stream>
class StreamConnection final : public Connection {
 public:
  static constexpr bool is_tls = !std::is_same_v<Stream, tcp::socket>;

  template <class... Arguments>
  explicit StreamConnection(asio::io_context& io, Arguments&&... arguments)
      : Connection(io), stream(std::forward<Arguments>(arguments)...) {}
  tcp::socket& socket() override { return boost::beast::get_lowest_layer(stream); }
  Stream stream;
};

using PlainConnection = StreamConnection<tcp::socket>;
using TlsConnection = StreamConnection<asio::ssl::stream<tcp::socket>>;

/// What came out of reading from a connection: a whole request, a fault that is answered, or (neither) its end.
struct Incoming {
  Request request;  ///< from its head on
  bool is_whole = false;
  bool keep_alive = false;
  std::optional<TransportFault> fault;
  std::size_t bytes_max = 0;  ///< the limit that a fault is about

  void refuse(TransportFault what, std::size_t limit = 0) {
    fault = what;
    bytes_max = limit;
  }
};

}  // namespace tallystick::server
