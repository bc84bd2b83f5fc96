#include "app/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/operator_client.hpp"
#include "app/permission.hpp"
#include "app/verified_secrets.hpp"

namespace tallystick::app {
namespace {

RandomBytes counting_bytes() {
  return [](std::span<std::uint8_t> bytes) {
    std::uint8_t next = 0;
    for (auto& byte : bytes) byte = next++;
  };
}

// Made by the argon2 program of Debian from "password" and the salt "somesalt".
constexpr const char* one_lane = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
constexpr const char* two_lanes =
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

TEST(Secret, IsBase64UrlOf32Bytes) {
  EXPECT_EQ(make_secret(counting_bytes()), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  EXPECT_EQ(make_secret(counting_bytes()).size(), made_secret_bytes);
}

TEST(Secret, HashFitsItsSecretAlone) {
  const std::string hash = hash_secret("correct horse");
  EXPECT_TRUE(is_acceptable_secret_hash(hash));
  EXPECT_TRUE(verify_secret("correct horse", hash));
  EXPECT_FALSE(verify_secret("correct horsf", hash));
  EXPECT_FALSE(verify_secret("", hash));
  EXPECT_NE(hash_secret("correct horse"), hash) << "each hash has a salt of its own";
}

TEST(Secret, HashesOfOtherProgramsFit) {
  for (const auto* hash : {one_lane, two_lanes}) {
    EXPECT_TRUE(is_acceptable_secret_hash(hash)) << hash;
    EXPECT_TRUE(verify_secret("password", hash)) << hash;
    EXPECT_FALSE(verify_secret("Password", hash)) << hash;
  }
}

TEST(Secret, UnmatchableHashCostsAsMuchAsAMadeOne) {
  const auto parameters = [](const std::string& hash) {
    return hash.substr(0, hash.find('$', std::string("$argon2id$v=19$").size()));
  };
  EXPECT_TRUE(is_acceptable_secret_hash(unmatchable_secret_hash()));
  EXPECT_EQ(parameters(unmatchable_secret_hash()), parameters(hash_secret("x")));
  EXPECT_FALSE(verify_secret("x", unmatchable_secret_hash()));
}

TEST(Secret, AcceptableHashes) {
  const std::string tail = "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  const std::vector<std::pair<std::string, bool>> table{
      {"$argon2id$v=19$m=262144,t=4,p=1" + tail, true},
      {"$argon2id$v=19$m=262145,t=4,p=1" + tail, false},
      {"$argon2id$v=19$m=262144,t=5,p=1" + tail, false},
      {"$argon2id$v=19$m=65536,t=3,p=4" + tail, true},
      {"$argon2id$v=19$m=65536,t=3,p=17" + tail, false},
      {"$argon2id$v=19$m=8,t=1,p=2" + tail, false},
      {"$argon2id$v=19$m=0,t=1,p=1" + tail, false},
      {"$argon2id$v=19$m=64,t=0,p=1" + tail, false},
      {"$argon2id$v=19$m=064,t=1,p=1" + tail, false},
      {"$argon2id$v=19$m=-64,t=1,p=1" + tail, false},
      {"$argon2id$v=19$m=18446744073709551680,t=1,p=1" + tail, false},
      {"$argon2id$v=16$m=64,t=1,p=1" + tail, false},
      {"$argon2i$v=19$m=64,t=1,p=1" + tail, false},
      {"$argon2d$v=19$m=64,t=1,p=1" + tail, false},
      {"$2b$12$abcdefghijklmnopqrstuv", false},
      {"$argon2id$v=19$m=64,t=1,p=1", false},
      {"$argon2id$v=19$m=64,t=1,p=1$$" + tail, false},
      {"$argon2id$v=19$m=64,t=1,p=1$c29t$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", false},
      {"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$nf65", false},
      {"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=", false},
      {"$argon2id$v=19$m=64,t=1,p=1$c29t*XNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", false},
      {"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + std::string(200, 'A'), false},
      {"", false},
  };
  for (const auto& [hash, is_acceptable] : table) EXPECT_EQ(is_acceptable_secret_hash(hash), is_acceptable) << hash;
}

TEST(VerifiedSecrets, RemembersWhatWasVerified) {
  VerifiedSecrets secrets(counting_bytes());
  EXPECT_FALSE(secrets.remembers("a", one_lane, "password"));
  EXPECT_FALSE(secrets.verify("a", one_lane, "wrong"));
  EXPECT_FALSE(secrets.remembers("a", one_lane, "wrong"));
  EXPECT_TRUE(secrets.verify("a", one_lane, "password"));
  EXPECT_TRUE(secrets.remembers("a", one_lane, "password"));
  EXPECT_TRUE(secrets.verify("a", one_lane, "password"));
  EXPECT_FALSE(secrets.remembers("a", one_lane, "passworD"));
  EXPECT_FALSE(secrets.remembers("b", one_lane, "password")) << "another client";
  EXPECT_FALSE(secrets.remembers("a", two_lanes, "password")) << "the stored hash changed";
}

TEST(VerifiedSecrets, PartsDoNotRunIntoEachOther) {
  VerifiedSecrets secrets(counting_bytes());
  secrets.remember("a", "hash", "secret");
  EXPECT_FALSE(secrets.remembers("a", "hashs", "ecret"));
  EXPECT_TRUE(secrets.remembers("a", "hash", "secret"));
}

TEST(Operator, HoldsEverything) {
  const NewOperator made = make_operator(counting_bytes());
  EXPECT_EQ(made.client.id, "operator");
  EXPECT_EQ(made.client.organization, core::operator_organization_id);
  EXPECT_TRUE(verify_secret(made.secret, made.client.secret_hash));
  for (const std::string_view permission :
       {"tallystick:catalog:edit", "tallystick:event:add", "billing:subscription:view"}) {
    EXPECT_TRUE(holds_any(made.client.permissions, std::span(&permission, 1))) << permission;
  }
}

}  // namespace
}  // namespace tallystick::app
