#include "tallystick/client/authorization.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <optional>

#include "client/answer.hpp"
#include "client/code_challenge.hpp"
#include "client/url.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick {
namespace {

template <std::size_t Size>
std::string base64url(const std::array<unsigned char, Size>& bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<char, sodium_base64_ENCODED_LEN(Size, variant)> text{};
  return sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
}

template <std::size_t Size>
std::string random_text() {
  // It fails only where the system has no generator; nothing that is made then may be used.
  if (sodium_init() < 0) std::abort();
  std::array<unsigned char, Size> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64url(bytes);
}

/// The value of a parameter that is there once; absent: it is not there. More than once: a fault (RFC 6749, 3.1).
struct Parameter {
  std::optional<std::string> value;
  bool is_repeated = false;
};

Parameter parameter(std::string_view query, std::string_view name) {
  Parameter found;
  while (!query.empty()) {
    const auto field = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(field.size() + 1, query.size()));
    const auto equals = std::min(field.find('='), field.size());
    if (client::form_decode(field.substr(0, equals)) != name) continue;
    found.is_repeated = found.value.has_value();
    if (found.is_repeated) return found;
    found.value = client::form_decode(field.substr(std::min(equals + 1, field.size())));
  }
  return found;
}

bool is_same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

ApiError answer_error(std::string message) {
  return {.kind = ApiError::Kind::answer, .message = std::move(message)};
}

}  // namespace

namespace client {

std::string code_challenge_of(std::string_view verifier) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
  return base64url(digest);
}

}  // namespace client

Pkce make_pkce() {
  Pkce pkce{.verifier = random_text<32>()};
  pkce.challenge = client::code_challenge_of(pkce.verifier);
  return pkce;
}

std::string make_state() {
  return random_text<16>();
}

std::string authorization_url(std::string_view token_address, const AuthorizationRequest& request) {
  // Beside the token address: `…/oauth/token` becomes `…/oauth/authorize`.
  std::string url(token_address.substr(0, token_address.rfind('/') + 1));
  url += "authorize?response_type=code&client_id=" + percent_encode(request.client_id) +
         "&redirect_uri=" + percent_encode(request.redirect_uri) + "&state=" + percent_encode(request.state);
  if (!request.code_challenge.empty()) {
    url += "&code_challenge=" + percent_encode(request.code_challenge) + "&code_challenge_method=S256";
  }
  return url;
}

ApiResult<std::string> code_of_redirect(std::string_view query, std::string_view expected_state) {
  const Parameter state = parameter(query, "state");
  if (!state.value || state.is_repeated || expected_state.empty() || !is_same_secret(*state.value, expected_state)) {
    return fail(answer_error(
        "the redirect does not answer this log-in (its state is another): nothing was taken from it, log in again"));
  }
  const Parameter refusal = parameter(query, "error");
  if (refusal.value) {
    ApiError error{.kind = ApiError::Kind::status, .code = *refusal.value};
    const auto description = parameter(query, "error_description").value.value_or("");
    error.message = "the log-in was refused: " + client::one_line(*refusal.value) +
                    (description.empty() ? "" : ": " + client::one_line(description));
    return fail(std::move(error));
  }
  const Parameter code = parameter(query, "code");
  if (!code.value || code.value->empty() || code.is_repeated) {
    return fail(answer_error("the redirect has no code in it: log in again"));
  }
  return *code.value;
}

}  // namespace tallystick
