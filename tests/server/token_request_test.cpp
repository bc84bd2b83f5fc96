#include "server/token_request.hpp"

#include <gtest/gtest.h>

namespace tallystick::server {
namespace {

Request request(std::string body, std::string authorization = {}) {
  Request made;
  made.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  if (!authorization.empty()) made.headers.emplace_back("Authorization", std::move(authorization));
  made.body = std::move(body);
  return made;
}

TEST(Base64, IsReadStrictly) {
  // RFC 4648, section 10.
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", ""},
      {"Zg==", "f"},
      {"Zm8=", "fo"},
      {"Zm9v", "foo"},
      {"Zm9vYg==", "foob"},
      {"Zm9vYmE=", "fooba"},
      {"Zm9vYmFy", "foobar"},
      {"Zg", "f"},
      {"+/+/", "\xfb\xff\xbf"},
  };
  for (const auto& [text, decoded] : rows) EXPECT_EQ(decode_base64(text), decoded) << text;
  for (const std::string_view text : {"Z", "Zg=", "Z===", "Zm9v=", "Zm 9", "Zm9v\n", "-_-_", "=", "Zg==Zg=="}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
}

TEST(TokenRequest, CredentialsComeByBasicOrInTheBody) {
  const auto basic = read_token_request(request("grant_type=client_credentials", "Basic cGFydG5lcjpzM2NyZXQ6eA=="));
  ASSERT_TRUE(basic);
  EXPECT_EQ(basic->credentials, (ClientCredentials{"partner", "s3cret:x"})) << "the first colon ends the id";
  EXPECT_FALSE(basic->as_sent);

  const auto empty_secret =
      read_token_request(request("grant_type=client_credentials&client_secret=", "Basic cGFydG5lcjpzM2NyZXQ6eA=="));
  ASSERT_TRUE(empty_secret) << "a parameter without a value is as good as none (RFC 6749, section 3.2)";
  EXPECT_EQ(empty_secret->credentials, basic->credentials);

  const auto lower_case =
      read_token_request(request("grant_type=client_credentials", "basic cGFydG5lcjpzM2NyZXQ6eA=="));
  ASSERT_TRUE(lower_case);
  EXPECT_EQ(lower_case->credentials, basic->credentials);

  const auto posted =
      read_token_request(request("client_secret=a%2Bb+c&client_id=partner&grant_type=client_credentials"));
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->credentials, (ClientCredentials{"partner", "a+b c"}));
}

TEST(TokenRequest, SecretsInBasicAreTriedFormDecodedAndAsSent) {
  // partner:a+b%21
  const auto read = read_token_request(request("grant_type=client_credentials", "Basic cGFydG5lcjphK2IlMjE="));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->credentials, (ClientCredentials{"partner", "a b!"}));
  EXPECT_EQ(read->as_sent, (ClientCredentials{"partner", "a+b%21"}));
  // partner:100% is no form encoding, so it is meant as it is.
  const auto odd = read_token_request(request("grant_type=client_credentials", "Basic cGFydG5lcjoxMDAl"));
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->credentials, (ClientCredentials{"partner", "100%"}));
  EXPECT_FALSE(odd->as_sent);
}

TEST(TokenRequest, RefusalsHaveTheNamesOfRfc6749) {
  const struct {
    std::string body;
    std::string authorization;
    int status;
    std::string_view error;
    bool challenges_basic;
  } rows[] = {
      {"", "", 400, "invalid_request", false},
      {"grant_type=", "", 400, "invalid_request", false},
      {"grant_type=%zz", "", 400, "invalid_request", false},
      {"grant_type=client_credentials&grant_type=client_credentials", "", 400, "invalid_request", false},
      {"grant_type=password&username=a&password=b", "", 400, "unsupported_grant_type", false},
      {"grant_type=CLIENT_CREDENTIALS", "", 400, "unsupported_grant_type", false},
      {"grant_type=client_credentials", "", 401, "invalid_client", false},
      {"grant_type=client_credentials&client_id=a", "", 401, "invalid_client", false},
      {"grant_type=client_credentials", "Bearer abc", 401, "invalid_client", false},
      {"grant_type=client_credentials", "Basic !!!", 401, "invalid_client", true},
      {"grant_type=client_credentials", "Basic bm9jb2xvbg==", 401, "invalid_client", true},
      {"grant_type=client_credentials&client_secret=x", "Basic YTpi", 400, "invalid_request", false},
      {"grant_type=client_credentials&client_id=other", "Basic YTpi", 400, "invalid_request", false},
  };
  for (const auto& row : rows) {
    const auto read = read_token_request(request(row.body, row.authorization));
    ASSERT_FALSE(read) << row.body << " " << row.authorization;
    EXPECT_EQ(read.error().status, row.status) << row.body;
    EXPECT_EQ(read.error().error, row.error) << row.body;
    EXPECT_EQ(read.error().challenges_basic, row.challenges_basic) << row.body;
  }
  Request json = request(R"({"grant_type":"client_credentials"})");
  json.headers = {{"Content-Type", "application/json"}};
  EXPECT_EQ(read_token_request(json).error().error, "invalid_request");
}

}  // namespace
}  // namespace tallystick::server
