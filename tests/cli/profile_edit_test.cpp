#include "cli/profile_edit.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "client/profile_text.hpp"

namespace tallystick::cli {
namespace {

using Settings = std::vector<ProfileSetting>;

const Settings log_in{{"base_url", "https://new.example"}, {"client_secret", std::nullopt}, {"grant", "refresh_token"}};

struct Row {
  const char* what;
  const char* before;
  const char* profile;
  Settings settings;
  const char* after;
};

TEST(ProfileEdit, ChangesWhatIsToChangeAlone) {
  const Row rows[] = {
      {"an empty file", "", "default", {{"client_id", "a"}}, "[profiles.default]\nclient_id = \"a\"\n"},
      {"a new profile",
       "# mine\n[profiles.a]\nclient_id = 'x' # id\n",
       "b",
       {{"client_id", "b"}},
       "# mine\n[profiles.a]\nclient_id = 'x' # id\n\n[profiles.b]\nclient_id = \"b\"\n"},
      {"no line end at the end",
       "[profiles.a]\nclient_id = 'x'",
       "a",
       {{"region", "r"}},
       "[profiles.a]\nclient_id = 'x'\nregion = \"r\"\n"},
      {"a new profile after no line end",
       "[profiles.a]",
       "b",
       {{"region", "r"}},
       "[profiles.a]\n\n[profiles.b]\nregion = \"r\"\n"},
      {"values in their places",
       "[profiles.default] # the usual one\n  base_url   =   \"https://old.example\"   # why\n# secret:\n"
       "client_secret = \"s\"  # gone\n\n[profiles.other]\nclient_secret = \"kept\"\n",
       "default", log_in,
       "[profiles.default] # the usual one\n  base_url   =   \"https://new.example\"   # why\n# secret:\n"
       "grant = \"refresh_token\"\n\n[profiles.other]\nclient_secret = \"kept\"\n"},
      {"names in quotes",
       "[ profiles . \"a b\" ]\nregion = 'r'\n",
       "a b",
       {{"region", "s"}},
       "[ profiles . \"a b\" ]\nregion = \"s\"\n"},
      {"a name that needs quotes", "", "a b", {{"region", "s"}}, "[profiles.\"a b\"]\nregion = \"s\"\n"},
      {"text that looks like a header",
       "[profiles.a]\nca_pem = \"\"\"\n[profiles.b]\nclient_id = 'no'\n\"\"\"\nclient_key_pem = '''\n[profiles.b]'''\n"
       "[profiles.b]\nclient_id = 'yes'\n",
       "b",
       {{"client_id", "new"}},
       "[profiles.a]\nca_pem = \"\"\"\n[profiles.b]\nclient_id = 'no'\n\"\"\"\nclient_key_pem = '''\n[profiles.b]'''\n"
       "[profiles.b]\nclient_id = \"new\"\n"},
      {"a quote and an escape before a comment",
       "[profiles.a]\nclient_id = \"a\\\"#b\" # c\n",
       "a",
       {{"client_id", "d"}},
       "[profiles.a]\nclient_id = \"d\" # c\n"},
      {"a table below",
       "[profiles.a]\nregion = 'r'\n\n[profiles.a.headers]\nX = 'client_id'\n",
       "a",
       {{"client_id", "d"}},
       "[profiles.a]\nregion = 'r'\nclient_id = \"d\"\n\n[profiles.a.headers]\nX = 'client_id'\n"},
      {"an array of several lines",
       "[profiles.a]\nlist = [ # [\n  ']',\n]\nregion = 'r'\n",
       "a",
       {{"list", std::nullopt}},
       "[profiles.a]\nregion = 'r'\n"},
      {"lines of Windows",
       "[profiles.a]\r\nclient_id = 'x' # id\r\n",
       "a",
       {{"client_id", "y"}, {"region", "r"}},
       "[profiles.a]\r\nclient_id = \"y\" # id\r\nregion = \"r\"\r\n"},
      {"nothing to remove", "[profiles.a]\n", "a", {{"grant", std::nullopt}}, "[profiles.a]\n"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(with_profile_settings(row.before, row.profile, row.settings).value_or("(absent)"), row.after) << row.what;
  }
}

TEST(ProfileEdit, WhatItWritesIsReadBack) {
  const std::string secret = "quote \" backslash \\ tab \t \x01 umlaut \xc3\xa4 # [x]";
  const auto text =
      with_profile_settings("[profiles.a]\nclient_id='a'\n", "we\"ird", Settings{{"client_secret", secret}});
  ASSERT_TRUE(text);
  const auto reading = client::read_profile_text(*text, "config.toml", "we\"ird", Configuration{});
  ASSERT_TRUE(reading) << reading.error().message;
  EXPECT_EQ(reading->configuration.client_secret, secret);
  EXPECT_TRUE(client::read_profile_text(*text, "config.toml", "a", Configuration{}));
}

// An inline table is not edited; the second definition is what the reader of the result objects to.
TEST(ProfileEdit, OtherFormsAreFoundOutByReading) {
  for (const char* before : {"[profiles]\na = {client_id = 'x'}\n", "profiles.a.client_id = 'x'\n"}) {
    const auto text = with_profile_settings(before, "a", Settings{{"client_id", "y"}});
    ASSERT_TRUE(text);
    const auto reading = client::read_profile_text(*text, "config.toml", "a", Configuration{});
    EXPECT_FALSE(reading) << *text;
  }
  for (const char* broken : {"[profiles.a", "client_id = \"open\n", "= 3\n", "list = [1,\n", "key =\n"}) {
    EXPECT_FALSE(with_profile_settings(broken, "a", Settings{{"client_id", "y"}})) << broken;
  }
}

}  // namespace
}  // namespace tallystick::cli
