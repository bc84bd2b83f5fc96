#include "app/certificate.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/sample_certificates.hpp"

namespace tallystick::app {
namespace {

// What stands between the first and the last line, without breaks: as metadata have it.
std::string base64_of(std::string pem) {
  pem = pem.substr(pem.find('\n') + 1);
  pem = pem.substr(0, pem.find("-----END"));
  std::erase(pem, '\n');
  return pem;
}

TEST(Certificate, EveryFormOfOneIsTheSamePem) {
  const std::string pem = test::curve_certificate;
  const std::string base64 = base64_of(pem);
  const std::vector<std::string> forms{pem, "subject=/CN=idp\n" + pem + "\n", base64,
                                       "\n  " + base64.substr(0, 76) + "\r\n\t" + base64.substr(76) + "\n"};
  for (const std::string& form : forms) {
    const auto read = read_certificate(form);
    ASSERT_TRUE(read) << form << read.error();
    EXPECT_EQ(*read, pem);
  }
}

TEST(Certificate, WhatIsNoUsableOneIsRefusedInWords) {
  const std::string pem = test::curve_certificate;
  const std::string base64 = base64_of(pem);
  struct Row {
    std::string text;
    std::string words;
  };
  const std::vector<Row> rows{
      {"", "must be a certificate"},
      {"a certificate", "must be a certificate"},
      {"AAAA", "must be a certificate"},
      {base64.substr(0, base64.size() - 4), "must be a certificate"},
      {base64 + "AAAA", "must be a certificate"},
      {pem.substr(0, pem.size() / 2), "must be a certificate"},
      {pem + pem, "more than one"},
      {pem + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "private key"},
      {std::string(65'537, 'A'), "longer than any"},
      {test::short_rsa_certificate, "2048 bits"},
      {test::ed25519_certificate, "elliptic curve"},
  };
  for (const Row& row : rows) {
    const auto read = read_certificate(row.text);
    ASSERT_FALSE(read) << row.text.substr(0, 80);
    EXPECT_NE(read.error().find(row.words), std::string::npos) << read.error();
  }
}

}  // namespace
}  // namespace tallystick::app
