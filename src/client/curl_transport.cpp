#include <curl/curl.h>

#include <array>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

#include "client/url.hpp"
#include "tallystick/client/http_transport.hpp"

/// The only file that knows libcurl.
namespace tallystick {
namespace {

constexpr std::size_t header_bytes_max = std::size_t{256} << 10U;
/// Idle handles, each with its open connections, that wait for the next request.
constexpr std::size_t idle_handles_max = 32;

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;
using List = std::unique_ptr<curl_slist, FreeList>;

/// What libcurl's callbacks fill. They are called from C: nothing may be thrown out of them.
struct Receiver {
  HttpResponse response;
  std::size_t header_bytes = 0;
  std::size_t body_bytes_max = 0;
  bool too_long = false;
};

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& receiver = *static_cast<Receiver*>(user);
  const std::string_view line(data, size);
  receiver.header_bytes += size;
  if (receiver.header_bytes > header_bytes_max) {
    receiver.too_long = true;
    return 0;
  }
  try {
    // Each answer begins anew: an interim 1xx comes before the one that counts.
    if (line.starts_with("HTTP/")) receiver.response.headers.clear();
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
      receiver.response.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
    }
  } catch (const std::bad_alloc&) {
    return 0;
  }
  return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& receiver = *static_cast<Receiver*>(user);
  if (size > receiver.body_bytes_max - receiver.response.body.size()) {
    receiver.too_long = true;
    return 0;
  }
  try {
    receiver.response.body.append(data, size);
  } catch (const std::bad_alloc&) {
    receiver.too_long = true;
    return 0;
  }
  return size;
}

ApiError network_error(std::string message, bool transient) {
  return {.kind = ApiError::Kind::network, .message = std::move(message), .transient = transient};
}

bool is_header_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// The name of the server, as people know it: `https://api.mypurecloud.de`, without path and query.
std::string server_of(const HttpRequest& request) {
  const auto url = client::parse_url(std::string_view(request.url).substr(0, request.url.find('?')));
  return url ? url->origin() : request.url;
}

bool goes_to_loopback(const HttpRequest& request) {
  const auto url = client::parse_url(std::string_view(request.url).substr(0, request.url.find('?')));
  return url && url->is_loopback();
}

std::string in_words(std::chrono::milliseconds time) {
  return std::to_string(time.count()) + " ms";
}

ApiError error_of_code(CURLcode code, std::string_view detail, bool connected, const HttpRequest& request) {
  const std::string server = server_of(request);
  const std::string because = detail.empty() ? curl_easy_strerror(code) : std::string(detail);
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
      return {.kind = ApiError::Kind::configuration,
              .message = "\"" + request.url + "\" is not an address: " + because};
    case CURLE_COULDNT_RESOLVE_HOST:
      return network_error(
          "the name in " + server + " cannot be resolved (" + because + "); check the address and the network's DNS",
          true);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return network_error("the proxy for " + server + " cannot be resolved (" + because +
                               "); check http_proxy and https_proxy in the environment",
                           true);
    case CURLE_COULDNT_CONNECT:
      return network_error(
          "cannot connect to " + server + " (" + because + "); check the address, and that the server runs", true);
    case CURLE_OPERATION_TIMEDOUT:
      if (!connected) {
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
                               "); nothing was sent. If it is your own authority's, add that to the system's "
                               "certificates",
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

class CurlTransport final : public HttpTransport {
 public:
  CurlTransport() {
    // Once for the process, whichever transport is made first.
    static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
    usable_ = global == CURLE_OK;
  }

  ApiResult<HttpResponse> send(const HttpRequest& request) override {
    for (const auto& [name, value] : request.headers) {
      if (!is_header_line(name) || !is_header_line(value)) {
        return fail(ApiError{.kind = ApiError::Kind::configuration,
                             .message = "the header " + name + " holds a line end or a zero byte"});
      }
    }
    Handle handle = take();
    if (!handle) return fail(network_error("libcurl cannot be started: out of memory", false));
    auto result = perform(handle.get(), request);
    give_back(std::move(handle));
    return result;
  }

 private:
  /// The handle used last, whose connections are most likely open still; or a new one.
  Handle take() {
    if (!usable_) return nullptr;
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return Handle(curl_easy_init());
    Handle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }

  void give_back(Handle handle) {
    curl_easy_reset(handle.get());  // Keeps connections, TLS sessions and the DNS cache.
    const std::lock_guard lock(mutex_);
    if (idle_.size() < idle_handles_max) idle_.push_back(std::move(handle));
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
  }

  static void set_rules(CURL* handle, const HttpRequest& request) {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    // An id of `..` stays an id.
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    if (goes_to_loopback(request)) curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
  }

  static ApiResult<HttpResponse> perform(CURL* handle, const HttpRequest& request) {
    Receiver receiver;
    receiver.body_bytes_max = request.answer_bytes_max;
    std::array<char, CURL_ERROR_SIZE> detail{};
    const List headers = header_list(request);
    if (!headers) return fail(network_error("out of memory", false));

    set_rules(handle, request);
    set_method(handle, request);
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail.data());
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &receiver);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &receiver);

    const CURLcode code = curl_easy_perform(handle);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (receiver.too_long) {
      return fail(ApiError{.kind = ApiError::Kind::answer,
                           .status = static_cast<int>(status),
                           .message = "the answer of " + server_of(request) + " is longer than " +
                                      std::to_string(request.answer_bytes_max) +
                                      " bytes; ask for less, or allow more with answer_bytes_max"});
    }
    if (code != CURLE_OK) {
      curl_off_t connect_time_us = 0;
      curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &connect_time_us);
      return fail(error_of_code(code, detail.data(), connect_time_us > 0, request));
    }
    receiver.response.status = static_cast<int>(status);
    return std::move(receiver.response);
  }

  bool usable_ = false;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

}  // namespace

std::shared_ptr<HttpTransport> make_curl_transport(TransportSettings /*settings*/) {
  return std::make_shared<CurlTransport>();
}

}  // namespace tallystick
