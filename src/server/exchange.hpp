#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a handler sees of HTTP. No network header is reachable from here.
namespace tallystick::server {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

/// Whether two header names, tokens or schemes are the same (ASCII, without case).
[[nodiscard]] bool equals_without_case(std::string_view one, std::string_view other);

/// A request that was read whole, within the limits of size and time.
struct Request {
  std::string method;
  std::string target;  ///< as sent: path, and query after `?`
  HeaderFields headers;
  std::string body;  ///< as sent, still compressed where Content-Encoding says so
  bool from_loopback = false;
  bool on_admin_listener = false;

  /// The first field of that name, compared without case; absent when there is none.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  HeaderFields headers;
};

/// Answers one request, exactly once, from any thread.
using Reply = std::function<void(Response)>;

/// Takes a request on a worker thread. It may block that thread for CPU work, never for the disk or another request;
/// what takes longer keeps the reply and answers later.
using Handler = std::function<void(Request, Reply)>;

}  // namespace tallystick::server
