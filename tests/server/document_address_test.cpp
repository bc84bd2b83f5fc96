#include "server/document_address.hpp"

#include <gtest/gtest.h>

#include "app/sample_catalog.hpp"

namespace tallystick::server {
namespace {

const core::Uuid invoice = test::uuid("55555555-5555-4555-8555-555555555555");
const core::TimePoint now = test::at("2026-04-01T00:00:00.999Z");

SigningKey key_of(std::uint8_t filler) {
  SigningKey key;
  key.fill(filler);
  return key;
}

/// Reads an address as the route does.
std::optional<DocumentName> read(const std::string& address, core::TimePoint at, const SigningKey& key = key_of(1)) {
  const Target target = parse_target(address).value();
  return read_document_address(key, target.segments.back(), target.query.value(), at);
}

TEST(DocumentAddress, LeadsToItsDocumentUntilItExpires) {
  for (const DocumentFormat format : {DocumentFormat::pdf, DocumentFormat::xlsx, DocumentFormat::csv}) {
    const std::string address = sign_document_address(key_of(1), {invoice, format}, now);
    EXPECT_TRUE(address.starts_with("/tallystick/v1/documents/55555555-5555-4555-8555-555555555555." +
                                    std::string(to_string(format)) + "?expires="));
    const DocumentName expected{invoice, format};
    EXPECT_EQ(read(address, now), expected);
    EXPECT_EQ(read(address, now + std::chrono::minutes(10)), expected);
    EXPECT_EQ(read(address, now + std::chrono::minutes(10) + std::chrono::seconds(1)), std::nullopt) << "late";
    EXPECT_EQ(read(address, now, key_of(2)), std::nullopt) << "another server's";
  }
}

TEST(DocumentAddress, NothingInItCanBeChanged) {
  const std::string address = sign_document_address(key_of(1), {invoice, DocumentFormat::pdf}, now);
  // Each character of name, expiry and signature in turn.
  for (std::size_t i = documents_path.size(); i < address.size(); ++i) {
    std::string altered = address;
    altered[i] = altered[i] == '1' ? '2' : '1';
    const auto target = parse_target(altered);
    if (!target || !target->query) continue;
    EXPECT_EQ(read_document_address(key_of(1), target->segments.back(), *target->query, now), std::nullopt) << altered;
  }
  const std::size_t question = address.find('?');
  const std::string query = address.substr(question);
  const std::string rows[] = {
      std::string(documents_path) + "55555555-5555-4555-8555-555555555555.csv" + query,
      std::string(documents_path) + "55555555-5555-4555-8555-555555555556.pdf" + query,
      std::string(documents_path) + "55555555-5555-4555-8555-555555555555" + query,
      address.substr(0, question) + "?expires=0" + query.substr(query.find("expires=") + 8),
      address.substr(0, question) + "?expires=99999999999999999999&" + query.substr(query.find("signature=")),
      address.substr(0, question),
      address + "A",
      address.substr(0, address.size() - 1),
      address.substr(0, address.find("signature=")) + "signature=",
  };
  for (const std::string& altered : rows) EXPECT_EQ(read(altered, now), std::nullopt) << altered;
}

}  // namespace
}  // namespace tallystick::server
