#include "store/embedded/contract_codec.hpp"

#include <gtest/gtest.h>

#include "store/usage_events.hpp"

namespace tallystick::store::embedded {
namespace {

using test::quantity;

// Every optional part is there, so that each cut falls into something.
core::Contract full_contract() {
  core::Contract contract;
  contract.id = test::organization(9);
  contract.organization = test::organization(1);
  contract.number = "00041822";
  contract.currency = "USD";
  contract.subscription_type = "PREPAY";
  contract.effective = *core::parse_date("0002-01-01");
  contract.end = *core::parse_date("9999-12-31");
  contract.ramp = core::Ramp{contract.effective, contract.end};
  contract.minimum_monthly_amount = quantity("10000.00");
  contract.billing_day = 31;
  core::ContractItem item;
  item.product = "cx-3";
  item.prepay_quantity = quantity("80");
  item.prepay_price = quantity("140.00");
  item.overage_price = quantity("160.00");
  item.overage_tiers = {{quantity("10"), quantity("0.2")}, {std::nullopt, quantity("0.1")}};
  item.notes = "a note";
  contract.items = {item, core::ContractItem{}};
  contract.amendments = {{*core::parse_date("2026-05-16"), {item}}};
  return contract;
}

TEST(ContractCodec, AContractComesBack) {
  for (const core::Contract& contract : {full_contract(), core::Contract{}}) {
    core::Contract read;
    EXPECT_TRUE(decode(encode(contract), read));
    EXPECT_EQ(read, contract);
  }
}

TEST(ContractCodec, AContractCutShortOrTooLongIsNoticed) {
  const std::string whole = encode(full_contract());
  core::Contract read;
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    EXPECT_FALSE(decode(std::string_view(whole).substr(0, bytes), read)) << bytes;
  }
  EXPECT_FALSE(decode(whole + '\0', read));
  std::string of_later_version = whole;
  ++of_later_version[0];
  EXPECT_FALSE(decode(of_later_version, read));
}

}  // namespace
}  // namespace tallystick::store::embedded
