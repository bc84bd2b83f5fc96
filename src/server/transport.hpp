#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/exchange.hpp"
#include "server/settings.hpp"
#include "server/worker_pool.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// Why the transport answers by itself. All but `unanswered` end the connection.
enum class TransportFault {
  malformed,         ///< not HTTP/1.x, or a request that two readers could understand differently
  header_too_large,  ///< over Limits::header_bytes_max
  body_too_large,    ///< over what `body_bytes_max` allows
  too_slow,          ///< not whole within Limits::request_read_timeout
  unanswered,        ///< a handler let its reply go without an answer
};

/// What became of a request on the thread that moves all bytes.
struct AtOnce {
  std::optional<Response> response;
  bool is_begun = false;  ///< the answer comes by a reply
};

/// What the transport asks of the server. All may be called until the last Reply is gone.
struct TransportCallbacks {
  /// A whole request, on a worker thread.
  Handler handle;
  /// The same, before `handle` and on the thread that moves all bytes, where that takes no more than memory and
  /// microseconds. Who answers later calls `later` for a reply, once. Neither answered nor begun: the request is as it
  /// was, and `handle` is asked.
  std::function<AtOnce(Request& request, const std::function<Reply()>& later)> begin_at_once;
  /// How large the body of a request may be, known from its head. Quick: it runs on the thread that moves all bytes.
  std::function<std::size_t(std::string_view method, std::string_view target)> body_bytes_max;
  /// The answer to a fault. `bytes_max` is the limit that was passed, where there is one; `head` what is known of the
  /// request, nothing where its header was not whole. Any thread.
  std::function<Response(TransportFault fault, std::size_t bytes_max, const Request& head)> answer_fault;
};

/// Moves bytes: HTTP/1.1 and 1.0, plain and TLS, on one thread of its own; handlers run on worker threads. The source
/// behind it, with connection.hpp, is the only one that knows the network library (docs/adr/0002).
class Transport {
 public:
  Transport() = default;
  /// As `stop`.
  virtual ~Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  /// Binds and begins to answer; the failure is a sentence for the operator. Once.
  [[nodiscard]] virtual Status<std::string> start() = 0;

  /// With the real port; absent before `start`. That of the admin listener: only where the settings have one.
  [[nodiscard]] virtual std::optional<Address> address() const = 0;
  [[nodiscard]] virtual std::optional<Address> admin_address() const = 0;

  /// Runs `task` on a worker thread; dropped once stopped. Any thread.
  virtual void post_to_worker(Lane lane, std::function<void()> task) = 0;

  /// No new connections and no further request of an open one; running requests are answered, at most
  /// Limits::drain_timeout; then every connection is closed. Returns when all threads have ended.
  virtual void stop() = 0;
};

/// Not bound yet. Shared, because a reply that comes after `stop` still finds its way to nowhere.
[[nodiscard]] std::shared_ptr<Transport> make_transport(Settings settings, TransportCallbacks callbacks);

}  // namespace tallystick::server
