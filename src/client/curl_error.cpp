#include "client/curl_error.hpp"

#include <utility>

#include "client/url.hpp"

namespace tallystick::client {
namespace {

std::string in_words(std::chrono::milliseconds time) {
  return std::to_string(time.count()) + " ms";
}

/// The proxy answered something else than "here is your way through".
ApiError proxy_refusal(long status, const std::string& server) {
  const std::string words = "the proxy gives no way to " + server + ": it answers " + std::to_string(status);
  constexpr long authentication_required = 407;
  if (status == authentication_required) return network_error(words + "; check the proxy's user and password", false);
  const bool may_pass = status == 502 || status == 503 || status == 504;
  return network_error(words + "; ask who runs the proxy, or name the host as one to be reached directly", may_pass);
}

/// The server ended the TLS connection because of our certificate, or because there was none. TLS 1.3 tells it only
/// when the first answer is read.
bool is_about_client_certificate(std::string_view detail) {
  for (const std::string_view words :
       {"alert certificate required", "alert bad certificate", "alert unknown ca", "alert certificate expired",
        "alert certificate unknown", "alert unsupported certificate", "alert certificate revoked",
        "alert decrypt error"}) {
    if (detail.find(words) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

ApiError network_error(std::string message, bool transient) {
  return {.kind = ApiError::Kind::network, .message = std::move(message), .transient = transient};
}

std::string server_of(const HttpRequest& request) {
  const auto url = parse_url(std::string_view(request.url).substr(0, request.url.find('?')));
  return url ? url->origin() : std::string("an address that is not http or https");
}

ApiError error_of(const CurlFailure& failure, const HttpRequest& request) {
  const std::string server = server_of(request);
  const std::string because = failure.detail.empty() ? curl_easy_strerror(failure.code) : std::string(failure.detail);
  constexpr long first_error_status = 300;
  if (failure.proxy_status >= first_error_status) return proxy_refusal(failure.proxy_status, server);
  if (is_about_client_certificate(because)) {
    return network_error(server + " does not take the client certificate, or wants one (" + because +
                             "); check client_certificate_file and client_key_file",
                         false);
  }
  switch (failure.code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
      return {.kind = ApiError::Kind::configuration, .message = server + " cannot be asked: " + because};
    case CURLE_COULDNT_RESOLVE_HOST:
      return network_error(
          "the name in " + server + " cannot be resolved (" + because + "); check the address and the network's DNS",
          true);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return network_error(
          "the proxy for " + server + " cannot be resolved (" + because +
              "); check the proxy that is configured, or http_proxy and https_proxy in the environment",
          true);
    case CURLE_COULDNT_CONNECT:
      return network_error(
          "cannot connect to " + server + " (" + because + "); check the address, and that the server runs", true);
    case CURLE_OPERATION_TIMEDOUT:
      if (!failure.connected) {
        return network_error("no connection to " + server + " within " + in_words(request.connect_timeout) +
                                 "; check the address and the network, or allow a longer connect_timeout",
                             true);
      }
      return network_error("no complete answer from " + server + " within " + in_words(request.timeout) +
                               "; ask again later, or allow a longer request_timeout",
                           true);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CRL_BADFILE:
      return network_error("the certificate of " + server + " cannot be trusted (" + because +
                               "); nothing was sent. If it is your own authority's, name that authority's certificate "
                               "as ca_file, or add it to the system's",
                           false);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
      return network_error(
          "no TLS connection to " + server + " (" + because + "); the server must speak TLS 1.2 or later on this port",
          true);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return network_error(server + " does not answer in HTTP (" + because + "); check the address and its port",
                           false);
    case CURLE_BAD_CONTENT_ENCODING:
      return {.kind = ApiError::Kind::answer, .message = "the answer of " + server + " is damaged: " + because};
    default:
      return network_error("the connection to " + server + " broke before the answer was complete (" + because + ")",
                           true);
  }
}

}  // namespace tallystick::client
