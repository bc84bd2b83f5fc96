#pragma once
#include <gtest/gtest.h>

#include <memory>

#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

namespace tallystick::store::test {

/// Every test of the suite runs on every adapter in every configuration of conformance.cpp.
class Conformance : public testing::TestWithParam<Adapter> {
 protected:
  [[nodiscard]] Store& store() { return under_test_->store(); }
  [[nodiscard]] bool is_durable() const { return under_test_->is_durable(); }
  void reopen() { under_test_->reopen(); }

 private:
  std::unique_ptr<StoreUnderTest> under_test_ = GetParam().make();
};

[[nodiscard]] std::vector<Adapter> all_adapters();
[[nodiscard]] std::string name_of(const testing::TestParamInfo<Adapter>& info);

}  // namespace tallystick::store::test
