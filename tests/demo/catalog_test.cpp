#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "demo/calendar.hpp"
#include "demo/usage_month.hpp"
#include "tallystick/wire/catalog_document.hpp"

namespace tallystick::demo {
namespace {

core::CatalogDocument read_demo_catalog() {
  std::ifstream file(TALLYSTICK_DEMO_CATALOG);
  std::stringstream text;
  text << file.rdbuf();
  const auto read = wire::read_catalog(text.str(), wire::DocumentFormat::yaml,
                                       [](const std::string& name) { return std::optional("secret of " + name); });
  if (!read) {
    ADD_FAILURE() << read.error().message;
    for (const auto& fault : read.error().faults) ADD_FAILURE() << fault.pointer << ": " << fault.message;
    return {};
  }
  return read->document;
}

TEST(DemoCatalog, DeclaresEveryCustomerAndTheirPartner) {
  const auto catalog = read_demo_catalog();
  for (const auto& customer : customers()) {
    EXPECT_TRUE(std::ranges::any_of(catalog.organizations, [&](const core::Organization& organization) {
      return organization.id == customer.organization;
    })) << customer.key;
    EXPECT_TRUE(std::ranges::any_of(catalog.trusts, [&](const core::Trust& trust) {
      return trust.trustor == customer.organization && trust.enabled;
    })) << customer.key;
  }
  ASSERT_EQ(catalog.trusts.size(), customers().size());
  EXPECT_EQ(catalog.organizations.size(), customers().size() + 1);
}

TEST(DemoCatalog, EveryCustomerHasAContractInTheMonth) {
  const auto catalog = read_demo_catalog();
  for (const auto& customer : customers()) {
    const auto in_force = std::ranges::count_if(catalog.contracts, [&](const core::Contract& contract) {
      return contract.organization == customer.organization &&
             core::TimePoint{contract.effective} <= demo_month().start &&
             demo_month().end <= core::TimePoint{contract.end};
    });
    EXPECT_EQ(in_force, 1) << customer.key;
  }
}

TEST(DemoCatalog, TakesEveryEventOfTheMonth) {
  const auto catalog = read_demo_catalog();
  std::set<std::string> used;
  for (const auto& customer : customers()) {
    for (const auto& delivery : usage_of(customer, 2026, 20'000)) {
      core::EventContext context{.organization_known = true, .metering = nullptr, .now = delivery.arrives};
      if (const auto* usage = std::get_if<core::UsageEvent>(&delivery.event)) {
        used.insert(usage->product);
        const auto product = std::ranges::find(catalog.products, usage->product, &core::Product::key);
        if (product != catalog.products.end()) context.metering = &product->metering.kind;
      }
      for (const auto& fault : core::check_event(delivery.event, context)) ADD_FAILURE() << fault.message;
    }
  }
  EXPECT_EQ(used.size(), catalog.products.size()) << "every product of the catalog is used";
}

}  // namespace
}  // namespace tallystick::demo
