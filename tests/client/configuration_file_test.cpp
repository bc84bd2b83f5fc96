#include "tallystick/client/configuration_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "client/fake_transport.hpp"
#include "client/watched_profile.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick {
namespace {

using client::WatchedProfile;
using client_test::FakeTransport;
using client_test::header_of;
using std::chrono::milliseconds;

class ConfigurationFileTest : public testing::Test {
 protected:
  ConfigurationFileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tallystick-file-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ConfigurationFileTest() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& text, unsigned mode = 0600) const {
    std::ofstream(folder_ / "new", std::ios::binary) << text;
    ::chmod((folder_ / "new").c_str(), static_cast<mode_t>(mode));
    std::filesystem::rename(folder_ / "new", path());
  }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "config.toml"; }
  [[nodiscard]] std::string fault_of_open(const std::string& profile = "default") const {
    const auto file = ConfigurationFile::open(path(), profile);
    return file ? "no fault" : file.error().message;
  }

  std::filesystem::path folder_;
};

TEST_F(ConfigurationFileTest, EveryKeyIsTaken) {
  write(R"([profiles.partner]
base_url = "https://gateway.example/genesys"
token_address = "https://login.example/oauth/token"
client_id = "id"
client_secret = "s3cret"
connect_timeout = "2s"
request_timeout = "500ms"
retry_budget = "3m"
attempts_max = 7
answer_bytes_max = "64MiB"
keep_within_rate_limit = false
started_calls_max = 3
ca_file = "own/ca.pem"
client_certificate_file = "/etc/client.pem"
client_key_pem = "PEM"
client_key_password = "k3y"
proxy = "http://proxy.example:3128"
proxy_user = "ana"
proxy_password = "p4ss"
proxy_bypass = "example.com"
user_agent = "reports/2"
headers = {X-Gateway-Key = "k", X-Team = "billing"}
log_level = "debug"
log_format = "json"
)");
  const auto file = ConfigurationFile::open(path(), "partner");
  ASSERT_TRUE(file) << file.error().message;
  const Configuration read = (*file)->configuration();
  EXPECT_EQ(read.base_url, "https://gateway.example/genesys");
  EXPECT_EQ(read.token_address, "https://login.example/oauth/token");
  EXPECT_EQ(read.client_id, "id");
  EXPECT_EQ(read.client_secret, "s3cret");
  EXPECT_EQ(read.connect_timeout, milliseconds(2'000));
  EXPECT_EQ(read.request_timeout, milliseconds(500));
  EXPECT_EQ(read.retry_budget, milliseconds(180'000));
  EXPECT_EQ(read.attempts_max, 7);
  EXPECT_EQ(read.answer_bytes_max, 67'108'864U);
  EXPECT_FALSE(read.keep_within_rate_limit);
  EXPECT_EQ(read.started_calls_max, 3U);
  EXPECT_EQ(read.transport.authorities.file, (folder_ / "own/ca.pem").string()) << "beside the file";
  EXPECT_EQ(read.transport.client_certificate.file, "/etc/client.pem");
  EXPECT_EQ(read.transport.client_key.text, "PEM");
  EXPECT_EQ(read.transport.client_key_password, "k3y");
  EXPECT_EQ(
      read.transport.proxy,
      (ProxySettings{.url = "http://proxy.example:3128", .user = "ana", .password = "p4ss", .bypass = "example.com"}));
  EXPECT_EQ(read.user_agent, "reports/2");
  EXPECT_EQ(read.headers, (Headers{{"X-Gateway-Key", "k"}, {"X-Team", "billing"}}));
  EXPECT_EQ(read.log.level, LogLevel::debug);
  EXPECT_TRUE(read.log.json);
}

TEST_F(ConfigurationFileTest, TheBaseHoldsWhereTheProfileSaysNothing) {
  write("[profiles.default]\nregion = \"eu-central-1\"\n", 0644);
  Configuration base;
  base.client_id = "from the base";
  base.attempts_max = 9;
  const auto file = ConfigurationFile::open(path(), "default", base);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ((*file)->configuration().base_url, "https://api.mypurecloud.de");
  EXPECT_EQ((*file)->configuration().client_id, "from the base");
  EXPECT_EQ((*file)->configuration().attempts_max, 9);
}

TEST_F(ConfigurationFileTest, FaultsNameLineAndColumnAndWhatWasMeant) {
  const std::string file = path().string();
  const std::string in_first = "[profiles.default]\n";
  const std::pair<std::string, std::string> rows[] = {
      {in_first + "clientid = \"x\"", ":2:1: \"clientid\" is no key of a profile, did you mean \"client_id\"?"},
      {in_first + "client_id = 5", ":2:13: \"client_id\" must be a string"},
      {in_first + "request_timeout = 30", ":2:19: \"request_timeout\" must be a duration in a string, such as \"30s\""},
      {in_first + "request_timeout = \"soon\"",
       ":2:19: \"request_timeout\" is \"soon\"; write it like 30s, 500ms or 2m"},
      {in_first + "attempts_max = 0", ":2:16: \"attempts_max\" is 0; it must be 1 to 1000"},
      {in_first + "attempts_max = \"4\"", ":2:16: \"attempts_max\" must be a whole number"},
      {in_first + "answer_bytes_max = \"64MB\"",
       ":2:20: \"answer_bytes_max\" is \"64MB\"; write it like 64MiB or 1GiB, with a whole number from 1 to 1024"},
      {in_first + "keep_within_rate_limit = 1", ":2:26: \"keep_within_rate_limit\" must be true or false"},
      {in_first + "region = \"eu_centrl_1\"", ":2:10: \"region\" is \"eu_centrl_1\", did you mean \"eu_central_1\"?"},
      {in_first + "log_level = \"debgu\"",
       ":2:13: \"log_level\" is \"debgu\", did you mean \"debug\"? It is one of error, warning, info, debug, trace"},
      {in_first + "headers = {a = 1}", ":2:11: \"headers\" must be a table of strings"},
      {in_first + "proxy_user = \"ana\"", ":1:1: a profile that says how to use a proxy has its address too, as proxy"},
      {in_first + "ca_file = \"a\"\nca_pem = \"b\"", ":1:1: a profile has ca_file or ca_pem, not both"},
  };
  for (const auto& [text, fault] : rows) {
    write(text);
    EXPECT_EQ(fault_of_open(), file + fault) << text;
  }
  write("[profiles.default");
  EXPECT_TRUE(fault_of_open().starts_with(file + ":1:")) << fault_of_open();
  write("[profiles.partner]\n");
  EXPECT_EQ(fault_of_open("partnr"), file + " has no table [profiles.partnr], did you mean \"partner\"?");
  std::filesystem::remove(path());
  EXPECT_EQ(fault_of_open(), file + " cannot be read: No such file or directory");
}

TEST_F(ConfigurationFileTest, ASecretIsForItsOwnerAlone) {
  for (const std::string key : {"client_secret = \"a\"", "client_key_pem = \"a\"", "client_key_password = \"a\"",
                                "proxy = \"http://p:1\"\nproxy_password = \"a\"", "headers = {a = \"b\"}"}) {
    write("[profiles.default]\n" + key + "\n", 0640);
    EXPECT_EQ(fault_of_open(),
              path().string() + " has a secret in it and others can read it: run chmod 600 " + path().string());
    write("[profiles.default]\n" + key + "\n", 0600);
    EXPECT_EQ(fault_of_open(), "no fault") << key;
  }
}

TEST_F(ConfigurationFileTest, AChangeIsTakenOnceItIsWhole) {
  write("[profiles.default]\nclient_id = \"one\"\n");
  WatchedProfile profile(path(), "default", {});
  auto now = WatchedProfile::Time(std::chrono::hours(1));
  ASSERT_TRUE(profile.read(now));
  const auto later = [&](milliseconds time) {
    now += time;
    return profile.read_if_changed(now);
  };
  EXPECT_FALSE(later(WatchedProfile::look_interval)) << "nothing changed";
  write("[profiles.default]\nclient_id = \"two\"\n");
  EXPECT_FALSE(later(milliseconds(1))) << "no look is due";
  EXPECT_FALSE(later(WatchedProfile::look_interval)) << "somebody may be writing it";
  // Longer, so that it is another file however coarse the clock of the file system is.
  write("[profiles.default]\nclient_id = \"three\"\n");
  EXPECT_FALSE(later(WatchedProfile::settling_time)) << "somebody was";
  const auto taken = later(WatchedProfile::settling_time);
  ASSERT_TRUE(taken && *taken);
  EXPECT_EQ((*taken)->configuration.client_id, "three");
  EXPECT_FALSE(later(WatchedProfile::look_interval)) << "it is known now";

  write("[profiles.default]\nclient_id = ");
  EXPECT_FALSE(later(WatchedProfile::look_interval));
  const auto faulty = later(WatchedProfile::settling_time);
  ASSERT_TRUE(faulty && !*faulty);
  EXPECT_FALSE(later(WatchedProfile::look_interval)) << "told once";
  EXPECT_LE(WatchedProfile::look_interval + WatchedProfile::settling_time, std::chrono::seconds(1));
}

TEST_F(ConfigurationFileTest, AConnectionAsksWithTheNewSettingsAndKeepsItsToken) {
  const auto text = [](const std::string& agent) {
    return "[profiles.default]\nbase_url = \"http://127.0.0.1:8080\"\nclient_id = \"id\"\nclient_secret = \"s3cret\"\n"
           "user_agent = \"" +
           agent + "\"\n";
  };
  write(text("one"));
  std::vector<std::string> warnings;
  Configuration base;
  base.log.sink = [&](LogLevel level, std::string_view line) {
    if (level == LogLevel::warning) warnings.emplace_back(line);
  };
  auto file = ConfigurationFile::open(path(), "default", base);
  ASSERT_TRUE(file) << file.error().message;
  const auto transport =
      client_test::with_token([](const HttpRequest&) { return HttpResponse{.status = 200, .body = "{}"}; });
  const Connection connection(*file, transport);
  const auto agent_of_a_call = [&] {
    EXPECT_TRUE(connection.send({.path = "/x"}).result);
    return header_of(transport->requests(false).back(), "User-Agent");
  };
  EXPECT_EQ(agent_of_a_call(), "one");
  write(text("another"));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (agent_of_a_call() != "another") ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  write("[profiles.default");
  while (warnings.empty()) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    EXPECT_EQ(agent_of_a_call(), "another");
  }
  EXPECT_NE(warnings.front().find("what was configured before stays in force"), std::string::npos) << warnings.front();
  EXPECT_EQ(transport->requests(true).size(), 1U) << "one token for all of it";
}

}  // namespace
}  // namespace tallystick
