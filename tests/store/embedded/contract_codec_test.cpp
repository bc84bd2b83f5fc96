#include "store/embedded/contract_codec.hpp"

#include <gtest/gtest.h>

#include "store/billed.hpp"

namespace tallystick::store::embedded {
namespace {

using test::full_contract;
using test::full_seller;

// Whatever a value's bytes lack or have too much, and a version that is not known, is noticed.
template <class Entity>
void expect_only_whole(const std::string& whole) {
  Entity read;
  EXPECT_TRUE(decode(whole, read));
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    EXPECT_FALSE(decode(std::string_view(whole).substr(0, bytes), read)) << bytes;
  }
  EXPECT_FALSE(decode(whole + '\0', read));
  std::string of_another_version = whole;
  for (const char version : {'\0', '\3', '\x7F'}) {
    of_another_version[0] = version;
    EXPECT_FALSE(decode(of_another_version, read)) << int{version};
  }
}

TEST(ContractCodec, AContractComesBack) {
  for (const core::Contract& contract : {full_contract(9), core::Contract{}}) {
    core::Contract read;
    EXPECT_TRUE(decode(encode(contract), read));
    EXPECT_EQ(read, contract);
  }
}

TEST(ContractCodec, ASellerComesBack) {
  for (const core::Seller& seller : {full_seller("northwind"), core::Seller{}}) {
    core::Seller read = full_seller("another");
    read.address.reset();
    EXPECT_TRUE(decode(encode(seller), read));
    EXPECT_EQ(read, seller);
  }
}

TEST(ContractCodec, OneCutShortOrTooLongIsNoticed) {
  expect_only_whole<core::Contract>(encode(full_contract(9)));
  expect_only_whole<core::Seller>(encode(full_seller("northwind")));
}

// Version 1 ended where the terms begin: without any they are nine bytes, a zero for each part.
TEST(ContractCodec, AContractOfVersion1HasNoTerms) {
  core::Contract contract = full_contract(9);
  contract.invoices = {};
  const std::string now = encode(contract);
  constexpr std::size_t terms_bytes = 9;
  ASSERT_EQ(now.substr(now.size() - terms_bytes), std::string(terms_bytes, '\0'));
  std::string then = now.substr(0, now.size() - terms_bytes);
  then[0] = 1;
  core::Contract read;
  EXPECT_TRUE(decode(then, read));
  EXPECT_EQ(read, contract);
}

}  // namespace
}  // namespace tallystick::store::embedded
