#pragma once
#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "tallystick/client/call_options.hpp"
#include "tallystick/client/connection.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// One question to the service that is not asked yet: what a method of an API class makes.
///
///     const auto report = billing.get_billing_reports_billableusage({start, end}).send();        // waits
///     auto later = billing.get_billing_reports_billableusage({start, end}).start();               // std::future
///     billing.get_billing_reports_billableusage({start, end}).start([](auto answer) { … });       // callback
///
/// It may be sent as often as one likes. Any thread.
template <class Value>
class [[nodiscard]] ApiCall {
 public:
  using Decode = std::function<ApiResult<Value>(const HttpResponse& answer)>;
  ApiCall(Connection connection, Connection::Call call, Decode decode)
      : connection_(std::move(connection)), call_(std::move(call)), decode_(std::move(decode)) {}

  /// Asks and waits.
  [[nodiscard]] ApiResult<Value> send(const CallOptions& options = {}) const { return send_for_answer(options).result; }
  /// The same, with status, headers, duration and attempts.
  [[nodiscard]] ApiAnswer<Value> send_for_answer(const CallOptions& options = {}) const {
    return decoded(connection_.send(call_, options), decode_);
  }
  /// Asks on a thread of the connection. The future's destructor does not wait; `options.stop` cancels.
  [[nodiscard]] std::future<ApiAnswer<Value>> start(CallOptions options = {}) const {
    auto promise = std::make_shared<std::promise<ApiAnswer<Value>>>();
    auto future = promise->get_future();
    start([promise](ApiAnswer<Value> answer) { promise->set_value(std::move(answer)); }, std::move(options));
    return future;
  }
  /// The same; `done` is called once, on that thread. It must not throw.
  void start(std::function<void(ApiAnswer<Value>)> done, CallOptions options = {}) const {  // NOLINT: it is moved
    connection_.start(call_, std::move(options),
                      [decode = decode_, done = std::move(done)](ApiAnswer<HttpResponse> answer) {
                        done(decoded(std::move(answer), decode));
                      });
  }

 protected:
  [[nodiscard]] static ApiAnswer<Value> decoded(ApiAnswer<HttpResponse> answer, const Decode& decode) {
    ApiResult<Value> result = answer.result ? decode(*answer.result) : ApiResult<Value>(fail(answer.result.error()));
    return {std::move(result), std::move(answer.metadata)};
  }

  Connection connection_;
  Connection::Call call_;
  Decode decode_;
};

}  // namespace tallystick
#pragma GCC visibility pop
