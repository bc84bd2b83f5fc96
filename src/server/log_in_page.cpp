#include "server/log_in_page.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace tallystick::server {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5a6068; --paper: #fff; --back: #f2f3f5; --line: #8b929b;
  --act: #1f5fbf; --on-act: #fff; --bad: #a3191f; --bad-back: #fdecec; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a9b0b9; --paper: #202327; --back: #15171a;
  --line: #737b85; --act: #8ab4f8; --on-act: #10233f; --bad: #ffb4ab; --bad-back: #3b1d1c; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
main { max-width: 27rem; margin: 4vh auto; padding: 1.75rem; background: var(--paper); border-radius: .75rem; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; }
form + p { margin-top: 1.25rem; }
p:last-child { margin-bottom: 0; }
.soft { color: var(--soft); font-size: .9rem; }
.fault { padding: .7rem .9rem; border-radius: .4rem; background: var(--bad-back); color: var(--bad); }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input { width: 100%; margin-bottom: 1rem; padding: .6rem .7rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--paper); color: inherit; font: inherit; }
button { width: 100%; margin-top: .6rem; padding: .7rem; border: 1px solid var(--act); border-radius: .4rem;
  background: var(--act); color: var(--on-act); font: inherit; font-weight: 600; cursor: pointer; }
button.quiet { background: none; color: var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
)";

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe.push_back(c);
    }
  }
  return safe;
}

/// The one style sheet that browsers may use here, by what it is made of.
const std::string& style_source() {
  static const std::string source = [] {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(style.data()), style.size());
    std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)> text{};
    sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
    return "'sha256-" + std::string(text.data()) + "'";
  }();
  return source;
}

/// Scheme, host and port of an address that was found good.
std::string_view origin_of(std::string_view address) {
  const std::size_t host = address.find("://");
  return host == std::string_view::npos ? std::string_view()
                                        : address.substr(0, address.find_first_of("/?#", host + 3));
}

/// The same as a source of a policy, which has no words for the brackets of IPv6.
std::string_view source_of(std::string_view redirect_uri) {
  const std::string_view origin = origin_of(redirect_uri);
  const bool can_be_said = std::ranges::all_of(origin, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':' || c == '/';
  });
  if (can_be_said) return origin;
  return redirect_uri.starts_with("https:") ? "https:" : "http:";
}

/// `form_targets`: where a form may lead, redirects included.
Response guarded(Response response, std::string_view form_targets) {
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src " + style_source() +
                                                               "; form-action " + std::string(form_targets) +
                                                               "; base-uri 'none'; frame-ancestors 'none'");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  // Nothing leaves this origin; `no-referrer` would also take from our own form the Origin by which we know it.
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response html(std::string_view title, std::string_view inside, int status) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + std::string(title) +
      " - Tallystick</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<style>" +
      std::string(style) + "</style>\n</head>\n<body>\n<main>\n" + std::string(inside) + "</main>\n</body>\n</html>\n";
  return response;
}

}  // namespace

Response log_in_page(const LogInPage& page, int status) {
  const std::string client = "<b>" + escaped(page.client_id) + "</b>";
  const std::string organization = escaped(page.organization);
  const bool is_second_try = !page.fault.empty();
  std::string inside = "<h1>Log in to " + organization + "</h1>\n";
  if (is_second_try) inside += "<p class=\"fault\" id=\"fault\" role=\"alert\">" + escaped(page.fault) + "</p>\n";
  inside += "<p>The application " + client + " asks to act for you at " + organization +
            ". It can then see and do what you yourself may with usage, contracts and invoices, until you change your "
            "password or stop using it for a month. It does not see your password.</p>\n"
            "<form method=\"post\">\n"
            "<label for=\"email\">Email</label>\n"
            "<input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" required value=\"" +
            escaped(page.email) + "\"" + (page.email.empty() ? " autofocus" : "") +
            (is_second_try ? " aria-describedby=\"fault\"" : "") +
            ">\n"
            "<label for=\"password\">Password</label>\n"
            "<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required" +
            (page.email.empty() ? "" : " autofocus") +
            ">\n"
            "<button name=\"decision\" value=\"allow\">Log in and allow</button>\n"
            "<button class=\"quiet\" name=\"decision\" value=\"cancel\" formnovalidate>Cancel</button>\n"
            "</form>\n"
            "<p class=\"soft\">You will be sent back to " +
            escaped(origin_of(page.redirect_uri)) + ".</p>\n";
  return guarded(html("Log in", inside, status), "'self' " + std::string(source_of(page.redirect_uri)));
}

Response refusal_page(std::string_view sentence, int status) {
  const std::string inside = "<h1>You cannot log in here</h1>\n<p>" + escaped(sentence) +
                             "</p>\n<p class=\"soft\">Go back to the application and start again. If it happens again, "
                             "tell the people who run it.</p>\n";
  return guarded(html("No log-in", inside, status), "'none'");
}

Response see_other(std::string address) {
  Response response;
  response.status = 303;
  response.content_type = "text/plain; charset=utf-8";
  response.headers.emplace_back("Location", std::move(address));
  return guarded(std::move(response), "'none'");
}

}  // namespace tallystick::server
