#include "server/token_request.hpp"

#include <algorithm>

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

using Credentials = Result<TokenRequest, TokenRefusal>;

/// The client's id and secret alone.
Credentials read_basic(const Request& request, const Query& form) {
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

/// As read_basic, wherever they are.
Credentials read_credentials(const Request& request, const Query& form) {
  if (uses_basic(request)) return read_basic(request, form);
  TokenRequest read;
  read.credentials = {std::string(form.get_filled("client_id").value_or("")),
                      std::string(form.get_filled("client_secret").value_or(""))};
  return read;
}

std::string text_of(const Query& form, std::string_view name) {
  return std::string(form.get_filled(name).value_or(""));
}

using Grant = Result<TokenGrant, TokenRefusal>;

Grant read_client_grant(const Query& /*form*/) {
  return ClientGrant{};
}

Grant read_code_grant(const Query& form) {
  CodeGrant grant{.code = text_of(form, "code"),
                  .redirect_uri = text_of(form, "redirect_uri"),
                  .code_verifier = text_of(form, "code_verifier")};
  if (grant.code.empty()) return fail(invalid_request("The body lacks code."));
  if (grant.redirect_uri.empty()) return fail(invalid_request("The body lacks redirect_uri."));
  return grant;
}

Grant read_refresh_grant(const Query& form) {
  RefreshGrant grant{.refresh_token = text_of(form, "refresh_token")};
  if (grant.refresh_token.empty()) return fail(invalid_request("The body lacks refresh_token."));
  return grant;
}

Grant read_assertion_grant(const Query& form) {
  AssertionGrant grant{.org_name = text_of(form, "orgName"), .xml = {}};
  if (grant.org_name.empty()) return fail(invalid_request("The body lacks orgName."));
  const auto assertion = form.get_filled("assertion");
  if (!assertion) return fail(invalid_request("The body lacks assertion."));
  auto xml = decode_assertion(*assertion);
  if (!xml) return fail(invalid_request("The assertion is not base64."));
  grant.xml = *std::move(xml);
  return grant;
}

/// The grants by their names.
struct GrantRow {
  std::string_view type;
  Grant (*read)(const Query& form);
  bool needs_secret = false;
};
constexpr GrantRow grants[] = {
    {"client_credentials", read_client_grant, true},
    {"authorization_code", read_code_grant},
    {"refresh_token", read_refresh_grant},
    {"urn:ietf:params:oauth:grant-type:saml2-bearer", read_assertion_grant, true},
};

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

std::optional<std::string> decode_assertion(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    plain.push_back(c == ' ' || c == '-' ? '+' : c == '_' ? '/' : c);
  }
  return decode_base64(plain);
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
  const auto type = form->get_filled("grant_type");
  if (!type) return fail(invalid_request("The body lacks grant_type."));
  const auto* const row = std::ranges::find(grants, *type, &GrantRow::type);
  if (row == std::end(grants)) {
    return fail(TokenRefusal{.status = 400,
                             .error = "unsupported_grant_type",
                             .description = "This server gives tokens for client_credentials, authorization_code, "
                                            "refresh_token and SAML 2.0 assertions."});
  }
  auto read = read_credentials(request, *form);
  if (!read) return read;
  if (read->credentials.id.empty() || (row->needs_secret && read->credentials.secret.empty())) {
    return fail(invalid_client(request));
  }
  auto grant = row->read(*form);
  if (!grant) return fail(std::move(grant.error()));
  read->grant = *std::move(grant);
  return read;
}

}  // namespace tallystick::server
