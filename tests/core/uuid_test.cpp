#include "tallystick/core/uuid.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tallystick::core {
namespace {

TEST(UuidParse, ReadsBothCasesAsOneValue) {
  const auto lower = Uuid::parse("8c4f0d3e-0a1b-4c2d-8e3f-abcdefabcdef");
  const auto upper = Uuid::parse("8C4F0D3E-0A1B-4C2D-8E3F-ABCDEFABCDEF");
  ASSERT_TRUE(lower && upper);
  EXPECT_EQ(*lower, *upper);
  EXPECT_EQ(upper->to_string(), "8c4f0d3e-0a1b-4c2d-8e3f-abcdefabcdef");
}

TEST(UuidParse, RefusesEverythingElse) {
  for (const std::string_view text : {"", "8c4f0d3e0a1b4c2d8e3fabcdefabcdef", "{8c4f0d3e-0a1b-4c2d-8e3f-abcdefabcdef}",
                                      "8c4f0d3e-0a1b-4c2d-8e3f-abcdefabcde", "8c4f0d3e-0a1b-4c2d-8e3f-abcdefabcdef0",
                                      "8c4f0d3e-0a1b-4c2d-8e3f-abcdefabcdeg", "8c4f0d3e_0a1b-4c2d-8e3f-abcdefabcdef"}) {
    EXPECT_FALSE(Uuid::parse(text)) << text;
  }
}

TEST(UuidFromName, IsVersion5OfRfc9562) {
  // RFC 9562, appendix A.4: the DNS namespace and www.example.com.
  const auto dns = Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  ASSERT_TRUE(dns);
  EXPECT_EQ(Uuid::from_name(*dns, "www.example.com").to_string(), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(OperatorOrganization, HasThePublishedId) {
  EXPECT_EQ(operator_organization_id.to_string(), "00000000-0000-4000-8000-000000000001");
}

RC_GTEST_PROP(UuidProperty, TextRoundTrips, ()) {
  Uuid id;
  for (auto& byte : id.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
  RC_ASSERT(Uuid::parse(id.to_string()) == id);
}

RC_GTEST_PROP(UuidProperty, RandomOnesSayVersionAndVariant, ()) {
  std::array<std::uint8_t, 16> random{};
  for (auto& byte : random) byte = *rc::gen::arbitrary<std::uint8_t>();
  const std::string text = Uuid::from_random(random).to_string();
  RC_ASSERT(text[14] == '4');
  RC_ASSERT(std::string_view("89ab").find(text[19]) != std::string_view::npos);
}

}  // namespace
}  // namespace tallystick::core
