#include "server/transport.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <set>
#include <thread>

#include "server/connection.hpp"
#include "server/log.hpp"
#include "server/message_rules.hpp"
#include "server/reply_once.hpp"
#include "server/tls_context.hpp"
#include "server/worker_pool.hpp"
#include "turns/thread_turns.hpp"

// A coroutine here never builds an aggregate, a braced list or a capturing lambda inside a co_await or co_spawn
// expression: g++ 12.2 destroys such a temporary twice. It is named first and moved in (docs/adr/0002).
namespace tallystick::server {
namespace {

namespace asio = boost::asio;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using Parser = bhttp::request_parser<bhttp::string_body>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_bytes = 65'536;
/// Head and body go out as one piece up to this size; larger bodies are written in slices of it, so that the time
/// limit is on progress, not on the whole of a large report.
constexpr std::size_t write_bytes = 262'144;
constexpr milliseconds accept_retry{100};
/// How long a client that was answered may go on sending until it ends the connection too: closing while its bytes wait
/// to be read would reset the connection and take away what it has not received of the answer. One that was refused may
/// have much to send before it looks.
constexpr milliseconds linger{2'000};
constexpr milliseconds farewell{100};

std::string_view view(boost::core::string_view text) {
  return {text.data(), text.size()};
}

Request head_of(const Parser& parser, const Connection& connection) {
  const auto& message = parser.get();
  Request request;
  request.method = view(message.method_string());
  request.target = view(message.target());
  for (const auto& field : message) request.headers.emplace_back(view(field.name_string()), view(field.value()));
  request.from_loopback = connection.from_loopback;
  request.on_admin_listener = connection.on_admin_listener;
  return request;
}

class AsioTransport final : public Transport, public std::enable_shared_from_this<AsioTransport> {
 public:
  AsioTransport(Settings settings, TransportCallbacks callbacks)
      : settings_(std::move(settings)), callbacks_(std::move(callbacks)), workers_(settings_.worker_threads) {}

  ~AsioTransport() override { stop(); }

  Status<std::string> start() override {
    if (!settings_.tls_certificate_file.empty() || !settings_.tls_key_file.empty()) {
      auto context = make_tls_context(settings_.tls_certificate_file, settings_.tls_key_file);
      if (!context) return fail(context.error());
      tls_.emplace(context->release());
    }
    auto bound = bind(acceptor_, settings_.listen);
    if (!bound) return fail(bound.error());
    bound_ = *bound;
    if (settings_.listen_admin) {
      auto bound_admin = bind(admin_acceptor_, *settings_.listen_admin);
      if (!bound_admin) return fail(bound_admin.error());
      bound_admin_ = *bound_admin;
      spawn(accept(admin_acceptor_, true));
    }
    spawn(accept(acceptor_, false));
    io_thread_ = std::thread([this] {
      turns::take_rank(turns::Rank::answering);
      io_.run();
    });
    return {};
  }

  void stop() override {
    if (io_thread_.joinable()) {
      asio::post(io_, [this] { begin_stop(); });
      io_thread_.join();
    }
    workers_.stop();
  }

  [[nodiscard]] std::optional<Address> address() const override { return bound_; }
  [[nodiscard]] std::optional<Address> admin_address() const override { return bound_admin_; }
  void post_to_worker(Lane lane, std::function<void()> task) override { workers_.post(lane, std::move(task)); }

 private:
  Result<Address, std::string> bind(tcp::acceptor& acceptor, const Address& wanted) {
    const std::string where = to_string(wanted);
    error_code ec;
    tcp::endpoint endpoint(asio::ip::make_address(wanted.host, ec), wanted.port);
    if (ec) {
      const auto found =
          tcp::resolver(io_).resolve(wanted.host, std::to_string(wanted.port), tcp::resolver::passive, ec);
      if (ec) return fail("cannot listen on " + where + ": no address of that name (" + ec.message() + ")");
      endpoint = found.begin()->endpoint();
    }
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (!ec) return Address{wanted.host, acceptor.local_endpoint(ec).port()};
    return fail("cannot listen on " + where + ": " + ec.message() + "; choose another address, or stop what uses it");
  }

  void spawn(asio::awaitable<void> work) { asio::co_spawn(io_, std::move(work), asio::detached); }

  asio::awaitable<void> pause(milliseconds length) {
    asio::steady_timer timer(io_, length);
    co_await timer.async_wait(as_result);
  }

  asio::awaitable<void> accept(tcp::acceptor& acceptor, bool admin) {
    while (!stopping_) {
      if (connections_.size() >= settings_.limits.connections_max) {
        co_await acceptor.async_wait(tcp::acceptor::wait_read, as_result);
        make_room();
        co_await pause(Connection::expiry_retry);
        continue;
      }
      auto [ec, socket] = co_await acceptor.async_accept(as_result);
      if (stopping_) co_return;
      if (!ec) {
        try_session(std::move(socket), admin);
      } else if (ec != asio::error::connection_aborted) {
        const std::string reason = ec.message();
        log::write(log::Level::warning, "cannot accept a connection", {{"reason", reason}});
        co_await pause(accept_retry);  // out of file descriptors, mostly: some will be closed
      }
    }
  }

  /// Where there is no memory for a connection it ends here, and the next one is accepted.
  void try_session(tcp::socket socket, bool admin) {
    try {
      begin_session(std::move(socket), admin);
    } catch (const std::exception& thrown) {
      log::write(log::Level::error, "cannot begin a connection", {{"reason", std::string_view(thrown.what())}});
    }
  }

  void begin_session(tcp::socket socket, bool admin) {
    error_code ec;
    socket.set_option(tcp::no_delay(true), ec);  // NOLINT(bugprone-unused-return-value): slower without, no more
    const bool loopback = is_loopback(Address{socket.remote_endpoint(ec).address().to_string(), 0});
    const auto begin = [&](auto connection) {
      connection->from_loopback = loopback;
      connection->on_admin_listener = admin;
      connections_.insert(connection);
      spawn(serve(connection));
    };
    if (tls_ && !admin) {
      begin(std::make_shared<TlsConnection>(io_, std::move(socket), *tls_));
    } else {
      begin(std::make_shared<PlainConnection>(io_, std::move(socket)));
    }
  }

  /// Ends the connection that has been idle the longest.
  void make_room() {
    std::shared_ptr<Connection> longest;
    for (const auto& connection : connections_) {
      if (connection->phase != Phase::idle) continue;
      if (!longest || connection->idle_since < longest->idle_since) longest = connection;
    }
    if (longest) longest->limit_time(milliseconds{0});
  }

  template <class Stream>
  asio::awaitable<void> serve(std::shared_ptr<StreamConnection<Stream>> connection) {
    const auto leave = [this](Connection* ended) {
      connections_.erase(ended->shared_from_this());
      if (stopping_ && connections_.empty()) drain_timer_.cancel();
    };
    const std::unique_ptr<Connection, decltype(leave)> at_end(connection.get(), leave);

    if constexpr (StreamConnection<Stream>::is_tls) {
      connection->limit_time(settings_.limits.request_read_timeout);
      auto [ec] = co_await connection->stream.async_handshake(asio::ssl::stream_base::server, as_result);
      if (ec) co_return;
    }
    bool stays = true;
    while (stays) {
      Incoming incoming;
      co_await read_request(*connection, incoming);
      if (incoming.fault) {
        const Response refusal = callbacks_.answer_fault(*incoming.fault, incoming.bytes_max, incoming.request);
        co_await write_response(*connection, refusal, false, false);
      }
      if (!incoming.is_whole) {
        co_await close(*connection, incoming.fault ? linger : milliseconds{0});
        co_return;
      }
      const bool is_head = incoming.request.method == "HEAD";
      connection->phase = Phase::answering;
      take(connection, std::move(incoming.request));
      while (!connection->response && connection->socket().is_open()) {
        co_await connection->wake.async_wait(as_result);
      }
      if (!connection->response) co_return;
      const Response response = std::move(*connection->response);
      connection->response.reset();
      stays = incoming.keep_alive && !stopping_;
      const bool written = co_await write_response(*connection, response, stays, is_head);
      if (!written) co_return;
    }
    co_await close(*connection, farewell);
  }

  template <class Stream>
  asio::awaitable<bool> read_some(StreamConnection<Stream>& connection) {
    if (connection.expired()) co_return false;
    const auto space = connection.received.prepare(read_bytes);
    auto [ec, count] = co_await connection.stream.async_read_some(space, as_result);
    connection.received.commit(count);
    co_return count > 0;
  }

  template <class Stream>
  asio::awaitable<void> read_request(StreamConnection<Stream>& connection, Incoming& incoming) {
    if (connection.received.size() == 0) {
      connection.phase = Phase::idle;
      connection.idle_since = SteadyClock::now();
      connection.limit_time(stopping_ ? milliseconds{0} : settings_.limits.idle_timeout);
      const bool began = co_await read_some(connection);
      if (!began) co_return;
    }
    connection.phase = Phase::reading;
    connection.limit_time(settings_.limits.request_read_timeout);

    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(settings_.limits.header_bytes_max));
    parser.body_limit(boost::none);  // until the head is known
    while (!parse(parser, connection.received, incoming)) {
      if (incoming.fault) co_return;
      if (parser.is_header_done() && incoming.request.method.empty()) {
        incoming.request = head_of(parser, connection);
        if (!accept_head(parser, incoming)) co_return;
        const bool waits = equals_without_case(incoming.request.header("Expect").value_or(""), "100-continue");
        if (waits && !parser.is_done() && parser.get().version() >= 11 && connection.received.size() == 0) {
          if (!co_await write(connection, "HTTP/1.1 100 Continue\r\n\r\n")) co_return;
          connection.limit_time(settings_.limits.request_read_timeout);
        }
        continue;
      }
      const bool more = co_await read_some(connection);
      if (!more) {
        if (connection.expired() && !stopping_) incoming.refuse(TransportFault::too_slow);
        co_return;
      }
    }
    incoming.keep_alive = parser.keep_alive();
    incoming.request.body = std::move(parser.get().body());
    incoming.is_whole = true;
  }

  /// Feeds what was received. True: the request is whole. False: a fault, or the head has just become known (once for
  /// every request), or more is needed.
  bool parse(Parser& parser, boost::beast::flat_buffer& received, Incoming& incoming) const {
    const bool head_known = parser.is_header_done();
    while (received.size() > 0 && !parser.is_done() && parser.is_header_done() == head_known) {
      error_code ec;
      const std::size_t used = parser.put(received.data(), ec);
      received.consume(used);
      // Endless chunk extensions or trailers; they are no body.
      const bool is_stuck = used == 0 && received.size() > settings_.limits.header_bytes_max + read_bytes;
      if (ec == bhttp::error::header_limit) {
        incoming.refuse(TransportFault::header_too_large, settings_.limits.header_bytes_max);
      } else if (ec == bhttp::error::body_limit) {
        incoming.refuse(TransportFault::body_too_large, body_limit_of(parser));
      } else if ((ec && ec != bhttp::error::need_more) || is_stuck) {
        incoming.refuse(TransportFault::malformed);
      }
      if (incoming.fault || used == 0) return false;
    }
    return head_known && parser.is_done();
  }

  [[nodiscard]] std::size_t body_limit_of(const Parser& parser) const {
    return callbacks_.body_bytes_max(view(parser.get().method_string()), view(parser.get().target()));
  }

  /// Looks at a head before its body is read.
  bool accept_head(Parser& parser, Incoming& incoming) const {
    const auto version = parser.get().version() >= 11 ? HttpVersion::http_1_1 : HttpVersion::http_1_0;
    if (is_ambiguous(incoming.request.headers, version)) {
      incoming.refuse(TransportFault::malformed);
      return false;
    }
    const std::size_t bytes_max = body_limit_of(parser);
    if (parser.content_length().value_or(0) > bytes_max) {
      incoming.refuse(TransportFault::body_too_large, bytes_max);
      return false;
    }
    if (!parser.is_done()) parser.body_limit(bytes_max);
    return true;
  }

  /// Answers here or hands over to a worker. Who throws here is answered for, as there.
  void take(const std::shared_ptr<Connection>& connection, Request request) {
    ++connection->request_number;
    try {
      AtOnce at_once = callbacks_.begin_at_once(request, [&] { return later_reply_to(connection); });
      connection->response = std::move(at_once.response);
      if (at_once.is_begun) connection->unlimit_time();
      if (connection->response || at_once.is_begun) return;
    } catch (const std::exception& thrown) {
      log::write(log::Level::error, "a request's handler threw", {{"reason", std::string_view(thrown.what())}});
      connection->response = callbacks_.answer_fault(TransportFault::unanswered, 0, Request{});
      return;
    }
    connection->unlimit_time();
    const Lane lane = request.body.empty() ? Lane::questions : Lane::rest;
    workers_.post(lane, [this, request = std::move(request), reply = later_reply_to(connection)]() mutable {
      callbacks_.handle(std::move(request), std::move(reply));
    });
  }

  /// For the answer to the request that the connection has read, from any thread.
  [[nodiscard]] Reply later_reply_to(const std::shared_ptr<Connection>& connection) {
    // What is delivered after the threads have ended stays queued, so it must not own the transport.
    auto deliver = [self = shared_from_this(), to = std::weak_ptr(connection),
                    number = connection->request_number](Response response) {
      asio::post(self->io_, [to, number, answer = std::move(response)]() mutable {
        const auto waiting = to.lock();
        if (!waiting || waiting->request_number != number) return;
        waiting->response = std::move(answer);
        waiting->wake.cancel();
      });
    };
    auto unanswered = [self = shared_from_this()] {
      return self->callbacks_.answer_fault(TransportFault::unanswered, 0, Request{});
    };
    return reply_once(deliver, unanswered);
  }

  template <class Stream>
  asio::awaitable<bool> write(StreamConnection<Stream>& connection, std::string_view bytes) {
    while (!bytes.empty()) {
      connection.limit_time(settings_.limits.idle_timeout);
      const auto slice = asio::buffer(bytes.data(), std::min(bytes.size(), write_bytes));
      auto [ec, count] = co_await connection.stream.async_write_some(slice, as_result);
      if (ec) co_return false;
      bytes.remove_prefix(count);
    }
    co_return true;
  }

  template <class Stream>
  asio::awaitable<bool> write_response(StreamConnection<Stream>& connection, const Response& response, bool keep_alive,
                                       bool without_body) {
    std::string head = response_head(response, keep_alive, std::time(nullptr));
    std::string_view body = without_body ? std::string_view() : std::string_view(response.body);
    if (body.size() <= write_bytes) {
      head.append(body);
      body = {};
    }
    const bool head_written = co_await write(connection, head);
    co_return head_written&& co_await write(connection, body);
  }

  /// For so long what the client still sends is read and forgotten, unless it ends the connection before.
  template <class Stream>
  asio::awaitable<void> close(StreamConnection<Stream>& connection, milliseconds reads_on) {
    connection.phase = Phase::closing;
    connection.limit_time(std::max(reads_on, farewell));
    if constexpr (StreamConnection<Stream>::is_tls) co_await connection.stream.async_shutdown(as_result);
    error_code ignored;
    tcp::socket& socket = connection.socket();
    socket.shutdown(tcp::socket::shutdown_send, ignored);  // NOLINT(bugprone-unused-return-value): it is closed anyway
    while (reads_on > milliseconds{0} && !connection.expired()) {
      connection.received.clear();
      const auto space = connection.received.prepare(read_bytes);
      auto [ec, count] = co_await socket.async_read_some(space, as_result);
      if (ec || count == 0) break;
    }
    socket.close(ignored);  // NOLINT(bugprone-unused-return-value): nothing is left to do for it
  }

  void begin_stop() {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);        // NOLINT(bugprone-unused-return-value): the process stops anyway
    admin_acceptor_.close(ignored);  // NOLINT(bugprone-unused-return-value): as above
    for (const auto& connection : connections_) {
      if (connection->phase == Phase::idle) connection->limit_time(milliseconds{0});
    }
    if (connections_.empty()) return;
    drain_timer_.expires_after(settings_.limits.drain_timeout);
    drain_timer_.async_wait([this](error_code ec) {
      if (ec) return;
      for (const auto& connection : connections_) connection->close_now();
    });
  }

  Settings settings_;
  TransportCallbacks callbacks_;
  asio::io_context io_{1};
  std::optional<asio::ssl::context> tls_;
  tcp::acceptor acceptor_{io_};
  tcp::acceptor admin_acceptor_{io_};
  asio::steady_timer drain_timer_{io_};
  std::optional<Address> bound_;
  std::optional<Address> bound_admin_;
  std::set<std::shared_ptr<Connection>> connections_;
  bool stopping_ = false;  ///< on the io thread
  std::thread io_thread_;
  WorkerPool workers_;
};

}  // namespace

std::shared_ptr<Transport> make_transport(Settings settings, TransportCallbacks callbacks) {
  return std::make_shared<AsioTransport>(std::move(settings), std::move(callbacks));
}

}  // namespace tallystick::server
