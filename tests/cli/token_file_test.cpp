#include "cli/token_file.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command_run.hpp"
#include "cli/file_lock.hpp"

namespace tallystick::cli {
namespace {

using cli_test::TemporaryFolder;

class TokenFile : public testing::Test {
 protected:
  static Configuration partner() {
    Configuration configuration;
    configuration.base_url = "http://127.0.0.1:8080";
    configuration.client_id = "partner";
    configuration.client_secret = "s3cret";
    return configuration;
  }
  [[nodiscard]] std::string file() const { return folder_.path("state/tallystick/tokens/default.json"); }
  FileTokenStore store(const Configuration& configuration = partner()) {
    return {file(), configuration, [this](const std::string& words) { told_.push_back(words); }};
  }

  const StoredTokens tokens_{.access_token = "access-1",
                             .expires_at = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1},
                             .refresh_token = "refresh-1"};
  TemporaryFolder folder_;
  std::vector<std::string> told_;
};

TEST_F(TokenFile, KeepsTokensForItsOwnerAlone) {
  FileTokenStore store(file(), partner(), [](const std::string&) {});
  EXPECT_FALSE(store.load());
  store.save(tokens_);
  EXPECT_EQ(store.load(), tokens_);
  struct stat status {};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(folder_.path("state/tallystick/tokens").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);

  StoredTokens without_refresh = tokens_;
  without_refresh.refresh_token.clear();
  store.save(without_refresh);
  EXPECT_EQ(store.load(), without_refresh);
  EXPECT_EQ(TemporaryFolder::read(file()).find("refresh"), std::string::npos);
  EXPECT_EQ(TemporaryFolder::read(file()).find("s3cret"), std::string::npos);

  store.clear();
  EXPECT_FALSE(store.load());
  store.clear();
}

// A token must never go to another service than the one that gave it.
TEST_F(TokenFile, GivesTokensToNobodyElse) {
  store().save(tokens_);
  const auto changed = [](auto change) {
    Configuration other = partner();
    change(other);
    return other;
  };
  const Configuration others[] = {
      changed([](Configuration& other) { other.base_url = "http://127.0.0.1:8081"; }),
      changed([](Configuration& other) { other.token_address = "http://127.0.0.1:8082/oauth/token"; }),
      changed([](Configuration& other) { other.client_id = "partner2"; }),
      changed([](Configuration& other) { other.client_secret = "changed"; }),
      changed([](Configuration& other) { other.client_secret.clear(); }),
  };
  for (const Configuration& other : others) EXPECT_FALSE(store(other).load());
  EXPECT_EQ(store().load(), tokens_);
}

TEST_F(TokenFile, WhatIsNoTokenFileIsNone) {
  for (const char* text : {"", "{", "[]", "{\"accessToken\":\"a\"}", "\xff\xfe"}) {
    folder_.write("state/tallystick/tokens/default.json", text);
    EXPECT_FALSE(store().load()) << text;
  }
  folder_.write("state/tallystick/tokens/default.json", std::string(2U << 20U, ' '));
  EXPECT_FALSE(store().load());
  store().save(tokens_);
  EXPECT_EQ(store().load(), tokens_);
  EXPECT_TRUE(told_.empty());
}

TEST_F(TokenFile, SaysWhatCannotBeKept) {
  folder_.write("state/tallystick/tokens", "a file where the folder would be");
  store().save(tokens_);
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_TRUE(told_.front().starts_with("the token is not kept")) << told_.front();
  EXPECT_FALSE(store().load());
  EXPECT_EQ(told_.front().find("access-1"), std::string::npos);
}

TEST_F(TokenFile, IsHeldByOneProcessAtATime) {
  const std::string lock = folder_.write("lock", "");
  int ready[2];
  int release[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(release), 0);
  const pid_t other = ::fork();
  if (other == 0) {
    ::close(release[1]);
    const auto held = lock_file(lock, std::chrono::seconds(1));
    char byte = held ? 'y' : 'n';
    (void)!::write(ready[1], &byte, 1);
    (void)!::read(release[0], &byte, 1);
    ::_exit(0);
  }
  ::close(release[0]);
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  EXPECT_FALSE(lock_file(lock, std::chrono::milliseconds(0)));
  // A process that ends lets it go, however it ends.
  ::close(release[1]);
  int status = 0;
  ASSERT_EQ(::waitpid(other, &status, 0), other);
  const auto held = lock_file(lock, std::chrono::milliseconds(0));
  EXPECT_TRUE(held);
  EXPECT_FALSE(lock_file(lock, std::chrono::milliseconds(0)));
}

TEST_F(TokenFile, ProfilesAndClientsHaveFilesOfTheirOwn) {
  std::ostringstream out;
  std::istringstream in;
  const auto with = [&](const char* variable, const char* value) {
    return Terminal{.out = out, .err = out, .in = in, .environment = [=](const std::string& name) {
                      return name == variable ? std::optional<std::string>(value) : std::nullopt;
                    }};
  };
  const Terminal state = with("XDG_STATE_HOME", "/state");
  EXPECT_EQ(token_file_of_profile(state, "default"), "/state/tallystick/tokens/default.json");
  EXPECT_EQ(token_file_of_profile(state, "../@x"), "/state/tallystick/tokens/..%2F%40x.json");
  EXPECT_EQ(token_file_of_profile(with("HOME", "/home/a"), "p"), "/home/a/.local/state/tallystick/tokens/p.json");
  EXPECT_FALSE(token_file_of_profile(with("OTHER", "x"), "p"));
  const auto one = token_file_of_client(state, partner());
  Configuration other = partner();
  other.base_url = "http://127.0.0.1:8081";
  EXPECT_NE(one, token_file_of_client(state, other));
  EXPECT_EQ(one, token_file_of_client(state, partner()));
  EXPECT_TRUE(one->string().starts_with("/state/tallystick/tokens/@")) << *one;
}

}  // namespace
}  // namespace tallystick::cli
