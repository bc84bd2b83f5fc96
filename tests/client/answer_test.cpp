#include "client/answer.hpp"

#include <gtest/gtest.h>

#include "tallystick/wire/organization.hpp"

namespace tallystick::client {
namespace {

constexpr std::string_view address = "https://gw.example/api/v2/x";

TEST(StatusError, TellsAnErrorBody) {
  const HttpResponse response{
      .status = 404,
      .headers = {{"inin-correlation-id", "from-header"}},
      .body = R"({"message":"The requested resource was not found.","code":"not.found","status":404,)"
              R"("contextId":"1234-abcd","details":[{"errorCode":"e","fieldName":"/a"}],"errors":[]})"};
  const ApiError error = status_error(response, address);
  EXPECT_EQ(error.kind, ApiError::Kind::status);
  EXPECT_EQ(error.status, 404);
  EXPECT_EQ(error.code, "not.found");
  EXPECT_EQ(error.context_id, "1234-abcd");
  EXPECT_EQ(error.message, "404 not.found: The requested resource was not found. (context 1234-abcd)");
  EXPECT_FALSE(error.transient);
  ASSERT_TRUE(error.body);
  EXPECT_EQ(error.body->details->at(0).field_name, "/a");
}

TEST(StatusError, CannotSteerATerminal) {
  const HttpResponse response{
      .status = 400,
      .headers = {},
      .body = R"({"message":"a\u001b[2Jb","code":"c\u001b[1m","status":400,"contextId":"d\u001b]0;e\u0007\nf"})"};
  const ApiError error = status_error(response, address);
  EXPECT_EQ(error.message, "400 c [1m: a [2Jb (context d ]0;e f)");
  EXPECT_EQ(error.context_id, "d ]0;e f");
}

TEST(StatusError, SurvivesBodiesThatAreNoErrorBody) {
  struct Row {
    int status;
    std::string_view body;
    std::string_view message;
  };
  const Row rows[] = {
      {502, "<html>\r\n<h1>502 Bad Gateway</h1>\n\n</html>",
       "502 from https://gw.example/api/v2/x, which is not an answer of the API: "
       "<html> <h1>502 Bad Gateway</h1> </html>"},
      {500, "", "500 from https://gw.example/api/v2/x, without a body"},
      {500, " \n ", "500 from https://gw.example/api/v2/x, without a body"},
      {500, "[]", "500 from https://gw.example/api/v2/x, which is not an answer of the API: []"},
      {500, R"({"oops":1})", R"(500 from https://gw.example/api/v2/x, which is not an answer of the API: {"oops":1})"},
      {500, "\x1b[2Jgone\a", "500 from https://gw.example/api/v2/x, which is not an answer of the API: [2Jgone"},
      {403, R"({"code":"not.authorized"})", "403 not.authorized"},
      {403, R"({"message":"no"})", "403: no"},
      {403, "{\"message\":\"a\\u001b[31m\\nb\",\"code\":\"c\"}", "403 c: a [31m b"},
  };
  for (const auto& row : rows) {
    const ApiError error = status_error({.status = row.status, .body = std::string(row.body)}, address);
    EXPECT_EQ(error.message, row.message);
    EXPECT_EQ(error.status, row.status);
    EXPECT_EQ(error.context_id, "");
  }
}

TEST(StatusError, CutsALongForeignBodyBetweenCharacters) {
  std::string body = "x";
  for (int i = 0; i < 1'000; ++i) body += "é";
  const ApiError error = status_error({.status = 500, .body = body}, address);
  EXPECT_TRUE(error.message.ends_with("é…"));
  EXPECT_LT(error.message.size(), 300U);
}

TEST(StatusError, TakesTheContextOfTheHeaderWhereTheBodyHasNone) {
  const ApiError error =
      status_error({.status = 500, .headers = {{"ININ-Correlation-Id", "c-1"}}, .body = "oops"}, address);
  EXPECT_EQ(error.context_id, "c-1");
  EXPECT_TRUE(error.message.ends_with("oops (context c-1)"));
}

TEST(StatusError, NamesWhereARedirectPoints) {
  for (const int status : {301, 302, 303, 307, 308}) {
    const ApiError error =
        status_error({.status = status, .headers = {{"location", "https://evil.example/steal"}}}, address);
    EXPECT_EQ(error.kind, ApiError::Kind::status);
    EXPECT_EQ(error.status, status);
    EXPECT_NE(error.message.find("points to https://evil.example/steal"), std::string::npos);
    EXPECT_NE(error.message.find(address), std::string::npos);
    EXPECT_FALSE(error.transient);
  }
}

TEST(StatusError, ReadsRetryAfterInWholeSecondsAlone) {
  const std::pair<std::string_view, std::optional<int>> rows[] = {{"0", 0},
                                                                  {"7", 7},
                                                                  {"86400", 86'400},
                                                                  {"", {}},
                                                                  {"-1", {}},
                                                                  {"1.5", {}},
                                                                  {"7 s", {}},
                                                                  {" 7", {}},
                                                                  {"x", {}},
                                                                  {"99999999999999999999", {}},
                                                                  {"Wed, 21 Oct 2026 07:28:00 GMT", {}}};
  for (const auto& [text, seconds] : rows) {
    const ApiError error = status_error({.status = 429, .headers = {{"retry-after", std::string(text)}}}, address);
    const auto expected = seconds ? std::optional(std::chrono::seconds(*seconds)) : std::nullopt;
    EXPECT_EQ(error.retry_after, expected) << text;
  }
}

TEST(StatusError, IsTransientForOverloadAndGateways) {
  for (int status = 300; status < 600; ++status) {
    const bool expected = status == 429 || status == 502 || status == 503 || status == 504;
    EXPECT_EQ(status_error({.status = status}, address).transient, expected) << status;
  }
}

TEST(TokenError, TellsRfc6749Errors) {
  struct Row {
    int status;
    std::string_view body;
    std::string_view code;
    std::string_view message;
  };
  const Row rows[] = {
      {401, R"({"error":"invalid_client","description":"d","error_description":"Client unknown."})", "invalid_client",
       "no token from https://gw.example/api/v2/x: 401 invalid_client: Client unknown. (check client id and secret)"},
      {400, R"({"error":"unsupported_grant_type","description":"not this one"})", "unsupported_grant_type",
       "no token from https://gw.example/api/v2/x: 400 unsupported_grant_type: not this one"},
      {400, R"({"error":"invalid_scope"})", "invalid_scope",
       "no token from https://gw.example/api/v2/x: 400 invalid_scope"},
      {503, R"({"code":"service.unavailable","message":"later","contextId":"c"})", "service.unavailable",
       "no token from https://gw.example/api/v2/x: 503 service.unavailable: later (context c)"},
      {500, "<html>", "",
       "no token from https://gw.example/api/v2/x: 500 from https://gw.example/api/v2/x, which is not an answer of the "
       "API: <html>"},
  };
  for (const auto& row : rows) {
    const ApiError error = token_error({.status = row.status, .body = std::string(row.body)}, address);
    EXPECT_EQ(error.kind, ApiError::Kind::status);
    EXPECT_EQ(error.status, row.status);
    EXPECT_EQ(error.code, row.code);
    EXPECT_EQ(error.message, row.message);
    EXPECT_EQ(error.transient, row.status == 503);
  }
}

TEST(Decode, RefusesASuccessThatIsNotTheModel) {
  for (const std::string_view body : {"", "<html>", "[]", "null", R"({"id":1})", "{"}) {
    const HttpResponse answer{.status = 200, .body = std::string(body)};
    const auto decoded = decode<wire::Organization>(answer, "/path", "an Organization");
    ASSERT_FALSE(decoded) << body;
    EXPECT_EQ(decoded.error().kind, ApiError::Kind::answer);
    EXPECT_EQ(decoded.error().status, 200);
    EXPECT_TRUE(decoded.error().message.starts_with("the answer to /path is not an Organization")) << body;
  }
  const HttpResponse wrong_type{.status = 200, .body = R"({"id":1})"};
  EXPECT_NE(decode<wire::Organization>(wrong_type, "/path", "an Organization").error().message.find("/id"),
            std::string::npos);
}

TEST(HttpResponseHeader, IsFoundWithoutCase) {
  const HttpResponse response{.headers = {{"Content-TYPE", "a"}, {"content-type", "b"}}};
  EXPECT_EQ(response.header("content-type"), "a");
  EXPECT_FALSE(response.header("content"));
}

}  // namespace
}  // namespace tallystick::client
