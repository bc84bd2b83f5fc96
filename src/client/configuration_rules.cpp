#include "client/configuration_rules.hpp"

#include <algorithm>
#include <array>

#include "client/redaction.hpp"
#include "client/token_request.hpp"
#include "client/url.hpp"

namespace tallystick::client {
namespace {

/// Why an address may not be used; absent: it may.
std::optional<std::string> address_fault(std::string_view what, std::string_view address) {
  const auto url = parse_url(address);
  if (!url) {
    return std::string(what) + " \"" + told_address(address, true) +
           "\" is not an http or https address such as https://api.mypurecloud.com (no user, query or fragment in it)";
  }
  if (url->scheme == "http" && !url->is_loopback()) {
    return std::string(what) + " " + told_address(address, true) +
           " would send the client secret and tokens unencrypted; use https (plain http is for localhost, 127.0.0.1 "
           "and [::1] alone)";
  }
  return std::nullopt;
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

bool is_field_name(std::string_view text) {
  constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           signs.find(c) != std::string_view::npos;
  });
}

/// Headers that somebody adds; the client sets the rest itself. A value is never told: it may be a key.
std::optional<std::string> header_fault(const Headers& headers) {
  constexpr std::array<std::string_view, 8> own{
      "authorization", "content-encoding",    "content-length",      "content-type",
      "host",          "inin-correlation-id", "proxy-authorization", "transfer-encoding"};
  for (const auto& [name, value] : headers) {
    if (!is_field_name(name)) return "a header has a name that HTTP does not allow: letters, digits and - are";
    if (!is_field_value(value)) return "the header " + name + " must be one line without control characters";
    if (std::find(own.begin(), own.end(), lower_case(name)) != own.end()) {
      return "the header " + name + " is set by the client itself";
    }
  }
  return std::nullopt;
}

}  // namespace

std::string token_address_of(const Configuration& configuration) {
  return configuration.token_address.empty() ? token_url(configuration.base_url) : configuration.token_address;
}

std::string base_of(const Configuration& configuration) {
  const auto url = parse_url(configuration.base_url);
  return url ? url->origin() + url->path : std::string();
}

std::optional<std::string> fault_of(const Configuration& configuration) {
  if (auto fault = address_fault("the base URL", configuration.base_url)) return fault;
  if (auto fault = address_fault("the token address", token_address_of(configuration))) return fault;
  if (auto fault = grant_fault(configuration)) return fault;
  if (configuration.connect_timeout.count() <= 0 || configuration.request_timeout.count() <= 0) {
    return "connect_timeout and request_timeout must be at least 1 ms";
  }
  if (configuration.attempts_max < 1) return "attempts_max must be at least 1";
  if (!is_field_value(configuration.user_agent)) return "user_agent must be one line without control characters";
  return header_fault(configuration.headers);
}

std::optional<std::string> fault_of(const Connection::Call& call) {
  const bool is_path = call.path.starts_with('/') && std::all_of(call.path.begin(), call.path.end(), [](char c) {
                         return c > ' ' && c < '\x7f' && c != '#';
                       });
  if (!is_path) return "the path \"" + call.path + "\" must begin with / and be percent-encoded";
  const bool is_token = !call.method.empty() && std::all_of(call.method.begin(), call.method.end(),
                                                            [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_token) return "the method \"" + call.method + "\" must be capital letters";
  if (!is_field_value(call.content_type) || !is_field_value(call.content_encoding)) {
    return "content_type and content_encoding must be one line without control characters";
  }
  return std::nullopt;
}

std::optional<std::string> fault_of(const CallOptions& options) {
  if (options.timeout && options.timeout->count() <= 0) return "the call's timeout must be at least 1 ms";
  if (!is_field_value(options.correlation_id)) return "correlation_id must be one line without control characters";
  return header_fault(options.headers);
}

std::optional<std::string> signed_address_fault(const std::string& address) {
  const std::size_t query = std::min(address.find('?'), address.size());
  const auto url = parse_url(std::string_view(address).substr(0, query));
  const bool is_query = std::all_of(address.begin() + static_cast<std::ptrdiff_t>(query), address.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '#' && c != '"' && c != '<' && c != '>';
  });
  if (!url || !is_query) return "the service gave an address that is not http or https: nothing was fetched";
  if (url->scheme == "http" && !url->is_loopback()) {
    return "the service gave a plain http address of " + url->host +
           ", which would show the document to everyone on the way; nothing was fetched";
  }
  return std::nullopt;
}

bool logs_in_alike(const Configuration& one, const Configuration& other) {
  return one.client_id == other.client_id && one.client_secret == other.client_secret && one.grant == other.grant &&
         one.token_store == other.token_store && token_address_of(one) == token_address_of(other);
}

}  // namespace tallystick::client
