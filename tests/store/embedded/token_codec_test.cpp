#include <gtest/gtest.h>

#include <string>

#include "store/embedded/byte_codec.hpp"
#include "store/embedded/catalog_codec.hpp"
#include "store/usage_events.hpp"

namespace tallystick::store::embedded {
namespace {

using test::at;

Token person_token() {
  Token token;
  token.client_id = "app";
  token.expires = at("2026-03-01T00:00:00Z");
  token.secret_hash = "fingerprint";
  token.use = TokenUse::refresh;
  token.user_id = "ana";
  token.client_was_authenticated = false;
  token.family.fill(7);
  return token;
}

TEST(TokenCodec, ATokenOfFormat5IsOfAClientForItself) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u8(1);
  writer.text("app");
  writer.time(at("2026-03-01T00:00:00Z"));
  writer.text("fingerprint");
  Token expected;
  expected.client_id = "app";
  expected.expires = at("2026-03-01T00:00:00Z");
  expected.secret_hash = "fingerprint";
  Token token;
  ASSERT_TRUE(decode(bytes, token));
  EXPECT_EQ(token, expected);
}

TEST(TokenCodec, NoPartOfATokenIsTakenForOne) {
  const std::string bytes = encode(person_token());
  Token token;
  ASSERT_TRUE(decode(bytes, token));
  EXPECT_EQ(token, person_token());
  for (std::size_t kept = 0; kept < bytes.size(); ++kept) EXPECT_FALSE(decode(bytes.substr(0, kept), token)) << kept;
  EXPECT_FALSE(decode(bytes + "x", token));
}

TEST(TokenCodec, AnUnknownUseOrVersionIsRefused) {
  Token spent = person_token();
  spent.use = TokenUse::spent;
  const std::string as_spent = encode(spent);
  const std::string as_refresh = encode(person_token());
  std::size_t use_at = 0;
  while (as_spent[use_at] == as_refresh[use_at]) ++use_at;
  std::string unknown_use = as_spent;
  unknown_use[use_at] = 3;
  std::string unknown_version = as_spent;
  unknown_version[0] = 3;
  Token token;
  EXPECT_TRUE(decode(as_spent, token));
  EXPECT_FALSE(decode(unknown_use, token));
  EXPECT_FALSE(decode(unknown_version, token));
}

}  // namespace
}  // namespace tallystick::store::embedded
