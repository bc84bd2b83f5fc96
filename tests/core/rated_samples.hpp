#pragma once
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/rating.hpp"

/// What tests of charges are made of.
namespace tallystick::core::test {

inline Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}

inline Day day(std::string_view text) {
  return parse_date(text).value();
}

inline Product product(std::string key, std::string grouping) {
  Product made;
  made.name = key;
  made.key = std::move(key);
  made.grouping = std::move(grouping);
  return made;
}

inline ContractItem item(std::string key, std::string_view prepay, std::string_view price, std::string_view overage) {
  ContractItem made;
  made.product = std::move(key);
  made.prepay_quantity = decimal(prepay);
  made.prepay_price = decimal(price);
  made.overage_price = decimal(overage);
  return made;
}

/// A year from 2026 on, in dollars, billed on the first.
class RatedContractTest : public testing::Test {
 protected:
  RatedContractTest() {
    contract_.currency = "USD";
    contract_.effective = day("2026-01-01");
    contract_.end = day("2027-01-01");
    contract_.billing_day = 1;
  }

  void used(std::string_view key, std::string_view quantity) {
    for (const Product& product : catalog_) {
      if (product.key == key) usage_.push_back({&product, decimal(quantity)});
    }
  }

  [[nodiscard]] BillingPeriod period_of(std::string_view some_day) const {
    return billing_period_containing(contract_, day(some_day)).value();
  }

  [[nodiscard]] RatedPeriod rate_period_of(std::string_view some_day) const {
    return rate(contract_, period_of(some_day), catalog_, usage_).value();
  }

  Contract contract_;
  std::vector<Product> catalog_;
  std::vector<ProductQuantity> usage_;
};

}  // namespace tallystick::core::test
