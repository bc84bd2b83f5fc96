#include "server/log_in_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>

namespace tallystick::server {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr LogInPage ordinary{.organization = "Blue Harbor Bank",
                             .client_id = "billing-app",
                             .redirect_uri = "https://app.example.com:444/back?x=1"};

std::string header(const Response& response, std::string_view name) {
  std::string found;
  for (const auto& [each, value] : response.headers) {
    if (each != name) continue;
    EXPECT_EQ(found, "") << name << " is there twice";
    found = value;
  }
  return found;
}

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin) + begin.size();
  return std::string(text.substr(from, text.find(end, from) - from));
}

std::string sha256_base64(const std::string& text) {
  std::array<unsigned char, 32> digest{};
  EXPECT_EQ(EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr), 1);
  std::array<unsigned char, 45> encoded{};
  EVP_EncodeBlock(encoded.data(), digest.data(), digest.size());
  return reinterpret_cast<const char*>(encoded.data());
}

TEST(LogInPage, SaysWhoAsksWhomForWhat) {
  const Response page = log_in_page(ordinary);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  for (const std::string_view said :
       {"<h1>Log in to Blue Harbor Bank</h1>", "<b>billing-app</b>", "sent back to https://app.example.com:444.",
        "name=\"email\"", "name=\"password\"", "value=\"allow\"", "value=\"cancel\"", "lang=\"en\""}) {
    EXPECT_THAT(page.body, HasSubstr(said));
  }
  EXPECT_THAT(page.body, Not(HasSubstr("role=\"alert\"")));
}

TEST(LogInPage, NothingIsTakenForMarkup) {
  constexpr std::string_view evil = "\"'><script>alert(1)</script>&amp;";
  const Response page =
      log_in_page({.organization = evil, .client_id = evil, .redirect_uri = evil, .email = evil, .fault = evil}, 403);
  EXPECT_EQ(page.status, 403);
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(page.body, Not(HasSubstr("\"'>")));
  EXPECT_THAT(page.body, HasSubstr("value=\"&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\""));
  EXPECT_THAT(refusal_page(evil, 400).body, Not(HasSubstr("<script")));
}

TEST(LogInPage, BrowsersMayUseItsOwnStyleAndNothingElse) {
  const Response page = log_in_page(ordinary);
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_EQ(policy, "default-src 'none'; style-src 'sha256-" +
                        sha256_base64(between(page.body, "<style>", "</style>")) +
                        "'; form-action 'self' https://app.example.com:444; base-uri 'none'; frame-ancestors 'none'");
  for (const std::string_view outside : {"<script", "src=", "href=", "url(", "@import", "onload", " style="}) {
    EXPECT_THAT(page.body, Not(HasSubstr(outside)));
  }
  EXPECT_THAT(header(refusal_page("No.", 400), "Content-Security-Policy"), HasSubstr("form-action 'none'"));
}

TEST(LogInPage, FormsLeadToWhereThePersonIsSentBack) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"http://127.0.0.1:53211/callback", "form-action 'self' http://127.0.0.1:53211;"},
      {"https://app.example.com", "form-action 'self' https://app.example.com;"},
      {"https://app.example.com?x=/", "form-action 'self' https://app.example.com;"},
      // A policy has no words for these, so it names all that the scheme reaches.
      {"http://[::1]:53211/callback", "form-action 'self' http:;"},
      {"https://a.example;script-src", "form-action 'self' https:;"},
  };
  for (const auto& [redirect_uri, words] : rows) {
    LogInPage page = ordinary;
    page.redirect_uri = redirect_uri;
    EXPECT_THAT(header(log_in_page(page), "Content-Security-Policy"), HasSubstr(words));
  }
}

TEST(LogInPage, EveryAnswerIsGuarded) {
  for (const Response& response : {log_in_page(ordinary), refusal_page("No.", 400), see_other("https://a.example/")}) {
    EXPECT_THAT(header(response, "Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(header(response, "X-Frame-Options"), "DENY");
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Referrer-Policy"), "same-origin");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(header(response, "Set-Cookie"), "");
  }
}

TEST(LogInPage, ASecondTryKeepsTheEmailAndSaysWhatWentWrong) {
  LogInPage tried = ordinary;
  tried.email = "ana@example.com";
  tried.fault = "It did not work.";
  const Response page = log_in_page(tried, 403);
  EXPECT_THAT(page.body, HasSubstr("role=\"alert\">It did not work.</p>"));
  EXPECT_THAT(between(page.body, "id=\"email\"", ">"), HasSubstr("value=\"ana@example.com\""));
  EXPECT_THAT(between(page.body, "id=\"email\"", ">"), Not(HasSubstr("autofocus")));
  EXPECT_THAT(between(page.body, "id=\"password\"", ">"), HasSubstr("autofocus"));
  EXPECT_THAT(between(page.body, "id=\"password\"", ">"), Not(HasSubstr("value=")));
  EXPECT_THAT(between(log_in_page(ordinary).body, "id=\"email\"", ">"), HasSubstr("autofocus"));
}

}  // namespace
}  // namespace tallystick::server
