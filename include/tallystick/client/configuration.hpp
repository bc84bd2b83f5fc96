#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tallystick/client/grant.hpp"
#include "tallystick/client/hooks.hpp"
#include "tallystick/client/log.hpp"
#include "tallystick/client/token_store.hpp"
#include "tallystick/client/transport_settings.hpp"
#include "tallystick/core/version.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// Where to ask, as whom, and how long to wait.
struct Configuration {
  /// Origin of the API, with a path prefix where a gateway needs one: `https://api.mypurecloud.de`,
  /// `http://127.0.0.1:8080`. See base_url_of_region. Plain http is for loopback alone: anything else is an ApiError of
  /// kind configuration before anything is sent.
  std::string base_url = "https://api.mypurecloud.com";
  /// Where tokens are obtained; empty: `token_url(base_url)`. For gateways that keep log-ins elsewhere.
  std::string token_address{};
  std::string client_id{};
  std::string client_secret{};  ///< empty where the grant needs none: PKCE, a bearer token
  Grant grant{};                ///< how tokens are obtained; client credentials unless said otherwise
  std::shared_ptr<TokenStore>
      token_store{};  ///< asked before the grant is used; absent: tokens live with the Connection

  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds request_timeout{60'000};  ///< of one attempt, the answer's body included
  /// Attempts of a call that may be repeated: GETs, and events, whose (source, id) makes a repeat harmless. Repeated
  /// are connection failures, 429, 502, 503 and 504, after Retry-After or a growing, jittered pause.
  int attempts_max = 4;
  /// From a call's first attempt: no pause goes beyond it, so no attempt begins later.
  std::chrono::milliseconds retry_budget{60'000};
  /// Longest body of an answer, after decompression; a longer one is an ApiError of kind answer.
  std::size_t answer_bytes_max = std::size_t{1} << 30U;

  /// Waits for the next window where the service said that the limit is reached, rather than be answered 429; but never
  /// longer than retry_budget: then the service decides. Of calls whose path begins with `/api/`.
  bool keep_within_rate_limit = true;
  /// Calls that are under way at once of those that were started; the others wait.
  std::size_t started_calls_max = 16;

  // Before the functions: g++ 12 warns of members behind which an initializer may throw.
  std::string user_agent = std::string("tallystick-cpp/") + version;
  TransportSettings transport{};  ///< where the Connection makes its own transport
  Headers headers{};              ///< of each request but downloads; those of a call replace them by name
  Hooks hooks{};
  Log log{};
};

/// The published regions: (name, host), the default first (billing-api.md, "Regions").
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> regions();

/// The base URL of a region as users of the published tools write it: `eu_central_1`, `eu-central-1`,
/// `mypurecloud.de` or `https://api.mypurecloud.de`. Absent: no region is called that.
[[nodiscard]] std::optional<std::string> base_url_of_region(std::string_view region);

/// Where tokens are obtained: `https://login.<host>/oauth/token` where the base is `https://api.<published host>`,
/// else `/oauth/token` of the same origin.
[[nodiscard]] std::string token_url(std::string_view base_url);

}  // namespace tallystick
#pragma GCC visibility pop
