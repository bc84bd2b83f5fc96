#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "client/answer.hpp"
#include "client/curl_error.hpp"
#include "client/curl_lines.hpp"
#include "client/curl_receiver.hpp"
#include "client/tls_material.hpp"
#include "client/url.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick {
namespace {

using client::CurlFailure;
using client::CurlLine;
using client::CurlReceiver;
using client::network_error;
using client::TlsMaterial;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

bool is_header_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool goes_to_loopback(const HttpRequest& request) {
  const auto url = client::parse_url(std::string_view(request.url).substr(0, request.url.find('?')));
  return url && url->is_loopback();
}

ApiError configuration_error(std::string message) {
  return {.kind = ApiError::Kind::configuration, .message = std::move(message)};
}

/// Why the settings of a proxy cannot work; absent: they can.
std::optional<std::string> fault_of(const std::optional<ProxySettings>& proxy) {
  if (!proxy || proxy->url.empty()) return std::nullopt;
  const auto url = client::parse_url(proxy->url);
  if (url && url->path.empty()) return std::nullopt;
  // The address is not told: where it is wrong there may be a password in it.
  return "the proxy's address must be http or https, a host and a port, like http://proxy.example:3128; user and "
         "password are settings of their own";
}

class CurlTransport final : public HttpTransport {
 public:
  explicit CurlTransport(TransportSettings settings) : proxy_(settings.proxy), proxy_fault_(fault_of(settings.proxy)) {
    if (uses_tls_material(settings)) material_.emplace(std::move(settings));
  }

  ApiResult<HttpResponse> send(const HttpRequest& request) override {
    for (const auto& [name, value] : request.headers) {
      if (!is_header_line(name) || !is_header_line(value)) {
        return fail(configuration_error("the header " + name + " holds a line end or a zero byte"));
      }
    }
    if (proxy_fault_) return fail(configuration_error(*proxy_fault_));
    std::shared_ptr<const TlsMaterial> material;
    if (material_) {
      auto current = material_->current();
      if (!current) return fail(configuration_error(current.error()));
      material = *std::move(current);
    }
    auto line = lines_.take();
    if (!line) return fail(network_error("libcurl cannot be started: out of memory", false));
    auto result = perform(*line, request, material.get());
    lines_.give_back(std::move(line));
    return result;
  }

 private:
  static bool uses_tls_material(const TransportSettings& settings) {
    return !settings.authorities.empty() || !settings.client_certificate.empty() || !settings.client_key.empty();
  }

  static List header_list(const HttpRequest& request) {
    // No `Expect: 100-continue`: it costs a second with servers that do not know it.
    List list(curl_slist_append(nullptr, "Expect:"));
    for (const auto& [name, value] : request.headers) {
      std::string line = name;
      line += value.empty() ? ";" : ": ";
      line += value;
      curl_slist* longer = curl_slist_append(list.get(), line.c_str());
      if (longer == nullptr) return nullptr;
      [[maybe_unused]] auto* same = list.release();
      list.reset(longer);
    }
    return list;
  }

  static void set_method(CURL* handle, const HttpRequest& request) {
    if (request.method == "HEAD") {
      curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    } else if (request.method != "GET" || !request.body.empty()) {
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
      curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    // Over a kept connection that the server had closed libcurl sends again by itself; over a new one it does not.
    if (request.once) curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
  }

  static void set_rules(CURL* handle, const HttpRequest& request) {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    // An id of `..` stays an id.
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  }

  /// False: this libcurl cannot take the settings.
  static bool set_tls(CURL* handle, const TlsMaterial* material) {
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (material == nullptr) return true;
    if (material->has_authorities()) {
      // CURLOPT_CAINFO would replace the system's authorities; the context's store is added to.
      if (curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, &on_tls_context) != CURLE_OK) return false;
      curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, material);
    }
    if (material->certificate().empty()) return true;
    const auto blob = [](const std::string& pem) {
      return curl_blob{.data = const_cast<char*>(pem.data()), .len = pem.size(), .flags = CURL_BLOB_COPY};
    };
    auto certificate = blob(material->certificate());
    auto key = blob(material->key());
    curl_easy_setopt(handle, CURLOPT_KEYPASSWD, material->key_password().c_str());
    return curl_easy_setopt(handle, CURLOPT_SSLCERT_BLOB, &certificate) == CURLE_OK &&
           curl_easy_setopt(handle, CURLOPT_SSLKEY_BLOB, &key) == CURLE_OK;
  }

  static CURLcode on_tls_context(CURL*, void* ssl_context, void* user) noexcept {
    return static_cast<const TlsMaterial*>(user)->add_authorities(ssl_context) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
  }

  void set_proxy(CURL* handle, const HttpRequest& request) const {
    // What is for the server stays out of the request to the proxy, and the other way round.
    curl_easy_setopt(handle, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    if (goes_to_loopback(request)) {
      curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    } else if (proxy_) {
      curl_easy_setopt(handle, CURLOPT_PROXY, proxy_->url.c_str());
      curl_easy_setopt(handle, CURLOPT_NOPROXY, proxy_->bypass.c_str());
      if (proxy_->user.empty()) return;
      curl_easy_setopt(handle, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
      curl_easy_setopt(handle, CURLOPT_PROXYUSERNAME, proxy_->user.c_str());
      curl_easy_setopt(handle, CURLOPT_PROXYPASSWORD, proxy_->password.c_str());
    }
  }

  ApiResult<HttpResponse> perform(CurlLine& line, const HttpRequest& request, const TlsMaterial* material) const {
    CURL* handle = line.handle();
    std::array<char, CURL_ERROR_SIZE> detail{};
    const List headers = header_list(request);
    if (!headers) return fail(network_error("out of memory", false));
    CurlReceiver receiver(request.answer_bytes_max);
    receiver.listen_to(handle);
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail.data());
    set_rules(handle, request);
    set_method(handle, request);
    set_proxy(handle, request);
    if (!set_tls(handle, material)) {
      return fail(
          configuration_error("this libcurl cannot take own certificates: install the one that is built with OpenSSL"));
    }

    const auto outcome = line.perform(request.stop);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (outcome.stopped) return fail(client::cancelled_error());
    if (receiver.too_long()) {
      return fail(ApiError{.kind = ApiError::Kind::answer,
                           .status = static_cast<int>(status),
                           .message = "the answer of " + client::server_of(request) + " is longer than " +
                                      std::to_string(request.answer_bytes_max) +
                                      " bytes; ask for less, or allow more with answer_bytes_max"});
    }
    const CURLcode code = outcome.code == CURLE_OK && !receiver.has_head() ? CURLE_PARTIAL_FILE : outcome.code;
    if (code != CURLE_OK) return fail(client::error_of(failure_of(handle, code, detail.data()), request));
    HttpResponse response = std::move(receiver).take();
    response.status = static_cast<int>(status);
    return response;
  }

  static CurlFailure failure_of(CURL* handle, CURLcode code, const char* detail) {
    curl_off_t connect_time_us = 0;
    curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &connect_time_us);
    CurlFailure failure{.code = code, .detail = detail, .connected = connect_time_us > 0};
    curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &failure.proxy_status);
    return failure;
  }

  const std::optional<ProxySettings> proxy_;
  const std::optional<std::string> proxy_fault_;
  std::optional<client::TlsMaterialSource> material_;
  client::CurlLines lines_;
};

}  // namespace

std::shared_ptr<HttpTransport> make_curl_transport(TransportSettings settings) {
  return std::make_shared<CurlTransport>(std::move(settings));
}

}  // namespace tallystick
