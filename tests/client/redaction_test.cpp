#include "client/redaction.hpp"

#include <gtest/gtest.h>

#include "client/authorized_sender.hpp"
#include "client/fake_transport.hpp"
#include "client/known_secrets.hpp"
#include "client/url.hpp"

namespace tallystick::client {
namespace {

using client_test::FakePacing;
using client_test::FakeTransport;

// Each holds what encodings change, and no part of one is in harmless text.
const std::string secret = "s3cr/t+\"Ω kq7";
const std::string access_token = "T0kenAlphaXq9.-_~+/=";
const std::string second_token = "T0kenBetaZw4";
const std::string refresh_token = "R3fr/sh+Gamma==";
const std::string code = "C0de/Delta&x=1";
const std::string verifier = "V3rifierEpsilon-123456789";
const std::string assertion = "PHNhbWw+QXNz/ZXJ0aW9u+ZetaPC9zYW1sPg==";
const std::string proxy_password = "Pr0xyEta!";
const std::string header_value = "Gat3wayThetaKey";
const std::string signature = "S1gnatureIota%2Fabc";
const std::string user_secret = "Catal0gKappa";

const std::string all_secrets[] = {secret,    access_token,   second_token, refresh_token, code,       verifier,
                                   assertion, proxy_password, header_value, signature,     user_secret};

/// The ways in which a server could show what it was sent, made without the code under test.
std::vector<std::string> looks_of(const std::string& text) {
  std::string percent;
  std::string small_percent;
  for (const char c : text) {
    const bool is_plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string("-._~").find(c) != std::string::npos;
    char large[4];
    char small[4];
    std::snprintf(large, sizeof large, "%%%02X", static_cast<unsigned char>(c));
    std::snprintf(small, sizeof small, "%%%02x", static_cast<unsigned char>(c));
    percent += is_plain ? std::string(1, c) : large;
    small_percent += is_plain ? std::string(1, c) : small;
  }
  std::string form = percent;
  for (auto at = form.find("%20"); at != std::string::npos; at = form.find("%20")) form.replace(at, 3, "+");
  std::string escaped;
  for (const char c : text) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
  // Of base64 the groups that hold nothing but the text, whatever follows it.
  return {text, percent, small_percent, form, escaped, base64(text.substr(0, text.size() / 3 * 3))};
}

/// Where something that is secret can be seen in a text; empty: nowhere.
std::string leak_in(const std::string& text) {
  for (const auto& hidden : all_secrets) {
    for (const auto& look : looks_of(hidden)) {
      if (text.find(look) != std::string::npos) return look + " is in: " + text;
    }
  }
  const std::string basic = base64(form_encode("partner") + ":" + form_encode(secret));
  return text.find(basic) != std::string::npos ? "Basic is in: " + text : std::string();
}

/// All that was sent, in every place and look, with words around it.
std::string echo_of(const HttpRequest& request) {
  std::string echo = request.url + " " + request.body;
  for (const auto& [name, value] : request.headers) echo += " " + name + "=" + value + "; " + percent_encode(value);
  for (const auto& hidden : all_secrets) {
    for (const auto& look : looks_of(hidden)) {
      // What this request could not know it does not echo.
      const bool knows =
          request.body.find(form_encode(hidden)) != std::string::npos || echo.find(hidden) != std::string::npos;
      if (knows) echo += " " + look;
    }
    if (echo.find(hidden) != std::string::npos) echo += " " + base64(hidden) + " " + base64("x" + hidden + "yz");
  }
  return echo;
}

struct Scene {
  std::string name;
  FakeTransport::Answer answer;
};

HttpResponse tokens(const std::string& access) {
  return {.status = 200,
          .headers = {{"Set-Cookie", "session=" + access}},
          .body = R"({"access_token":")" + access + R"(","refresh_token":")" + refresh_token +
                  R"(","token_type":"bearer","expires_in":3600})"};
}

std::vector<Scene> scenes() {
  const auto good_token = [](const HttpRequest&) { return ApiResult<HttpResponse>(tokens(access_token)); };
  const auto with_token = [good_token](FakeTransport::Answer answer) -> FakeTransport::Answer {
    return [good_token, answer](const HttpRequest& request) {
      return FakeTransport::is_token_request(request) ? good_token(request) : answer(request);
    };
  };
  const auto echo = [](int status, const std::string& type) {
    return [status, type](const HttpRequest& request) {
      const std::string words = echo_of(request);
      return ApiResult<HttpResponse>(HttpResponse{.status = status,
                                                  .headers = {{"Server", words},
                                                              {"X-Echo", words},
                                                              {"Location", "https://u:p@other.example/?" + words},
                                                              {"Retry-After", "1"},
                                                              {"ININ-Correlation-Id", words},
                                                              {"Content-Type", type}},
                                                  .body = words});
    };
  };
  const auto error_body = [](int status) {
    return [status](const HttpRequest& request) {
      std::string words;
      for (const char c : echo_of(request)) {
        if (c == '"' || c == '\\') words += '\\';
        words += c;
      }
      return ApiResult<HttpResponse>(HttpResponse{.status = status,
                                                  .headers = {},
                                                  .body = R"({"message":")" + words + R"(","code":")" + words +
                                                          R"(","status":400,"contextId":")" + words + R"(","error":")" +
                                                          words + R"(","error_description":")" + words + R"("})"});
    };
  };
  const auto cut = [](const HttpRequest& request) {
    return ApiResult<HttpResponse>(
        fail(ApiError{.kind = ApiError::Kind::network, .message = "cut: " + echo_of(request), .transient = true}));
  };
  const auto success = [](const HttpRequest&) {
    return ApiResult<HttpResponse>(
        HttpResponse{.status = 200,
                     .headers = {{"X-Secret", secret}},
                     .body = R"({"url":"https://files.example/i.pdf?Signature=)" + signature + R"(","secret":")" +
                             user_secret + R"(","nested":[{"accessToken":")" + access_token + R"("}],"amount":1.10})"});
  };
  return {{"success", with_token(success)},
          {"echo 400", with_token(echo(400, "text/html"))},
          {"echo 401", with_token(echo(401, "text/html"))},
          {"echo 503, repeated", with_token(echo(503, "text/html"))},
          {"redirect", with_token(echo(302, "text/html"))},
          {"ErrorBody 400", with_token(error_body(400))},
          {"ErrorBody 500", with_token(error_body(500))},
          {"cut", with_token(cut)},
          {"token echo 400", echo(400, "text/html")},
          {"token refused", error_body(401)},
          {"token cut", cut}};
}

std::vector<std::pair<std::string, Grant>> grants() {
  return {{"client credentials", ClientCredentials{}},
          {"code", AuthorizationCode{.code = code, .redirect_uri = "http://127.0.0.1/", .code_verifier = verifier}},
          {"refresh", RefreshToken{.refresh_token = refresh_token}},
          {"saml", Saml2Bearer{.org_name = "blue-harbor", .assertion = assertion}},
          {"bearer", BearerToken{.access_token = second_token}}};
}

TEST(Redaction, NoSecretIsToldAtAnyLevelWhateverTheServerEchoes) {
  std::size_t lines_seen = 0;
  for (const auto& scene : scenes()) {
    for (const auto& [grant_name, grant] : grants()) {
      for (const bool json : {false, true}) {
        for (const LogLevel level :
             {LogLevel::error, LogLevel::warning, LogLevel::info, LogLevel::debug, LogLevel::trace}) {
          const std::string where = scene.name + ", " + grant_name;
          Configuration configuration{.base_url = "http://127.0.0.1:8080",
                                      .client_id = "partner",
                                      .client_secret = secret,
                                      .grant = grant,
                                      .attempts_max = 2,
                                      .headers = {{"X-Gateway-Key", header_value}}};
          configuration.transport.proxy =
              ProxySettings{.url = "http://proxy.example:1", .user = "u", .password = proxy_password};
          configuration.log = {.level = level, .json = json, .sink = [&](LogLevel of_line, std::string_view line) {
                                 ++lines_seen;
                                 EXPECT_LE(of_line, level);
                                 EXPECT_EQ(leak_in(std::string(line)), "") << where;
                                 EXPECT_EQ(line.find('\n'), std::string_view::npos) << where;
                               }};
          const auto transport = std::make_shared<FakeTransport>(scene.answer);
          FakePacing clock;
          AuthorizedSender sender(configuration, transport, clock.pacing());
          const Connection::Call catalog{.method = "POST",
                                         .path = "/api/v2/x?a=b",
                                         .body = R"({"clients":[{"id":"p","secret":")" + user_secret + R"("}]})",
                                         .repeatable = true};
          const auto answers = {sender.send({.path = "/api/v2/x"}), sender.send(catalog),
                                sender.download("https://files.example/i.pdf?Signature=" + signature)};
          for (const auto& answer : answers) {
            if (answer.result) continue;
            const ApiError& error = answer.result.error();
            EXPECT_EQ(leak_in(error.message), "") << where;
            EXPECT_EQ(leak_in(error.code), "") << where;
            EXPECT_EQ(leak_in(error.context_id), "") << where;
            if (error.body) EXPECT_EQ(leak_in(error.body->message.value_or("")), "") << where;
            for (const auto& [name, value] : answer.metadata.headers) EXPECT_EQ(leak_in(value), "") << where;
          }
        }
      }
    }
  }
  EXPECT_GT(lines_seen, 2'000U);
}

TEST(Redaction, TheEchoReallyHoldsTheSecrets) {
  const HttpRequest request{.url = "http://127.0.0.1/", .headers = {{"Authorization", "Bearer " + access_token}}};
  EXPECT_NE(leak_in(echo_of(request)), "");
}

TEST(Redaction, BodiesKeepWhatIsHarmless) {
  const std::pair<std::string, std::string> rows[] = {
      {R"({"amount":1.10,"name":"Ω","secret":"x","clientSecret":{"a":1},"list":[1,null,true]})",
       R"({"amount":1.10,"name":"Ω","secret":"[redacted]","clientSecret":"[redacted]","list":[1,null,true]})"},
      {R"({"code":"not.found","url":"https://a.example/b?X-Sig=1"})",
       R"({"code":"not.found","url":"https://a.example/b?[redacted]"})"},
      {"<html>secret</html>", "19 bytes"},
      {"", "0 bytes"},
  };
  for (const auto& [body, told] : rows) EXPECT_EQ(told_body(body), told);
  EXPECT_EQ(told_body("\"" + std::string(told_body_bytes_max, 'a') + "\""), "65538 bytes");
}

TEST(Redaction, HeadersAreToldByName) {
  EXPECT_EQ(told_headers({{"Content-Type", "text/a"},
                          {"Authorization", "Bearer x"},
                          {"Set-Cookie", "a=b"},
                          {"Location", "https://u:p@h.example/x?code=1"},
                          {"inin-ratelimit-count", "3"}}),
            "Content-Type: text/a, Authorization: [redacted], Set-Cookie: [redacted], "
            "Location: https://[redacted]@h.example/x?[redacted], inin-ratelimit-count: 3");
}

TEST(Redaction, ShortSecretsWouldTakeHarmlessTextOut) {
  Configuration configuration = client_test::loopback_configuration();
  configuration.client_secret = "abc";
  EXPECT_EQ(KnownSecrets(configuration).redacted("abcdef"), "abcdef");
  configuration.client_secret = "abcd";
  EXPECT_EQ(KnownSecrets(configuration).redacted("abcdef"), "[redacted]ef");
}

}  // namespace
}  // namespace tallystick::client
