#include "main/serve_options.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <map>

namespace tallystick {
namespace {

using Variables = std::map<std::string, std::string>;

class ServeOptionsTest : public testing::Test {
 protected:
  ServeOptionsTest() { add_serve_options(app_, options_); }
  ~ServeOptionsTest() override { std::filesystem::remove(file_); }

  Status<std::string> read(std::vector<std::string> arguments, const Variables& variables = {}) {
    std::reverse(arguments.begin(), arguments.end());
    app_.parse(std::move(arguments));
    return take_environment_and_file(app_, options_, [&](const std::string& name) {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
  }

  std::string write_file(const std::string& text) {
    std::ofstream(file_) << text;
    return file_;
  }

  const std::string file_ = testing::TempDir() + "serve_options_" + std::to_string(::getpid()) + ".toml";
  CLI::App app_;
  ServeOptions options_;
};

TEST_F(ServeOptionsTest, HaveTheirPublishedDefaults) {
  ASSERT_TRUE(read({}));
  const auto plan = plan_serving(options_);
  ASSERT_TRUE(plan) << plan.error();
  EXPECT_EQ(plan->server.listen.host, "127.0.0.1");
  EXPECT_EQ(plan->server.listen.port, 8080);
  EXPECT_EQ(options_.data_dir, "./data");
  EXPECT_EQ(plan->server.requests_per_minute, 300U);
  EXPECT_EQ(plan->server.limits.body_bytes_max, 32U * 1024 * 1024);
  EXPECT_EQ(plan->server.limits.batch_events_max, 10'000U);
  EXPECT_EQ(plan->server.limits.header_bytes_max, 16U * 1024);
  EXPECT_EQ(plan->server.limits.request_read_timeout, std::chrono::seconds(10));
  EXPECT_EQ(plan->reports.in_progress_after, std::chrono::seconds(2));
  EXPECT_EQ(options_.seal_after_events, 500'000U);
  EXPECT_FALSE(plan->test_clock);
  EXPECT_FALSE(plan->server.has_test_clock);
}

TEST_F(ServeOptionsTest, CommandLineBeatsEnvironmentBeatsFile) {
  const std::string file = write_file("rate-limit = 1\nworkers = 3\ndata = \"from-file\"\n");
  ASSERT_TRUE(read({"--config", file, "--rate-limit", "7"},
                   {{"TALLYSTICK_RATE_LIMIT", "5"}, {"TALLYSTICK_DATA", "from-environment"}}));
  EXPECT_EQ(options_.rate_limit, 7U);
  EXPECT_EQ(options_.data_dir, "from-environment");
  EXPECT_EQ(options_.workers, 3U);
}

TEST_F(ServeOptionsTest, TheFileItselfMayComeFromTheEnvironment) {
  const std::string file = write_file("insecure-http = true\n");
  ASSERT_TRUE(read({}, {{"TALLYSTICK_CONFIG", file}}));
  EXPECT_TRUE(options_.insecure_http);
}

TEST_F(ServeOptionsTest, WhatIsWrongIsNamedWithItsPlace) {
  struct Row {
    const char* file;
    Variables variables;
    const char* place;
    const char* words;
  };
  const Row rows[] = {
      {"listen = \"127.0.0.1:0\"\nrate = 5\n", {}, ":2:", "there is no option 'rate'"},
      {"config = \"other.toml\"\n", {}, ":1:", "there is no option 'config'"},
      {"workers = 0\n", {}, ":1:", "0"},
      {"workers = [1]\n", {}, ":1:", "'workers' must be a string, a whole number or a boolean"},
      {"workers = \n", {}, ":1:", ""},
      {"", {{"TALLYSTICK_RATE_LIMIT", "many"}}, "TALLYSTICK_RATE_LIMIT", "many"},
      {"", {{"TALLYSTICK_LOG_FORMAT", "xml"}}, "TALLYSTICK_LOG_FORMAT", "xml"},
  };
  for (const Row& row : rows) {
    CLI::App app;
    ServeOptions options;
    add_serve_options(app, options);
    options.config_file = write_file(row.file);
    app.parse(std::vector<std::string>{});
    const auto taken = take_environment_and_file(app, options, [&](const std::string& name) {
      const auto found = row.variables.find(name);
      return found == row.variables.end() ? std::nullopt : std::optional(found->second);
    });
    ASSERT_FALSE(taken) << row.file;
    EXPECT_NE(taken.error().find(row.place), std::string::npos) << taken.error();
    EXPECT_NE(taken.error().find(row.words), std::string::npos) << taken.error();
  }
}

TEST_F(ServeOptionsTest, AFileThatIsMissingIsNamed) {
  const auto taken = read({"--config", "/nowhere/at-all.toml"});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error(), "/nowhere/at-all.toml: File could not be opened for reading");
}

TEST(PlanServing, RefusesWhatWouldNotBeSafeOrCannotWork) {
  struct Row {
    const char* name;
    void (*change)(ServeOptions&);
    const char* words;  // nullptr: it is a plan
  };
  const Row rows[] = {
      {"as it is", [](ServeOptions&) {}, nullptr},
      {"no port", [](ServeOptions& o) { o.listen = "127.0.0.1"; }, "--listen"},
      {"port 65536", [](ServeOptions& o) { o.listen = "127.0.0.1:65536"; }, "--listen"},
      {"IPv6 loopback", [](ServeOptions& o) { o.listen = "[::1]:0"; }, nullptr},
      {"beyond loopback",
       [](ServeOptions& o) {
         o.listen = "0.0.0.0:8080";
         o.public_url = "https://billing.example.com";
       },
       "--insecure-http"},
      {"beyond loopback, insecure",
       [](ServeOptions& o) {
         o.listen = "0.0.0.0:8080";
         o.public_url = "https://billing.example.com";
         o.insecure_http = true;
       },
       nullptr},
      {"beyond loopback without an address to hand out",
       [](ServeOptions& o) {
         o.listen = "0.0.0.0:8080";
         o.insecure_http = true;
       },
       "--public-url"},
      {"an address to hand out that is none", [](ServeOptions& o) { o.public_url = "billing.example.com"; },
       "--public-url"},
      {"an address to hand out with a query", [](ServeOptions& o) { o.public_url = "https://b.example/?a=1"; },
       "--public-url"},
      {"certificate without key", [](ServeOptions& o) { o.tls_certificate_file = "c.pem"; }, "--tls-key"},
      {"another store", [](ServeOptions& o) { o.store_url = "postgresql://"; }, "--store"},
      {"no clock", [](ServeOptions& o) { o.clock = "noon"; }, "--clock"},
      {"admin on loopback", [](ServeOptions& o) { o.listen_admin = "127.0.0.1:9090"; }, nullptr},
      {"admin beyond loopback", [](ServeOptions& o) { o.listen_admin = "0.0.0.0:9090"; }, "--insecure-http"},
      {"admin beyond loopback, insecure",
       [](ServeOptions& o) {
         o.listen_admin = "0.0.0.0:9090";
         o.insecure_http = true;
       },
       nullptr},
      {"no admin address", [](ServeOptions& o) { o.listen_admin = "metrics"; }, "--listen-admin"},
  };
  for (const Row& row : rows) {
    ServeOptions options;
    row.change(options);
    const auto plan = plan_serving(options);
    if (row.words == nullptr) {
      EXPECT_TRUE(plan) << row.name << ": " << plan.error();
      continue;
    }
    ASSERT_FALSE(plan) << row.name;
    EXPECT_NE(plan.error().find(row.words), std::string::npos) << row.name << ": " << plan.error();
  }
}

TEST(PlanServing, AddressesToHandOutBeginWithThePublicUrl) {
  ServeOptions options;
  EXPECT_EQ(plan_serving(options)->server.public_url, "") << "then it is where the server listens";
  options.public_url = "https://billing.example.com/metering/";
  EXPECT_EQ(plan_serving(options)->server.public_url, "https://billing.example.com/metering");
}

TEST(PlanServing, ATestClockStartsWhereItIsTold) {
  ServeOptions options;
  options.clock = "2026-03-31T12:00:00Z";
  const auto plan = plan_serving(options);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->test_clock, core::parse_time("2026-03-31T12:00:00Z").value());
  EXPECT_TRUE(plan->server.has_test_clock);
}

}  // namespace
}  // namespace tallystick
