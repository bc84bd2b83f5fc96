#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "cli/browser_visitor.hpp"
#include "cli/command_run.hpp"
#include "client/token_service.hpp"

namespace tallystick::cli {
namespace {

using cli_test::answer;
using cli_test::CommandRun;
using cli_test::TemporaryFolder;
using client_test::FakeTransport;
using client_test::field_of;
using client_test::header_of;

constexpr const char* service_address = "http://127.0.0.1:8080";

/// What an address's query says of a name.
std::string query_value(const std::string& address, const std::string& name) {
  const HttpRequest as_form{.body = address.substr(address.find('?') + 1)};
  return field_of(as_form, name);
}

/// A service with a token address that takes one secret, and the folders of a person.
class Login : public testing::Test {
 protected:
  Login() : run([](const HttpRequest&) { return answer(500, ""); }) {
    run.environment = {{"XDG_CONFIG_HOME", folder_.path("config")}, {"XDG_STATE_HOME", folder_.path("state")}};
    run.transport = std::make_shared<FakeTransport>([this](const HttpRequest& request) { return serve(request); });
    // base64("partner:s3cret"), by coreutils.
    good_basic_ = "Basic cGFydG5lcjpzM2NyZXQ=";
  }

  ApiResult<HttpResponse> serve(const HttpRequest& request) {
    if (FakeTransport::is_token_request(request)) {
      const std::string authorization = header_of(request, "Authorization");
      const bool is_public = authorization == "(absent)" && field_of(request, "client_id") == "app";
      if (authorization == good_basic_ || is_public) return tokens.answer(request);
      return answer(401, R"({"error":"invalid_client"})");
    }
    if (!refused.empty() && header_of(request, "Authorization") == "Bearer " + refused) return answer(401, "{}");
    return answer(me_status, R"({"id":"11111111-1111-4111-8111-111111111111","name":"Northwind Partners"})");
  }

  /// The person's browser: shows the log-in page to nobody and goes back with `query`, in which %STATE% is the state.
  void browser_answers(std::string query) {
    run.open_browser = [this, query = std::move(query)](const std::string& address) {
      shown = address;
      const std::string redirect_uri = query_value(address, "redirect_uri");
      std::string target = "/callback?" + query;
      const auto place = target.find("%STATE%");
      if (place != std::string::npos) target.replace(place, 7, query_value(address, "state"));
      browser = std::jthread([this, redirect_uri, target] {
        const cli_test::Visitor visitor(cli_test::port_of(redirect_uri));
        visitor.get(target);
        page = visitor.read_all();
      });
      return true;
    };
  }

  int login(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "login");
    const int code = run(arguments);
    if (browser.joinable()) browser.join();
    return code;
  }
  [[nodiscard]] std::string config_file() const { return folder_.path("config/tallystick/config.toml"); }
  [[nodiscard]] std::string config() const { return TemporaryFolder::read(config_file()); }
  [[nodiscard]] std::string token_file(const std::string& profile = "default") const {
    return folder_.path("state/tallystick/tokens/" + profile + ".json");
  }
  [[nodiscard]] std::string last_bearer() const { return header_of(run.calls().back(), "Authorization"); }

  TemporaryFolder folder_;
  client_test::TokenService tokens;
  std::string good_basic_;
  std::string refused;
  int me_status = 200;
  std::string shown;
  std::string page;
  std::atomic<bool> is_over = false;
  CommandRun run;
  std::jthread browser;
};

TEST_F(Login, FromAPipeThenCommandsNeedNothingMore) {
  run.input = "partner\ns3cret\n";
  ASSERT_EQ(login({"--base-url", service_address}), 0) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "Logged in at http://127.0.0.1:8080 as client partner of Northwind Partners. Profile default of " +
                         config_file() + " has it.\n");
  EXPECT_EQ(config(),
            "[profiles.default]\nbase_url = \"http://127.0.0.1:8080\"\nclient_id = \"partner\"\n"
            "client_secret = \"s3cret\"\n");
  struct stat status {};
  ASSERT_EQ(::stat(config_file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);

  // Ten commands in a row log in once.
  for (int i = 0; i < 10; ++i) EXPECT_EQ(run({"whoami"}), 0) << run.err;
  EXPECT_EQ(tokens.given, 1);
  EXPECT_EQ(last_bearer(), "Bearer token-1");

  // A token that is refused is renewed without a word.
  refused = "token-1";
  EXPECT_EQ(run({"whoami"}), 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(last_bearer(), "Bearer token-2");
  EXPECT_EQ(run({"whoami"}), 0);
  EXPECT_EQ(tokens.given, 2);
}

TEST_F(Login, AsksAPersonAndNeverShowsTheSecret) {
  run.input = "partner\n";
  run.read_secret = [] { return std::optional<std::string>("s3cret"); };
  ASSERT_EQ(login({"--base-url", service_address, "--profile", "p"}), 0) << run.err;
  EXPECT_TRUE(run.err.starts_with("client id: client secret (it is not shown): \nLogged in")) << run.err;
  EXPECT_EQ((run.err + run.out).find("s3cret"), std::string::npos);

  // Again: Enter keeps the id, and the address is the profile's.
  run.input = "\n";
  ASSERT_EQ(login({"--profile", "p"}), 0) << run.err;
  EXPECT_TRUE(run.err.starts_with("client id [partner]: client secret")) << run.err;

  run.input = "\n";
  run.read_secret = [] { return std::optional<std::string>(); };
  EXPECT_EQ(login({"--profile", "p"}), 2);
  EXPECT_NE(run.err.find("no client secret was given"), std::string::npos) << run.err;
}

TEST_F(Login, WhatDoesNotWorkIsNotKept) {
  folder_.write("config/tallystick/config.toml", "# mine\n");
  run.input = "partner\nwrong\n";
  EXPECT_EQ(login({"--base-url", service_address}), 3);
  EXPECT_NE(run.err.find("invalid_client (check client id and secret)"), std::string::npos) << run.err;
  me_status = 500;
  run.input = "partner\ns3cret\n";
  EXPECT_EQ(login({"--base-url", service_address}), 1);
  EXPECT_EQ(config(), "# mine\n");
  EXPECT_FALSE(std::filesystem::exists(token_file()));

  run.input = "";
  EXPECT_EQ(login({"--base-url", service_address}), 2);
  EXPECT_EQ(run.err, "tallystick login: no client id was given\n");
}

TEST_F(Login, ATokenThatMayNotAskWhoItIsIsGoodToo) {
  me_status = 403;
  run.input = "partner\ns3cret\n";
  EXPECT_EQ(login({"--base-url", service_address}), 0) << run.err;
  EXPECT_TRUE(run.err.starts_with("Logged in at http://127.0.0.1:8080 as client partner. ")) << run.err;
}

TEST_F(Login, KeepsOtherProfilesAndRefusesAFileThatItCannotEdit) {
  folder_.write("config/tallystick/config.toml", "# mine\n[profiles.other] # theirs\nregion = 'eu_west_1'\n");
  run.input = "partner\ns3cret\n";
  ASSERT_EQ(login({"--base-url", service_address}), 0) << run.err;
  EXPECT_TRUE(config().starts_with("# mine\n[profiles.other] # theirs\nregion = 'eu_west_1'\n\n[profiles.default]\n"));

  for (const char* text : {"[profiles]\ndefault = {region = 'eu_west_1'}\n", "[profiles.default\n"}) {
    folder_.write("config/tallystick/config.toml", text);
    tokens.asked.clear();
    run.input = "partner\ns3cret\n";
    EXPECT_EQ(login({"--base-url", service_address}), 2) << text;
    EXPECT_EQ(config(), text);
    EXPECT_TRUE(tokens.asked.empty()) << "asked before it was known whether it can be kept";
  }
}

TEST_F(Login, InABrowserThenRefreshedSilently) {
  browser_answers("code=c-1&state=%STATE%");
  ASSERT_EQ(login({"--base-url", service_address, "--pkce", "--client-id", "app"}), 0) << run.err;
  EXPECT_NE(page.find("You are logged in"), std::string::npos) << page;
  EXPECT_NE(run.err.find(shown), std::string::npos) << "the address is there to copy";
  EXPECT_EQ(shown.find("http://127.0.0.1:8080/oauth/authorize?response_type=code&client_id=app&redirect_uri="), 0U);
  EXPECT_EQ(query_value(shown, "code_challenge_method"), "S256");
  const HttpRequest asked = run.transport->requests(true).at(0);
  EXPECT_EQ(field_of(asked, "code"), "c-1");
  EXPECT_EQ(field_of(asked, "redirect_uri"), query_value(shown, "redirect_uri"));
  EXPECT_EQ(field_of(asked, "code_verifier").size(), 43U);
  EXPECT_NE(field_of(asked, "code_verifier"), query_value(shown, "code_challenge"));
  EXPECT_EQ(config(),
            "[profiles.default]\nbase_url = \"http://127.0.0.1:8080\"\nclient_id = \"app\"\n"
            "grant = \"refresh_token\"\n");
  for (const char* secret : {"token-1", "refresh-1", "c-1"}) {
    EXPECT_EQ(run.err.find(secret), std::string::npos) << secret;
  }

  EXPECT_EQ(run({"whoami"}), 0) << run.err;
  EXPECT_EQ(tokens.given, 1);
  for (const char* ended : {"token-1", "token-2", "token-3"}) {
    refused = ended;
    EXPECT_EQ(run({"whoami"}), 0) << run.err;
    EXPECT_EQ(run.err, "");
  }
  EXPECT_EQ(last_bearer(), "Bearer token-4");
  EXPECT_NE(TemporaryFolder::read(token_file()).find("refresh-4"), std::string::npos);

  // Somebody ended the log-in: said once, with what to do, and the tokens are gone.
  tokens.refresh_tokens.clear();
  refused = "token-4";
  EXPECT_EQ(run({"whoami"}), 3);
  EXPECT_EQ(
      run.err,
      "tallystick whoami: no token from http://127.0.0.1:8080/oauth/token: 400 invalid_grant: It is used up.; log "
      "in again (tallystick login)\n");
  EXPECT_EQ(run({"whoami"}), 3);
  EXPECT_EQ(run.err, "tallystick whoami: nobody is logged in: log in first (tallystick login)\n");
}

TEST_F(Login, NobodyIsSentToAPageThatIsNotEncrypted) {
  browser_answers("code=c-1&state=%STATE%");
  EXPECT_EQ(login({"--base-url", "http://billing.example", "--pkce", "--client-id", "app"}), 2);
  EXPECT_NE(run.err.find("use https"), std::string::npos) << run.err;
  EXPECT_EQ(shown, "");
}

TEST_F(Login, APersonsTokenGoesToNoOtherService) {
  browser_answers("code=c-1&state=%STATE%");
  ASSERT_EQ(login({"--base-url", service_address, "--pkce", "--client-id", "app"}), 0) << run.err;
  const auto sent_before = run.transport->requests().size();
  EXPECT_EQ(run({"whoami", "--base-url", "http://127.0.0.1:9999"}), 3);
  EXPECT_EQ(run.transport->requests().size(), sent_before);
  EXPECT_EQ(run({"whoami"}), 0) << run.err;
}

TEST_F(Login, WhatTheBrowserBringsIsChecked) {
  struct Row {
    const char* query;
    int code;
    const char* words;
    const char* page;
  };
  const Row rows[] = {
      {"error=access_denied&error_description=Not+now&state=%STATE%", 3,
       "the log-in was refused: access_denied: Not now", "The log-in did not work"},
      {"code=used&state=%STATE%", 3, "invalid_grant", "The log-in did not work"},
  };
  tokens.used_up = {"used"};
  for (const Row& row : rows) {
    browser_answers(row.query);
    EXPECT_EQ(login({"--base-url", service_address, "--pkce", "--client-id", "app"}), row.code) << run.err;
    EXPECT_NE(run.err.find(row.words), std::string::npos) << run.err;
    EXPECT_NE(page.find(row.page), std::string::npos) << page;
    EXPECT_FALSE(std::filesystem::exists(config_file()));
  }

  // Another's state is shown out, and the log-in goes on waiting until its time is over.
  tokens.asked.clear();
  run.open_browser = [&](const std::string& address) {
    browser = std::jthread([this, uri = query_value(address, "redirect_uri")] {
      const cli_test::Visitor visitor(cli_test::port_of(uri));
      visitor.get("/callback?code=c-2&state=forged");
      page = visitor.read_all();
      is_over = true;
    });
    return true;
  };
  run.monotonic_now = [this] { return run.now + (is_over ? std::chrono::minutes(6) : std::chrono::minutes(0)); };
  EXPECT_EQ(login({"--base-url", service_address, "--pkce", "--client-id", "app"}), 1);
  EXPECT_NE(run.err.find("no browser came back in time"), std::string::npos) << run.err;
  EXPECT_TRUE(page.starts_with("HTTP/1.1 400")) << page;
  EXPECT_TRUE(tokens.asked.empty());
}

TEST_F(Login, WithoutABrowserTheAddressIsShown) {
  int opened = 0;
  run.monotonic_now = [this] { return run.now += std::chrono::minutes(2); };
  run.open_browser = [&](const std::string&) { return ++opened > 0; };
  EXPECT_EQ(login({"--base-url", service_address, "--pkce", "--client-id", "app", "--no-browser"}), 1);
  EXPECT_EQ(opened, 0);
  EXPECT_TRUE(
      run.err.starts_with("Log in at this address, in a browser on this machine:\nhttp://127.0.0.1:8080/oauth/"
                          "authorize?response_type=code&client_id=app&"))
      << run.err;
}

TEST_F(Login, ByAnAssertion) {
  const std::string xml = folder_.write("assertion.xml", "<saml/>");
  run.input = "s3cret\n";
  ASSERT_EQ(login({"--base-url", service_address, "--client-id", "partner", "--saml", xml, "--org-name", "northwind"}),
            0)
      << run.err;
  HttpRequest asked = run.transport->requests(true).back();
  EXPECT_EQ(field_of(asked, "grant_type"), "urn:ietf:params:oauth:grant-type:saml2-bearer");
  EXPECT_EQ(field_of(asked, "orgName"), "northwind");
  EXPECT_EQ(field_of(asked, "assertion"), "PHNhbWwvPg==");  // base64("<saml/>"), by coreutils
  EXPECT_NE(config().find("grant = \"refresh_token\""), std::string::npos);
  EXPECT_EQ(run({"whoami"}), 0) << run.err;
  EXPECT_EQ(tokens.given, 1);

  const std::string encoded = folder_.write("assertion.b64", "PHNh\r\nbWwv\n Pjw=\n");
  run.input = "s3cret\n";
  ASSERT_EQ(login({"--base-url", service_address, "--client-id", "partner", "--saml", encoded, "--org-name", "n"}), 0);
  asked = run.transport->requests(true).back();
  EXPECT_EQ(field_of(asked, "assertion"), "PHNhbWwvPjw=");

  EXPECT_EQ(login({"--base-url", service_address, "--client-id", "partner", "--saml", xml}), 2);
  EXPECT_EQ(login({"--client-id", "partner", "--saml", xml, "--org-name", "n", "--pkce"}), 2);
  run.input = "s3cret\n";
  EXPECT_EQ(login({"--client-id", "partner", "--saml", "/nowhere", "--org-name", "n"}), 2);
  EXPECT_NE(run.err.find("--saml /nowhere: cannot be read"), std::string::npos) << run.err;
}

TEST_F(Login, TellsWhatGoesBeforeTheProfile) {
  run.environment["TALLYSTICK_CLIENT_ID"] = "partner";
  run.environment["TALLYSTICK_CLIENT_SECRET"] = "s3cret";
  ASSERT_EQ(login({"--base-url", service_address}), 0) << run.err;
  EXPECT_NE(run.err.find("TALLYSTICK_CLIENT_ID is set: commands use that client"), std::string::npos) << run.err;
}

TEST_F(Login, LogoutForgets) {
  run.input = "partner\ns3cret\n";
  ASSERT_EQ(login({"--base-url", service_address}), 0) << run.err;
  ASSERT_TRUE(std::filesystem::exists(token_file()));
  EXPECT_EQ(run({"logout"}), 0) << run.err;
  EXPECT_FALSE(std::filesystem::exists(token_file()));
  EXPECT_EQ(config(), "[profiles.default]\nbase_url = \"http://127.0.0.1:8080\"\nclient_id = \"partner\"\n");
  EXPECT_EQ(run({"whoami"}), 3);
  EXPECT_EQ(run({"logout"}), 0) << run.err;
  EXPECT_EQ(run({"logout", "--profile", "nobody"}), 2);
}

}  // namespace
}  // namespace tallystick::cli
