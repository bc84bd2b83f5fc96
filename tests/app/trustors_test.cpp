#include "app/trustors.hpp"

#include <gtest/gtest.h>

#include <string>

#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

const core::OrganizationId first = test::uuid("0aaaaaaa-0000-4000-8000-000000000001");
const core::OrganizationId last = test::uuid("faaaaaaa-0000-4000-8000-000000000001");

// The partner is trusted by three, one of which took it back for a while; the bank is trusted by the partner.
core::Catalog trusting_catalog() {
  core::Catalog catalog = test::sample_catalog();
  catalog.organizations.push_back({last, "Last"});
  catalog.organizations.push_back({first, "First"});
  catalog.trusts = {{test::partner, last, true},
                    {test::bank, test::partner, true},
                    {test::partner, test::bank, true},
                    {test::partner, first, false}};
  return catalog;
}

TEST(Trustors, AreListedByIdDisabledOnesToo) {
  const CatalogSnapshot catalog(trusting_catalog(), test::operator_client());
  const auto trustors = trustors_of(catalog, test::partner);
  ASSERT_EQ(trustors.size(), 3U);
  EXPECT_EQ(trustors[0].organization, first);
  EXPECT_EQ(trustors[0].name, "First");
  EXPECT_FALSE(trustors[0].is_enabled);
  EXPECT_EQ(trustors[1].organization, test::bank);
  EXPECT_EQ(trustors[1].name, "Blue Harbor Bank");
  EXPECT_TRUE(trustors[1].is_enabled);
  EXPECT_EQ(trustors[2].organization, last);
  EXPECT_TRUE(trustors[2].is_enabled);
}

TEST(Trustors, OfSomebodyWhomNobodyTrusts) {
  const CatalogSnapshot catalog(trusting_catalog(), test::operator_client());
  EXPECT_TRUE(trustors_of(catalog, first).empty());
  EXPECT_TRUE(trustors_of(catalog, test::stranger).empty());
}

TEST(Trustors, AnEnabledTrustAloneLetsSee) {
  struct Row {
    const char* name;
    core::OrganizationId trustee;
    core::OrganizationId trustor;
    bool may_see;
  };
  const Row rows[] = {
      {"enabled", test::partner, test::bank, true},
      {"the last one", test::partner, last, true},
      {"disabled", test::partner, first, false},
      {"no such organization", test::partner, test::stranger, false},
      {"after all others", test::partner, test::uuid("ffffffff-ffff-4fff-8fff-ffffffffffff"), false},
      {"the other way round", first, test::partner, false},
      {"both ways where both were declared", test::bank, test::partner, true},
      {"oneself", test::partner, test::partner, false},
      {"Operator", core::operator_organization_id, test::bank, false},
      {"a trustee that does not exist", test::stranger, test::bank, false},
  };
  const CatalogSnapshot catalog(trusting_catalog(), test::operator_client());
  for (const Row& row : rows) EXPECT_EQ(may_see_billing(catalog, row.trustee, row.trustor), row.may_see) << row.name;
}

}  // namespace
}  // namespace tallystick::app
