#include "app/permission.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace tallystick::app {
namespace {

struct Covering {
  std::string_view held;
  std::string_view asked;
  bool covers;
};

TEST(Permission, CoversByPart) {
  const std::vector<Covering> table{
      {"billing:subscription:view", "billing:subscription:view", true},
      {"billing:subscription:*", "billing:subscription:view", true},
      {"billing:*:view", "billing:subscription:view", true},
      {"*:subscription:view", "billing:subscription:view", true},
      {"*:*:*", "affiliateOrganization:clientBilling:view", true},
      {"billing:subscription:view", "billing:subscription:add", false},
      {"billing:contract:*", "billing:subscription:view", false},
      {"Billing:subscription:view", "billing:subscription:view", false},
      {"billing:sub*:view", "billing:subscription:view", false},
      {"billing:subscription", "billing:subscription:view", false},
      {"billing:subscription:view:", "billing:subscription:view", false},
      {"", "billing:subscription:view", false},
      // Our own domain is never reached by a wildcard domain.
      {"*:*:*", "tallystick:event:add", false},
      {"*:event:add", "tallystick:event:add", false},
      {"tallystick:*:*", "tallystick:event:add", true},
      {"tallystick:event:*", "tallystick:event:add", true},
      {"tallystick:event:add", "tallystick:event:add", true},
      {"tallystick:event:add", "tallystick:catalog:edit", false},
  };
  for (const Covering& row : table)
    EXPECT_EQ(covers(row.held, row.asked), row.covers) << row.held << " / " << row.asked;
}

TEST(Permission, OneOfSeveralIsEnough) {
  const std::array<std::string_view, 2> any_of{"billing:subscription:read", "billing:subscription:view"};
  EXPECT_TRUE(holds_any(std::vector<std::string>{"x:y:z", "billing:subscription:view"}, any_of));
  EXPECT_FALSE(holds_any(std::vector<std::string>{"billing:subscription:delete"}, any_of));
  EXPECT_FALSE(holds_any(std::vector<std::string>{}, any_of));
  EXPECT_FALSE(holds_any(std::vector<std::string>{"*:*:*"}, {}));
}

TEST(Permission, CustomersMayHoldTwoOfOurDomain) {
  const std::vector<std::pair<std::string_view, bool>> table{
      {"tallystick:event:add", true},
      {"tallystick:report:view", true},
      {"tallystick:event:*", false},
      {"tallystick:*:*", false},
      {"tallystick:catalog:view", false},
      {"tallystick:*:view", false},
      {"billing:subscription:view", true},
      {"*:*:*", true},
      {"*:event:add", true},
  };
  for (const auto& [permission, may] : table) EXPECT_EQ(may_be_held_by_customers(permission), may) << permission;
}

TEST(Permission, WellFormed) {
  for (const auto* text :
       {"billing:subscription:view", "*:*:*", "a:b-c:d_1", "affiliateOrganization:clientBilling:*"}) {
    EXPECT_TRUE(is_well_formed_permission(text)) << text;
  }
  for (const auto* text :
       {"", "a", "a:b", "a:b:c:d", "::", "a::c", "a:b:", "a:b:c ", "a:b*:c", "a:**:c", "a:b:\xc3\xa4"}) {
    EXPECT_FALSE(is_well_formed_permission(text)) << text;
  }
}

}  // namespace
}  // namespace tallystick::app
