#pragma once
#include <curl/curl.h>

#include <string_view>

#include "tallystick/client/http_transport.hpp"

/// What libcurl's failures mean to people.
namespace tallystick::client {

/// What is known of an exchange that failed.
struct CurlFailure {
  CURLcode code = CURLE_OK;
  std::string_view detail{};  ///< libcurl's own words; may be empty
  bool connected = false;     ///< the request was on its way, or could have been
  long proxy_status = 0;      ///< of the proxy's answer to CONNECT; 0: none
};
[[nodiscard]] ApiError error_of(const CurlFailure& failure, const HttpRequest& request);

/// `https://api.mypurecloud.de`: the server as people know it, without path and query.
[[nodiscard]] std::string server_of(const HttpRequest& request);

[[nodiscard]] ApiError network_error(std::string message, bool transient);

}  // namespace tallystick::client
