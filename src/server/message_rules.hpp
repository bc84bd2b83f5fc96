#pragma once
#include <ctime>
#include <string>

#include "server/exchange.hpp"

/// What HTTP/1.1 says about messages beyond moving their bytes (RFC 9110, RFC 9112).
namespace tallystick::server {

enum class HttpVersion { http_1_0, http_1_1 };

/// Whether two readers could understand where a request ends, or for whom it is, differently: several or unknown
/// transfer codings, one of HTTP/1.1 in a request of 1.0, a missing or second Host (RFC 9112, sections 3.2 and 6.1).
/// Such a request is refused.
[[nodiscard]] bool is_ambiguous(const HeaderFields& headers, HttpVersion version);

/// Status line and header of an answer, to the blank line. Content-Length is the body's, whether it is sent or not.
[[nodiscard]] std::string response_head(const Response& response, bool keep_alive, std::time_t now);

}  // namespace tallystick::server
