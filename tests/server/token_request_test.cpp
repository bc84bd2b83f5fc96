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

TEST(TokenRequest, CodesAndRefreshTokensComeWithASecretOrWithout) {
  const auto basic = read_token_request(
      request("grant_type=authorization_code&code=c%2B1&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fa+b", "Basic YTpi"));
  ASSERT_TRUE(basic);
  EXPECT_EQ(basic->credentials, (ClientCredentials{"a", "b"}));
  const auto& code = std::get<CodeGrant>(basic->grant);
  EXPECT_EQ(code.code, "c+1");
  EXPECT_EQ(code.redirect_uri, "http://127.0.0.1:1/a b");
  EXPECT_EQ(code.code_verifier, "");

  const auto pkce = read_token_request(
      request("grant_type=authorization_code&code=c&redirect_uri=r&client_id=a&code_verifier=v~1&client_secret="));
  ASSERT_TRUE(pkce);
  EXPECT_EQ(pkce->credentials, (ClientCredentials{"a", ""}));
  EXPECT_EQ(std::get<CodeGrant>(pkce->grant).code_verifier, "v~1");

  const auto refresh = read_token_request(request("grant_type=refresh_token&refresh_token=r&client_id=a"));
  ASSERT_TRUE(refresh);
  EXPECT_EQ(refresh->credentials, (ClientCredentials{"a", ""}));
  EXPECT_EQ(std::get<RefreshGrant>(refresh->grant).refresh_token, "r");
}

TEST(TokenRequest, AssertionsComeInEachBase64) {
  // The bytes <?>~ are PD8+fg== in base64 and PD8-fg in base64url.
  for (const std::string_view sent : {"PD8%2Bfg%3D%3D", "PD8+fg==", "PD8-fg", "PD8%2Bfg", "PD8%2B%0D%0Afg%3D%3D%0A"}) {
    const auto read = read_token_request(request(
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&orgName=Blue+Harbor+Bank&assertion=" +
            std::string(sent),
        "Basic YTpi"));
    ASSERT_TRUE(read) << sent;
    const auto& grant = std::get<AssertionGrant>(read->grant);
    EXPECT_EQ(grant.org_name, "Blue Harbor Bank");
    EXPECT_EQ(grant.xml, "<?>~") << sent;
  }
  EXPECT_EQ(decode_assertion("_-A"), "\xff\xe0");
  EXPECT_EQ(decode_assertion("<saml/>"), std::nullopt);
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
      {"grant_type=client_credentials", "Basic YTo=", 401, "invalid_client", true},
      {"grant_type=authorization_code&code=c&redirect_uri=r", "", 401, "invalid_client", false},
      {"grant_type=authorization_code&client_id=a&redirect_uri=r", "", 400, "invalid_request", false},
      {"grant_type=authorization_code&client_id=a&code=c", "", 400, "invalid_request", false},
      {"grant_type=authorization_code&code=c&code=d&redirect_uri=r", "Basic YTpi", 400, "invalid_request", false},
      {"grant_type=refresh_token", "Basic YTpi", 400, "invalid_request", false},
      {"grant_type=refresh_token&refresh_token=r", "", 401, "invalid_client", false},
      {"grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&orgName=o", "Basic YTpi", 400, "invalid_request",
       false},
      {"grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&assertion=AAAA", "Basic YTpi", 400, "invalid_request",
       false},
      {"grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&orgName=o&assertion=<a>", "Basic YTpi", 400,
       "invalid_request", false},
      {"grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&orgName=o&assertion=AAAA&client_id=a", "", 401,
       "invalid_client", false},
      {"grant_type=implicit&client_id=a", "", 400, "unsupported_grant_type", false},
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
