#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "saml/assertion_sample.hpp"

namespace tallystick::test {
namespace {

/// Whatever it is, it is refused, or it says what the original says.
void expect_harmless(const std::string& xml, const std::string& what) {
  const auto verified = saml::verify(xml, expecting(identity_provider()));
  if (!verified) return;
  EXPECT_EQ(verified->subject, "ana@example.com") << what;
  EXPECT_EQ(verified->issuer, "https://idp.example.com") << what;
  EXPECT_EQ(verified->id, "_a1") << what;
  EXPECT_EQ(core::to_string(verified->expires), "2026-04-01T10:07:00.000Z") << what;
}

TEST(Mutation, EveryByteChanged) {
  const std::string good = response_around(signed_assertion());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char flip : {'\x01', '\x10', '\x20'}) {
      std::string changed = good;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      expect_harmless(changed, "byte " + std::to_string(at));
    }
  }
}

TEST(Mutation, EveryByteLeftOutAndEveryEndCutOff) {
  const std::string good = response_around(signed_assertion());
  for (std::size_t at = 0; at < good.size(); ++at) {
    expect_harmless(std::string(good).erase(at, 1), "without byte " + std::to_string(at));
    EXPECT_FALSE(saml::verify(good.substr(0, at), expecting(identity_provider()))) << "cut at " << at;
  }
}

/// Pieces of the document, moved and repeated.
TEST(Mutation, PiecesMoved) {
  const std::string good = response_around(signed_assertion());
  EXPECT_TRUE(rc::check("a piece copied to elsewhere", [&] {
    const auto size = static_cast<int>(good.size());
    const auto from = static_cast<std::size_t>(*rc::gen::inRange(0, size));
    const auto length = static_cast<std::size_t>(*rc::gen::inRange(1, size));
    const auto to = static_cast<std::size_t>(*rc::gen::inRange(0, size));
    expect_harmless(std::string(good).insert(to, good.substr(from, length)), "moved");
  }));
}

TEST(Mutation, RandomBytesAreRefused) {
  EXPECT_TRUE(rc::check("no assertion", [](const std::string& bytes) {
    RC_ASSERT(!saml::verify(bytes, expecting(identity_provider())));
    RC_ASSERT(!saml::issuer_of("<" + bytes));
  }));
}

}  // namespace
}  // namespace tallystick::test
