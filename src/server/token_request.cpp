#include "server/token_request.hpp"

#include "server/content_type.hpp"
#include "server/query.hpp"

namespace tallystick::server {
namespace {

constexpr std::string_view basic_scheme = "Basic ";

TokenRefusal invalid_request(std::string_view description) {
  return {.status = 400, .error = "invalid_request", .description = description};
}

std::optional<unsigned> base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26U;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52U;
  if (c == '+') return 62U;
  if (c == '/') return 63U;
  return std::nullopt;
}

Result<TokenRequest, TokenRefusal> read_basic(const Request& request, const Query& form) {
  // RFC 6749: one method of authentication in a request (section 2.3); an empty parameter is none (section 3.2).
  if (form.get_filled("client_secret"))
    return fail(invalid_request("The client's secret is in the header and in the body."));
  const std::string_view field = request.header("Authorization").value_or("");
  const auto pair = decode_base64(field.substr(basic_scheme.size()));
  const std::size_t colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) return fail(invalid_client(request));

  ClientCredentials as_sent{pair->substr(0, colon), pair->substr(colon + 1)};
  const auto id = percent_decode(as_sent.id, PlusSign::is_space);
  const auto secret = percent_decode(as_sent.secret, PlusSign::is_space);
  TokenRequest read;
  read.credentials = id && secret ? ClientCredentials{*id, *secret} : as_sent;
  if (read.credentials != as_sent) read.as_sent = std::move(as_sent);
  if (const auto named = form.get_filled("client_id"); named && *named != read.credentials.id) {
    return fail(invalid_request("The client_id in the body is another than that in the header."));
  }
  return read;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::size_t padding = 0;
  while (!text.empty() && text.back() == '=' && padding < 2) {
    text.remove_suffix(1);
    ++padding;
  }
  if (text.size() % 4 == 1 || (padding > 0 && (text.size() + padding) % 4 != 0)) return std::nullopt;
  std::string decoded;
  unsigned bits = 0;
  int bit_count = 0;
  for (const char c : text) {
    const auto value = base64_value(c);
    if (!value) return std::nullopt;
    bits = (bits << 6U) | *value;
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    decoded.push_back(static_cast<char>((bits >> static_cast<unsigned>(bit_count)) & 0xffU));
  }
  return decoded;
}

bool uses_basic(const Request& request) {
  const std::string_view field = request.header("Authorization").value_or("");
  return equals_without_case(field.substr(0, basic_scheme.size()), basic_scheme);
}

TokenRefusal invalid_client(const Request& request) {
  return {.status = 401,
          .error = "invalid_client",
          .description = "Unknown client, wrong secret, or neither given.",
          .challenges_basic = uses_basic(request)};
}

Result<TokenRequest, TokenRefusal> read_token_request(const Request& request) {
  if (media_type_of(request) != "application/x-www-form-urlencoded") {
    return fail(invalid_request("The body must be application/x-www-form-urlencoded."));
  }
  const auto form = Query::parse(request.body);
  if (!form) return fail(invalid_request("The body has a broken percent encoding."));
  if (form->has_repeated_name()) return fail(invalid_request("The body names a parameter twice."));
  const auto grant = form->get_filled("grant_type");
  if (!grant) return fail(invalid_request("The body lacks grant_type."));
  if (*grant != "client_credentials") {
    return fail(TokenRefusal{.status = 400,
                             .error = "unsupported_grant_type",
                             .description = "This server gives tokens for client_credentials."});
  }
  if (uses_basic(request)) return read_basic(request, *form);
  const auto id = form->get_filled("client_id");
  const auto secret = form->get_filled("client_secret");
  if (!id || !secret) return fail(invalid_client(request));
  TokenRequest read;
  read.credentials = {std::string(*id), std::string(*secret)};
  return read;
}

}  // namespace tallystick::server
