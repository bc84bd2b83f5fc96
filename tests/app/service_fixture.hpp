#pragma once
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string_view>
#include <utility>

#include "app/apply_catalog.hpp"
#include "app/awaited.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/guarded_store.hpp"
#include "app/sample_catalog.hpp"
#include "app/verified_secrets.hpp"
#include "app/writer.hpp"

namespace tallystick::test {

/// Different at each call, the same at each run. For one thread at a time.
inline app::RandomBytes seeded_bytes() {
  return [generator = std::make_shared<std::mt19937>(7)](std::span<std::uint8_t> bytes) {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>((*generator)());
  };
}

/// The use cases around a store that can be made slow or broken, with the sample catalog in force.
class ServiceTest : public testing::Test {
 protected:
  explicit ServiceTest(std::string_view start = "2026-04-01T00:00:00Z") : clock_(at(start)) {
    store::CatalogChange change;
    change.put = sample_catalog();
    EXPECT_TRUE(store_.save_catalog(change));
    current_ = std::make_unique<app::CurrentCatalog>(app::load_current_catalog(store_, operator_client()).value());
    store_.save_catalog_door.calls = 0;
  }

  /// Stores events as they are, past all checks.
  void store_events(const std::vector<core::Event>& events) {
    const store::EventBatch batch(events);
    ASSERT_TRUE(store_.commit(std::span(&batch, 1)));
  }

  GuardedStore store_;
  std::unique_ptr<app::CurrentCatalog> current_;
  app::TestClock clock_;
  app::VerifiedSecrets secrets_{seeded_bytes()};
};

}  // namespace tallystick::test
