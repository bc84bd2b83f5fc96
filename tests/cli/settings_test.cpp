#include <gtest/gtest.h>

#include "cli/client_options.hpp"
#include "cli/command_run.hpp"
#include "cli/failure.hpp"
#include "cli/profile.hpp"

namespace tallystick::cli {
namespace {

using cli_test::TemporaryFolder;

class Settings : public testing::Test {
 protected:
  Result<ResolvedClient, Failure> resolve() {
    Terminal terminal{.out = out_, .err = out_, .in = in_};
    environment_["XDG_CONFIG_HOME"] = folder_.path("config");
    terminal.environment = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      return found == environment_.end() ? std::nullopt : std::optional(found->second);
    };
    return resolve_client(options_, terminal);
  }
  std::string failure_of_resolve() {
    const auto client = resolve();
    return client ? "no failure" : std::to_string(static_cast<int>(client.error().code)) + " " + client.error().message;
  }
  void write_config(const std::string& text, unsigned mode = 0600) {
    folder_.write("config/tallystick/config.toml", text, mode);
  }
  std::string config_file() { return folder_.path("config/tallystick/config.toml"); }

  TemporaryFolder folder_;
  std::ostringstream out_;
  std::istringstream in_;
  std::map<std::string, std::string> environment_;
  ClientOptions options_;
};

constexpr const char* config = R"([profiles.default]
base_url = "https://profile.example"
client_id = "profile-id"
client_secret = "profile-secret"

[profiles.partner]
region = "eu_central_1"
client_id = "partner-id"
client_secret = "partner-secret"
)";

// Each level in turn gives way to the one above it (interface.md, "One binary").
TEST_F(Settings, EachSettingComesFromTheFirstPlaceThatHasIt) {
  write_config(config);
  struct Row {
    const char* what;
    std::function<void()> add;
    const char* base_url;
    const char* client_id;
    const char* client_secret;
  };
  const std::string secret_file = folder_.write("secret", "option-secret\n");
  const Row rows[] = {
      {"profile", [] {}, "https://profile.example", "profile-id", "profile-secret"},
      {"genesys region", [&] { environment_["GENESYSCLOUD_REGION"] = "eu_west_1"; }, "https://api.mypurecloud.ie",
       "profile-id", "profile-secret"},
      {"genesys id", [&] { environment_["GENESYSCLOUD_OAUTHCLIENT_ID"] = "genesys-id"; }, "https://api.mypurecloud.ie",
       "genesys-id", "profile-secret"},
      {"genesys secret", [&] { environment_["GENESYSCLOUD_OAUTHCLIENT_SECRET"] = "genesys-secret"; },
       "https://api.mypurecloud.ie", "genesys-id", "genesys-secret"},
      {"own region", [&] { environment_["TALLYSTICK_REGION"] = "us-west-2"; }, "https://api.usw2.pure.cloud",
       "genesys-id", "genesys-secret"},
      {"own base URL", [&] { environment_["TALLYSTICK_BASE_URL"] = "http://127.0.0.1:8080"; }, "http://127.0.0.1:8080",
       "genesys-id", "genesys-secret"},
      {"own id", [&] { environment_["TALLYSTICK_CLIENT_ID"] = "own-id"; }, "http://127.0.0.1:8080", "own-id",
       "genesys-secret"},
      {"own secret", [&] { environment_["TALLYSTICK_CLIENT_SECRET"] = "own-secret"; }, "http://127.0.0.1:8080",
       "own-id", "own-secret"},
      {"option region", [&] { options_.region = "mypurecloud.de"; }, "https://api.mypurecloud.de", "own-id",
       "own-secret"},
      {"option base URL", [&] { options_.base_url = "https://option.example"; }, "https://option.example", "own-id",
       "own-secret"},
      {"option id", [&] { options_.client_id = "option-id"; }, "https://option.example", "option-id", "own-secret"},
      {"option secret", [&] { options_.client_secret_file = secret_file; }, "https://option.example", "option-id",
       "option-secret"},
      {"an empty variable is none", [&] { environment_["TALLYSTICK_CLIENT_ID"] = ""; }, "https://option.example",
       "option-id", "option-secret"},
  };
  for (const Row& row : rows) {
    row.add();
    const auto client = resolve();
    ASSERT_TRUE(client) << row.what << ": " << client.error().message;
    EXPECT_EQ(client->configuration.base_url, row.base_url) << row.what;
    EXPECT_EQ(client->configuration.client_id, row.client_id) << row.what;
    EXPECT_EQ(client->configuration.client_secret, row.client_secret) << row.what;
  }
}

TEST_F(Settings, ANamedProfileIsRead) {
  write_config(config);
  options_.profile = "partner";
  const auto client = resolve();
  ASSERT_TRUE(client);
  EXPECT_EQ(client->configuration.base_url, "https://api.mypurecloud.de");
  EXPECT_EQ(client->configuration.client_id, "partner-id");
  EXPECT_EQ(client->client_secret_from, "profile partner");
}

TEST_F(Settings, TrustAndProxyComeFromTheFirstPlaceThatHasThem) {
  write_config(R"([profiles.default]
base_url = "https://profile.example"
client_id = "id"
client_secret = "secret"
ca_file = "ca.pem"
client_certificate_file = "/profile/certificate.pem"
client_key_file = "/profile/key.pem"
client_key_password = "profile-key"
proxy = "http://profile.example:1"
proxy_user = "profile-user"
proxy_password = "profile-password"
request_timeout = "7s"
)");
  TransportSettings expected;
  expected.authorities.file = folder_.path("config/tallystick/ca.pem");
  expected.client_certificate.file = "/profile/certificate.pem";
  expected.client_key.file = "/profile/key.pem";
  expected.client_key_password = "profile-key";
  expected.proxy = ProxySettings{
      .url = "http://profile.example:1", .user = "profile-user", .password = "profile-password", .bypass = {}};
  const auto transport = [&] {
    const auto client = resolve();
    EXPECT_TRUE(client) << client.error().message;
    EXPECT_EQ(client->configuration.request_timeout, std::chrono::seconds(7));
    return client->configuration.transport;
  };
  EXPECT_EQ(transport(), expected);

  environment_["TALLYSTICK_CA_FILE"] = "/variable/ca.pem";
  environment_["TALLYSTICK_CLIENT_CERTIFICATE"] = "/variable/certificate.pem";
  environment_["TALLYSTICK_CLIENT_KEY"] = "/variable/key.pem";
  environment_["TALLYSTICK_CLIENT_KEY_PASSWORD"] = "variable-key";
  environment_["TALLYSTICK_PROXY"] = "http://variable.example:2";
  expected.authorities.file = "/variable/ca.pem";
  expected.client_certificate.file = "/variable/certificate.pem";
  expected.client_key.file = "/variable/key.pem";
  expected.client_key_password = "variable-key";
  expected.proxy = ProxySettings{.url = "http://variable.example:2", .user = {}, .password = {}, .bypass = {}};
  EXPECT_EQ(transport(), expected) << "another proxy does not get the password of the former";

  environment_["TALLYSTICK_PROXY_USER"] = "variable-user";
  environment_["TALLYSTICK_PROXY_PASSWORD"] = "variable-password";
  options_.ca_file = "/option/ca.pem";
  options_.client_certificate = "/option/certificate.pem";
  options_.client_key = "/option/key.pem";
  options_.proxy = "";
  options_.proxy_user = "option-user";
  expected.authorities.file = "/option/ca.pem";
  expected.client_certificate.file = "/option/certificate.pem";
  expected.client_key.file = "/option/key.pem";
  expected.proxy = ProxySettings{.url = "", .user = "option-user", .password = "variable-password", .bypass = {}};
  EXPECT_EQ(transport(), expected);
}

TEST_F(Settings, WhatIsForTheProfilesServerGoesToNoOther) {
  write_config(R"([profiles.default]
base_url = "https://gateway.example"
token_address = "https://login.example/oauth/token"
client_id = "id"
client_secret = "secret"
headers = {X-Gateway-Key = "k3y"}
)");
  const auto own = resolve();
  ASSERT_TRUE(own);
  EXPECT_EQ(own->configuration.token_address, "https://login.example/oauth/token");
  EXPECT_EQ(own->configuration.headers.size(), 1U);
  options_.base_url = "https://other.example";
  const auto other = resolve();
  ASSERT_TRUE(other);
  EXPECT_EQ(other->configuration.token_address, "");
  EXPECT_TRUE(other->configuration.headers.empty());
}

TEST_F(Settings, WithoutAnAddressTheDefaultRegionIsAsked) {
  environment_ = {{"TALLYSTICK_CLIENT_ID", "id"}, {"TALLYSTICK_CLIENT_SECRET", "secret"}};
  const auto client = resolve();
  ASSERT_TRUE(client);
  EXPECT_EQ(client->configuration.base_url, "https://api.mypurecloud.com");
}

TEST_F(Settings, RegionsAreTakenInEverySpelling) {
  environment_ = {{"TALLYSTICK_CLIENT_ID", "id"}, {"TALLYSTICK_CLIENT_SECRET", "secret"}};
  for (const char* region : {"eu_central_1", "eu-central-1", "mypurecloud.de", "https://api.mypurecloud.de"}) {
    options_.region = region;
    const auto client = resolve();
    ASSERT_TRUE(client) << region;
    EXPECT_EQ(client->configuration.base_url, "https://api.mypurecloud.de") << region;
  }
}

TEST_F(Settings, AFileThatOthersCanReadGivesNoSecret) {
  environment_["TALLYSTICK_BASE_URL"] = "http://127.0.0.1:8080";
  for (const unsigned mode : {0644U, 0640U, 0604U, 0620U, 0601U}) {
    write_config(config, mode);
    EXPECT_EQ(failure_of_resolve(),
              "2 " + config_file() + " has a secret in it and others can read it: run chmod 600 " + config_file());
  }
  write_config(config, 0400);
  EXPECT_TRUE(resolve());
  // Without a secret in it anyone may read it.
  write_config("[profiles.default]\nclient_id = \"id\"\n", 0644);
  environment_["TALLYSTICK_CLIENT_SECRET"] = "secret";
  EXPECT_TRUE(resolve());
}

TEST_F(Settings, FailuresSayWhereAndWhatToDo) {
  struct Row {
    const char* what;
    std::function<void()> set;
    std::string expected;
  };
  const std::string empty = folder_.write("empty", "\n");
  const Row rows[] = {
      {"nothing known", [] {},
       "3 no client id: give --client-id, set TALLYSTICK_CLIENT_ID, or choose a --profile that has one"},
      {"no secret", [&] { options_.client_id = "id"; },
       "3 no client secret: give --client-secret-file, set TALLYSTICK_CLIENT_SECRET, or choose a --profile that has "
       "one"},
      {"unknown region", [&] { options_.region = "eu_centrl_1"; },
       "2 --region: no region is called \"eu_centrl_1\", did you mean \"eu_central_1\"?"},
      {"unknown region in the environment", [&] { environment_["GENESYSCLOUD_REGION"] = "mars"; },
       "2 GENESYSCLOUD_REGION: no region is called \"mars\"; regions are called like us_east_1 or mypurecloud.de"},
      {"no secret file",
       [&] {
         options_.client_id = "id";
         options_.client_secret_file = "/nowhere/secret";
       },
       "2 --client-secret-file /nowhere/secret: cannot be read"},
      {"empty secret file",
       [&] {
         options_.client_id = "id";
         options_.client_secret_file = empty;
       },
       "2 --client-secret-file " + empty + ": is empty"},
      {"unknown profile",
       [&] {
         write_config(config);
         options_.profile = "partnr";
       },
       "2 --profile partnr: " + config_file() + " has no table [profiles.partnr], did you mean \"partner\"?"},
      {"unknown key", [&] { write_config("[profiles.default]\nclientid = \"x\"\n"); },
       "2 " + config_file() + ":2:1: \"clientid\" is no key of a profile, did you mean \"client_id\"?"},
      {"a number for a text", [&] { write_config("[profiles.default]\nclient_id = 5\n"); },
       "2 " + config_file() + ":2:13: \"client_id\" must be a string"},
      {"two addresses", [&] { write_config("[profiles.default]\nregion = \"a\"\nbase_url = \"b\"\n"); },
       "2 " + config_file() + ":1:1: a profile has base_url or region, not both"},
      {"bad time-out",
       [&] {
         environment_ = {{"TALLYSTICK_CLIENT_ID", "id"}, {"TALLYSTICK_CLIENT_SECRET", "secret"}};
         options_.timeout = "soon";
       },
       "2 --timeout soon: write it like 30s, 500ms or 2m"},
  };
  for (const Row& row : rows) {
    environment_.clear();
    options_ = {};
    std::filesystem::remove_all(folder_.path("config"));
    row.set();
    EXPECT_EQ(failure_of_resolve(), row.expected) << row.what;
  }
  options_ = {};
  options_.profile = "partner";
  std::filesystem::remove_all(folder_.path("config"));
  EXPECT_EQ(failure_of_resolve(), "2 --profile partner: there is no file " + config_file());
  write_config("[profiles");
  EXPECT_TRUE(failure_of_resolve().starts_with("2 " + config_file() + ":1:")) << failure_of_resolve();
}

constexpr const char* config_of_person = R"([profiles.default]
base_url = "https://profile.example"
client_id = "profile-id"
grant = "refresh_token"
)";

TEST_F(Settings, APersonsProfileNeedsNoSecret) {
  write_config(config_of_person, 0644);
  const auto client = resolve();
  ASSERT_TRUE(client) << client.error().message;
  EXPECT_EQ(client->configuration.grant, Grant(RefreshToken{}));
  EXPECT_EQ(client->configuration.client_secret, "");
  EXPECT_TRUE(client->is_of_profile);
  write_config("[profiles.default]\ngrant = \"pkce\"\n");
  EXPECT_EQ(failure_of_resolve(),
            "2 " + config_file() + ":2:9: \"grant\" is \"pkce\"; it is one of client_credentials, refresh_token");
}

// A person logged in at one service as one client: another one gets neither tokens nor grant.
TEST_F(Settings, APersonsLogInGoesWithItsAddressAndClientAlone) {
  write_config(config_of_person);
  environment_["TALLYSTICK_CLIENT_SECRET"] = "secret";
  for (const auto& change : std::vector<std::function<void()>>{[&] { options_.base_url = "https://other.example"; },
                                                               [&] { options_.client_id = "other"; },
                                                               [&] { options_.region = "eu_west_1"; }}) {
    options_ = {};
    change();
    const auto client = resolve();
    ASSERT_TRUE(client) << client.error().message;
    EXPECT_EQ(client->configuration.grant, Grant(ClientCredentials{}));
    EXPECT_FALSE(client->is_of_profile);
  }
}

TEST_F(Settings, ATokenStandsForClientAndSecret) {
  environment_["TALLYSTICK_ACCESS_TOKEN"] = "from elsewhere";
  const auto client = resolve();
  ASSERT_TRUE(client) << client.error().message;
  EXPECT_EQ(client->configuration.grant, Grant(BearerToken{"from elsewhere"}));
  EXPECT_EQ(client->client_secret_from, "TALLYSTICK_ACCESS_TOKEN");

  write_config(config);
  EXPECT_EQ(resolve()->configuration.grant, Grant(BearerToken{"from elsewhere"}));
  options_.client_id = "chosen-on-the-line";
  EXPECT_EQ(resolve()->configuration.grant, Grant(ClientCredentials{}));
}

TEST_F(Settings, WhoLogsInMayBeUnknownYet) {
  write_config(config);
  options_.profile = "new";
  const auto resolve_unknown = [&] {
    Terminal terminal{.out = out_, .err = out_, .in = in_};
    terminal.environment = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      return found == environment_.end() ? std::nullopt : std::optional(found->second);
    };
    environment_["XDG_CONFIG_HOME"] = folder_.path("config");
    return resolve_log_in(options_, terminal);
  };
  auto client = resolve_unknown();
  ASSERT_TRUE(client) << client.error().message;
  EXPECT_EQ(client->configuration.client_id, "");
  EXPECT_EQ(client->base_url_from, "the default region");

  // An old profile's id is offered, its secret is not taken.
  options_.profile = "partner";
  client = resolve_unknown();
  ASSERT_TRUE(client);
  EXPECT_EQ(client->configuration.client_id, "partner-id");
  EXPECT_EQ(client->configuration.client_secret, "");
}

TEST(ExitCodes, FollowFromTheErrorInOnePlace) {
  using Kind = ApiError::Kind;
  struct Row {
    Kind kind;
    int status;
    const char* code;
    ExitCode expected;
  };
  const Row rows[] = {
      {Kind::configuration, 0, "", ExitCode::bad_input},
      {Kind::network, 0, "", ExitCode::no_answer},
      {Kind::answer, 200, "", ExitCode::failed},
      {Kind::log_in, 0, "", ExitCode::not_authenticated},
      {Kind::log_in, 400, "invalid_grant", ExitCode::not_authenticated},
      {Kind::status, 0, "access_denied", ExitCode::not_authenticated},
      {Kind::cancelled, 0, "", ExitCode::failed},
      {Kind::status, 400, "constraint.validation", ExitCode::bad_input},
      {Kind::status, 400, "invalid_client", ExitCode::not_authenticated},
      {Kind::status, 400, "unauthorized_client", ExitCode::not_authenticated},
      {Kind::status, 401, "bad.credentials", ExitCode::not_authenticated},
      {Kind::status, 401, "invalid_client", ExitCode::not_authenticated},
      {Kind::status, 403, "missing.any.permissions", ExitCode::not_permitted},
      {Kind::status, 404, "not.found", ExitCode::not_found},
      {Kind::status, 408, "client.timeout", ExitCode::no_answer},
      {Kind::status, 409, "conflict", ExitCode::failed},
      {Kind::status, 413, "request.entity.too.large", ExitCode::bad_input},
      {Kind::status, 429, "too.many.requests", ExitCode::no_answer},
      {Kind::status, 500, "internal.server.error", ExitCode::failed},
      {Kind::status, 502, "", ExitCode::no_answer},
      {Kind::status, 503, "service.unavailable", ExitCode::no_answer},
      {Kind::status, 504, "request.timeout", ExitCode::no_answer},
      {Kind::status, 302, "", ExitCode::failed},
  };
  for (const Row& row : rows) {
    ApiError error;
    error.kind = row.kind;
    error.status = row.status;
    error.code = row.code;
    EXPECT_EQ(exit_code_of(error), row.expected) << row.status << " " << row.code;
  }
}

}  // namespace
}  // namespace tallystick::cli
