#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/server_fixture.hpp"

namespace tallystick::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view form = "application/x-www-form-urlencoded";

/// The address with what a client asks; each part may be another.
struct Asking {
  std::string client_id{PersonGrantsStub::client_id};
  std::string redirect_uri = "http%3A%2F%2F127.0.0.1%3A4999%2Fback";
  std::string response_type = "code";
  std::string method = "S256";
  std::string more = "&state=s%2B1%20%C3%A9";

  [[nodiscard]] std::string target() const {
    return "/oauth/authorize?client_id=" + client_id + "&redirect_uri=" + redirect_uri +
           "&response_type=" + response_type + "&code_challenge=abc&code_challenge_method=" + method + more;
  }
};

class LogIn : public ServerTest {
 protected:
  LogIn() { start(); }

  [[nodiscard]] WireAnswer send(std::string body, std::string target = Asking().target(),
                                std::string headers = {}) const {
    return ask({.method = "POST",
                .target = std::move(target),
                .token = {},
                .content_type = std::string(form),
                .body = std::move(body),
                .headers = std::move(headers)});
  }
  static constexpr std::string_view good_form = "email=ana%40example.com&password=pass+%26+word&decision=allow";
};

TEST_F(LogIn, ThePageIsShown) {
  const WireAnswer page = get(Asking().target() + "&org=acme&provider=okta");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("Blue &lt;Harbor&gt; Bank"));
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("Set-Cookie"), std::nullopt);
  const WireAnswer head =
      ask({.method = "HEAD", .target = Asking().target(), .token = {}, .content_type = {}, .body = {}, .headers = {}});
  EXPECT_EQ(head.status, 200);
  const WireAnswer put =
      ask({.method = "PUT", .target = Asking().target(), .token = {}, .content_type = {}, .body = {}, .headers = {}});
  EXPECT_EQ(put.status, 405);
  EXPECT_EQ(put.header("Allow"), "GET, HEAD, POST");
}

TEST_F(LogIn, ACodeGoesBackWithTheState) {
  const WireAnswer answer = send(std::string(good_form));
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(answer.header("Location"), "http://127.0.0.1:4999/back?code=code%2F1&state=s%2B1%20%C3%A9");
  EXPECT_EQ(answer.body, "");
  ASSERT_EQ(person_grants.signed_in.size(), 1U);
  EXPECT_EQ(person_grants.signed_in[0].code_challenge, "abc");
  EXPECT_EQ(person_grants.signed_in[0].code_challenge_method, "S256");
}

TEST_F(LogIn, CancelSaysSoToTheClient) {
  const WireAnswer answer = send("email=&password=&decision=cancel");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(answer.header("Location"),
            "http://127.0.0.1:4999/back?error=access_denied&error_description=The%20person%20did%20not%20allow%20it."
            "&state=s%2B1%20%C3%A9");
  EXPECT_TRUE(person_grants.signed_in.empty());
}

TEST_F(LogIn, ThePageComesAgainAndDoesNotSayWhatWasWrong) {
  const WireAnswer wrong_password = send("email=ana%40example.com&password=wrong&decision=allow");
  const WireAnswer wrong_email = send("email=eva%40example.com&password=pass+%26+word&decision=allow");
  EXPECT_EQ(wrong_password.status, 403);
  EXPECT_EQ(wrong_email.status, 403);
  EXPECT_THAT(wrong_password.body, HasSubstr("role=\"alert\">This email and password do not log you in here."));
  std::string same = wrong_email.body;
  same.replace(same.find("eva@"), 4, "ana@");
  EXPECT_EQ(same, wrong_password.body);
  EXPECT_THAT(wrong_password.body, Not(HasSubstr("wrong")));

  const WireAnswer empty = send("email=%22%3E%3Cscript%3E&password=&decision=allow");
  EXPECT_EQ(empty.status, 400);
  EXPECT_THAT(empty.body, HasSubstr("Type your email and your password."));
  EXPECT_THAT(empty.body, HasSubstr("value=\"&quot;&gt;&lt;script&gt;\""));
}

TEST_F(LogIn, ProblemsOfTheServerAreSaidOnThePage) {
  person_grants.problem = core::Problem{core::ProblemKind::overloaded, "full", {}, 7};
  const WireAnswer full = send(std::string(good_form));
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.header("Retry-After"), "7");
  EXPECT_THAT(full.body, HasSubstr("Too many people are logging in at once."));
  person_grants.problem = core::Problem{core::ProblemKind::storage_failed, "the disk is <full>", {}, 0};
  const WireAnswer broken = send(std::string(good_form));
  EXPECT_EQ(broken.status, 500);
  EXPECT_THAT(broken.body, Not(HasSubstr("disk")));
}

TEST_F(LogIn, NobodyIsRedirectedWhereClientOrAddressIsWrong) {
  const Asking rows[] = {
      {.client_id = "other"},
      {.client_id = ""},
      {.client_id = "%22%3E%3Cscript%3E"},
      {.redirect_uri = ""},
      {.redirect_uri = "https%3A%2F%2Fevil.example%2F"},
      {.redirect_uri = "javascript%3Aalert(1)"},
      {.more = "&redirect_uri=https%3A%2F%2Fevil.example%2F"},
      {.more = "&state=1&state=2"},
  };
  for (const Asking& row : rows) {
    for (const WireAnswer& answer : {get(row.target()), send(std::string(good_form), row.target())}) {
      EXPECT_EQ(answer.status, 400) << row.target();
      EXPECT_EQ(answer.header("Location"), std::nullopt) << row.target();
      EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8") << row.target();
      EXPECT_THAT(answer.body, Not(HasSubstr("<script"))) << row.target();
      EXPECT_THAT(answer.body, Not(HasSubstr("<people>"))) << row.target();
    }
  }
  EXPECT_TRUE(person_grants.signed_in.empty());
}

TEST_F(LogIn, OtherFaultsAreTheClientsToKnow) {
  const std::pair<Asking, std::string_view> rows[] = {
      {{.response_type = "token"}, "unsupported_response_type"},
      {{.response_type = ""}, "unsupported_response_type"},
      {{.method = "plain"}, "invalid_request"},
  };
  for (const auto& [row, error] : rows) {
    for (const WireAnswer& answer : {get(row.target()), send(std::string(good_form), row.target())}) {
      EXPECT_EQ(answer.status, 303) << row.target();
      EXPECT_EQ(answer.header("Location"), "http://127.0.0.1:4999/back?error=" + std::string(error) +
                                               "&error_description=Words%20for%20%3Cpeople%3E.&state=s%2B1%20%C3%A9");
    }
  }
  EXPECT_TRUE(person_grants.signed_in.empty());
}

TEST_F(LogIn, FormsOfOtherSitesAreRefused) {
  for (const std::string_view headers : {"Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
                                         "Origin: https://evil.example\r\n", "Origin: null\r\n"}) {
    const WireAnswer answer = send(std::string(good_form), Asking().target(), std::string(headers));
    EXPECT_EQ(answer.status, 403) << headers;
    EXPECT_EQ(answer.header("Location"), std::nullopt) << headers;
  }
  EXPECT_TRUE(person_grants.signed_in.empty());
  const std::string own = "Origin: http://127.0.0.1:" + std::to_string(port) + "\r\n";
  EXPECT_EQ(send(std::string(good_form), Asking().target(), own).status, 303);
  EXPECT_EQ(send(std::string(good_form), Asking().target(), "Sec-Fetch-Site: same-origin\r\n").status, 303);
}

TEST_F(LogIn, OtherBodiesThanTheFormAreRefused) {
  for (const std::string_view body : {"email=a&password=b", "email=a&password=b&decision=perhaps", "decision=%zz",
                                      "email=a&email=b&password=c&decision=allow"}) {
    EXPECT_EQ(send(std::string(body)).status, 400) << body;
  }
  EXPECT_EQ(post(Asking().target(), "", "application/json", R"({"decision":"allow"})").status, 400);
  EXPECT_EQ(post(Asking().target(), "", std::string(form), "email=" + std::string(70'000, 'a')).status, 413);
  EXPECT_TRUE(person_grants.signed_in.empty());
}

}  // namespace
}  // namespace tallystick::test
