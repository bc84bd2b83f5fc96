#include "server/compression.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "server/compressed_text.hpp"

namespace tallystick::server {
namespace {

using test::gzipped;
using test::zstandard;

constexpr std::size_t plenty = 1'000'000;

struct Coder {
  ContentCoding coding;
  std::string (*pack)(std::string_view);
};

class Compression : public testing::TestWithParam<Coder> {};
INSTANTIATE_TEST_SUITE_P(Codings, Compression,
                         testing::Values(Coder{ContentCoding::gzip, gzipped}, Coder{ContentCoding::zstd, zstandard}),
                         [](const auto& coder) { return coder.index == 0 ? "gzip" : "zstd"; });

TEST_P(Compression, GivesBackWhatWasPacked) {
  EXPECT_TRUE(rc::check([this](const std::string& text) {
    const auto inflated = inflate(GetParam().pack(text), GetParam().coding, plenty);
    RC_ASSERT(inflated.has_value());
    RC_ASSERT(*inflated == text);
  }));
}

TEST_P(Compression, PiecesOneAfterTheOtherAreOneBody) {
  const auto inflated =
      inflate(GetParam().pack("one\n") + GetParam().pack("") + GetParam().pack("two\n"), GetParam().coding, plenty);
  ASSERT_TRUE(inflated);
  EXPECT_EQ(*inflated, "one\ntwo\n");
}

TEST_P(Compression, LimitIsOnTheInflatedBytes) {
  const std::string text(200'000, 'x');
  const std::string packed = GetParam().pack(text);
  EXPECT_EQ(inflate(packed, GetParam().coding, text.size()).value(), text);
  EXPECT_EQ(inflate(packed, GetParam().coding, text.size() - 1).error(), InflateFault::too_large);
}

TEST_P(Compression, BombIsStoppedEarly) {
  // 256 MiB of zeros in a few hundred kilobytes at most.
  const std::string packed = GetParam().pack(std::string(std::size_t{256} << 20U, '\0'));
  ASSERT_LT(packed.size(), 400'000U);
  EXPECT_EQ(inflate(packed, GetParam().coding, plenty).error(), InflateFault::too_large);
}

TEST_P(Compression, EveryCutIsNoticed) {
  const std::string packed = GetParam().pack("a body that is long enough to have a middle, and a middle, and an end");
  for (std::size_t length = 0; length < packed.size(); ++length) {
    const auto inflated = inflate(packed.substr(0, length), GetParam().coding, plenty);
    ASSERT_FALSE(inflated) << length << " of " << packed.size();
    EXPECT_EQ(inflated.error(), InflateFault::malformed);
  }
}

TEST_P(Compression, OtherBytesAreNoBody) {
  for (const std::string& body : {std::string("plain text"), GetParam().pack("x") + "rubbish"}) {
    EXPECT_EQ(inflate(body, GetParam().coding, plenty).error(), InflateFault::malformed);
  }
}

TEST(Gzip, DamageIsNoticedByItsChecksum) {
  std::string packed = gzipped("some text that is worth protecting");
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);
  EXPECT_EQ(inflate(packed, ContentCoding::gzip, plenty).error(), InflateFault::malformed);
}

TEST(Identity, HasTheLimitToo) {
  EXPECT_EQ(inflate("12345", ContentCoding::identity, 5).value(), "12345");
  EXPECT_EQ(inflate("12345", ContentCoding::identity, 4).error(), InflateFault::too_large);
}

TEST(ContentCodingField, IsReadWithoutCase) {
  const std::pair<std::string_view, std::optional<ContentCoding>> rows[] = {
      {"", ContentCoding::identity},
      {"identity", ContentCoding::identity},
      {"gzip", ContentCoding::gzip},
      {"GZIP", ContentCoding::gzip},
      {"x-gzip", ContentCoding::gzip},
      {" zstd ", ContentCoding::zstd},
      {"br", std::nullopt},
      {"deflate", std::nullopt},
      {"gzip, gzip", std::nullopt},
      {"gzip;q=1", std::nullopt},
  };
  for (const auto& [field, coding] : rows) EXPECT_EQ(parse_content_coding(field), coding) << field;
}

}  // namespace
}  // namespace tallystick::server
