#include "client/known_secrets.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "client/redaction.hpp"
#include "client/spelling.hpp"
#include "client/url.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/wire/token.hpp"
#include "wire/json_writer.hpp"

namespace tallystick::client {
namespace {

/// What is left of base64 when the bytes before and after are not known: groups of three bytes that the text fills
/// wholly, for each place in a group at which it may begin.
std::vector<std::string> inner_base64(std::string_view text) {
  std::vector<std::string> forms;
  for (std::size_t before = 0; before < 3; ++before) {
    const std::size_t skipped = (3 - before) % 3;
    if (text.size() < skipped + 6) continue;
    const std::size_t whole = (text.size() - skipped) / 3 * 3;
    forms.push_back(base64(text.substr(skipped, whole)));
  }
  return forms;
}

std::string url_alphabet(std::string text) {
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

std::string json_escaped(std::string_view text) {
  std::string quoted;
  wire::JsonWriter(quoted).string(text);
  return quoted.substr(1, quoted.size() - 2);
}

/// Percent-encoding with small digits.
std::string small_digits(std::string encoded) {
  for (std::size_t i = 0; i + 2 < encoded.size(); ++i) {
    if (encoded[i] != '%') continue;
    for (std::size_t k = i + 1; k <= i + 2; ++k) {
      if (encoded[k] >= 'A' && encoded[k] <= 'F') encoded[k] = static_cast<char>(encoded[k] - 'A' + 'a');
    }
  }
  return encoded;
}

std::vector<std::string> secrets_of(const Grant& grant) {
  if (const auto* code = std::get_if<AuthorizationCode>(&grant)) return {code->code, code->code_verifier};
  if (const auto* refresh = std::get_if<RefreshToken>(&grant)) return {refresh->refresh_token};
  if (const auto* saml = std::get_if<Saml2Bearer>(&grant)) return {saml->assertion};
  if (const auto* bearer = std::get_if<BearerToken>(&grant)) return {bearer->access_token};
  return {};
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string form_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 && digit_of(text[i + 2]) >= 0) {
      decoded += static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

constexpr std::string_view blanks = " \t\r\n";

/// The key before a colon, without its quotes.
std::string_view word_before(std::string_view text, std::size_t colon) {
  const auto last = text.find_last_not_of(" \t\"'", colon == 0 ? 0 : colon - 1);
  if (colon == 0 || last == std::string_view::npos) return {};
  const auto before = text.find_last_of(" \t\r\n\"'{,", last);
  const auto first = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(first, last + 1 - first);
}

/// The scalar after a colon: what its quotes hold, without undoing escapes, or up to where a plain one ends.
std::string_view scalar_after(std::string_view text, std::size_t colon) {
  const auto first = text.find_first_not_of(blanks, colon + 1);
  if (first == std::string_view::npos) return {};
  const char quote = text[first];
  if (quote != '"' && quote != '\'') {
    const auto plain = text.substr(first, text.find_first_of("\r\n,}#", first) - first);
    return plain.substr(0, plain.find_last_not_of(blanks) + 1);
  }
  for (std::size_t end = first + 1; end < text.size(); ++end) {
    if (text[end] == '\\' && quote == '"') {
      ++end;
    } else if (text[end] == quote) {
      return text.substr(first + 1, end - first - 1);
    }
  }
  return {};
}

}  // namespace

bool is_secret_field(std::string_view name) {
  constexpr std::array<std::string_view, 18> names{
      "access_token",  "assertion",     "auth_key", "authorization", "client_assertion", "client_secret",
      "code",          "code_verifier", "id_token", "password",      "password_hash",    "private_key",
      "refresh_token", "saml_response", "secret",   "secret_hash",   "signature",        "token"};
  std::string plain = lower_case(name);
  std::replace(plain.begin(), plain.end(), '-', '_');
  const auto same = [&](std::string_view known) {
    std::string joined(known);
    joined.erase(std::remove(joined.begin(), joined.end(), '_'), joined.end());
    return plain == known || plain == joined;
  };
  return std::any_of(names.begin(), names.end(), same);
}

KnownSecrets::KnownSecrets(const Configuration& configuration) {
  std::vector<std::string> secrets = secrets_of(configuration.grant);
  secrets.push_back(configuration.client_secret);
  secrets.push_back(configuration.transport.client_key_password);
  if (configuration.transport.proxy) secrets.push_back(configuration.transport.proxy->password);
  for (const auto& [name, value] : configuration.headers) {
    if (!is_harmless_header(name)) secrets.push_back(value);
  }
  for (const auto& secret : secrets) {
    if (secret.size() >= length_min) configured_.push_back(secret_of(secret));
  }
}

void KnownSecrets::learn(std::string_view secret) {
  if (secret.size() < length_min) return;
  const std::lock_guard lock(mutex_);
  const auto is_it = [&](const Secret& known) { return known.text == secret; };
  // Mostly it is the token of the call before.
  if (std::any_of(learned_.rbegin(), learned_.rend(), is_it)) return;
  if (learned_.size() == kept_max) learned_.pop_front();
  learned_.push_back(secret_of(secret));
}

void KnownSecrets::learn_from(const HttpRequest& request) {
  bool is_form = false;
  for (const auto& [name, value] : request.headers) {
    if (equals_without_case(name, "authorization")) learn(std::string_view(value).substr(value.find(' ') + 1));
    if (equals_without_case(name, "content-type")) is_form = value.starts_with("application/x-www-form-urlencoded");
  }
  if (!is_form) return;
  for (std::string_view rest = request.body; !rest.empty();) {
    const auto field = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    const auto name = field.substr(0, field.find('='));
    if (is_secret_field(name)) learn(form_decoded(field.substr(std::min(field.size(), name.size() + 1))));
  }
}

void KnownSecrets::learn_fields_from(std::string_view body) {
  for (auto colon = body.find(':'); colon != std::string_view::npos; colon = body.find(':', colon + 1)) {
    if (is_secret_field(word_before(body, colon))) learn(scalar_after(body, colon));
  }
}

void KnownSecrets::learn_query_of(std::string_view address) {
  std::string_view rest = address.substr(std::min(address.find('?'), address.size()));
  if (rest.empty()) return;
  rest.remove_prefix(1);
  learn(rest);
  while (!rest.empty()) {
    const auto field = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    const auto value = field.substr(std::min(field.find('=') + 1, field.size()));
    learn(value);
    learn(form_decoded(value));
  }
}

void KnownSecrets::learn_tokens_from(const HttpResponse& response) {
  const auto issued = wire::from_json<wire::AccessToken>(response.body);
  if (!issued) return;
  learn(issued->access_token);
  if (issued->refresh_token) learn(*issued->refresh_token);
}

std::string KnownSecrets::redacted(std::string text) const {
  for (const auto& secret : configured_) replace(text, secret);
  const std::lock_guard lock(mutex_);
  for (const auto& secret : learned_) replace(text, secret);
  return text;
}

HttpResponse KnownSecrets::redacted(HttpResponse response) const {
  for (auto& [name, value] : response.headers) {
    name = redacted(std::move(name));
    value = redacted(std::move(value));
  }
  response.body = redacted(std::move(response.body));
  return response;
}

KnownSecrets::Secret KnownSecrets::secret_of(std::string_view text) {
  Secret secret{.text = std::string(text), .forms = inner_base64(text)};
  for (std::size_t i = 0, count = secret.forms.size(); i < count; ++i) {
    secret.forms.push_back(url_alphabet(secret.forms[i]));
  }
  for (std::string form :
       {base64(text), std::string(text), percent_encode(text), form_encode(text), json_escaped(text)}) {
    secret.forms.push_back(small_digits(form));
    secret.forms.push_back(std::move(form));
  }
  std::sort(secret.forms.begin(), secret.forms.end(), [](const auto& one, const auto& other) {
    return one.size() != other.size() ? one.size() > other.size() : one < other;
  });
  secret.forms.erase(std::unique(secret.forms.begin(), secret.forms.end()), secret.forms.end());
  return secret;
}

void KnownSecrets::replace(std::string& text, const Secret& secret) {
  for (const auto& form : secret.forms) {
    for (auto at = text.find(form); at != std::string::npos; at = text.find(form, at)) {
      text.replace(at, form.size(), redacted_mark);
      at += redacted_mark.size();
    }
  }
}

}  // namespace tallystick::client
