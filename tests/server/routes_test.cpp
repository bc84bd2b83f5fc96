#include "server/routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/permission.hpp"
#include "server/query.hpp"

namespace tallystick::server {
namespace {

constexpr Visible everything{.operational = true, .others = true, .has_test_clock = true};

RouteMatch find(std::string_view method, std::string_view path, Visible visible = everything) {
  return find_route(method, parse_target(path).value().segments, visible);
}

TEST(Routes, EveryRowSaysWhoMayUseIt) {
  for (const Route& route : routes()) {
    SCOPED_TRACE(route.path);
    EXPECT_EQ(route.access == Access::permission, !route.any_of.empty());
    for (const std::string_view permission : route.any_of) {
      EXPECT_TRUE(app::is_well_formed_permission(permission));
      EXPECT_EQ(permission.find('*'), std::string_view::npos);
    }
    // Whoever may ask for others may ask at all.
    for (const std::string_view permission : route.any_of_for_others) {
      EXPECT_NE(std::ranges::find(route.any_of, permission), route.any_of.end());
      EXPECT_TRUE(permission.starts_with("tallystick:")) << "no `*:*:*` covers it";
    }
    EXPECT_NE(route.handle, nullptr);
    EXPECT_EQ(route.kind == AddressKind::published, route.path.starts_with("/api/v2/"));
    const bool may_be_open = route.path.starts_with("/oauth/") || route.path == "/tallystick/v1/documents/{fileName}";
    EXPECT_EQ(route.access == Access::open, may_be_open) << "log-in, and what its own address proves";
  }
}

TEST(Routes, OthersAreNamedInReportsAndInvoicesAlone) {
  std::set<std::string_view> paths;
  for (const Route& route : routes()) {
    if (!route.any_of_for_others.empty()) paths.insert(route.path);
  }
  EXPECT_EQ(paths, (std::set<std::string_view>{
                       "/tallystick/v1/reports/billableusage", "/tallystick/v1/reports/concurrentusage",
                       "/tallystick/v1/invoices", "/tallystick/v1/invoices/{invoiceId}",
                       "/tallystick/v1/invoices/{invoiceId}/lines", "/tallystick/v1/invoices/{invoiceId}/document",
                       "/tallystick/v1/invoices/{invoiceId}/payments"}));
}

TEST(Routes, NoAddressIsThereTwice) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Route& route : routes()) EXPECT_TRUE(seen.insert({route.method, route.path}).second) << route.path;
}

TEST(Routes, EveryRowIsFoundByItsPath) {
  for (const Route& route : routes()) {
    EXPECT_EQ(find(route.method, route.path).route, &route) << route.method << " " << route.path;
  }
}

TEST(Routes, HeadIsTakenWhereGetIs) {
  for (const Route& route : routes()) {
    const RouteMatch head = find("HEAD", route.path);
    const bool has_get = find("GET", route.path).route != nullptr;
    EXPECT_EQ(head.route != nullptr, has_get) << route.path;
  }
}

TEST(Routes, OtherMethodsAreToldWhatIsAllowed) {
  const std::tuple<std::string_view, std::string_view, std::string_view> rows[] = {
      {"DELETE", "/api/v2/billing/reports/billableusage", "GET, HEAD"},
      {"get", "/api/v2/organizations/me", "GET, HEAD"},
      {"GET", "/oauth/token", "POST"},
      {"PUT", "/tallystick/v1/events", "POST"},
      {"POST", "/tallystick/v1/clock", "GET, HEAD, PUT"},
      {"OPTIONS", "/tallystick/v1/catalog", "GET, HEAD"},
      {"POST", "/tallystick/v1/reports/concurrentusage", "GET, HEAD"},
      {"POST", "/api/v2/billing/contracts/invoices", "GET, HEAD"},
      {"PUT", "/tallystick/v1/invoices/1/payments", "GET, HEAD, POST"},
  };
  for (const auto& [method, path, allowed] : rows) {
    const RouteMatch match = find(method, path);
    EXPECT_EQ(match.route, nullptr) << path;
    EXPECT_EQ(match.allowed_methods, allowed) << path;
  }
}

TEST(Routes, OtherPathsAreNoAddresses) {
  for (const std::string_view path :
       {"/", "/api/v2", "/api/v2/billing/reports/billableusage/", "/api/v2/billing/reports/billableusage/x",
        "//api/v2/organizations/me", "/API/v2/organizations/me", "/api/v2/billing%2Freports/billableusage",
        "/api/v2/billing/reports", "/tallystick/v1/reports", "/oauth/token/"}) {
    EXPECT_EQ(find("GET", path).allowed_methods, "") << path;
  }
}

TEST(Routes, WhatIsLiteralIsNoParameter) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"/api/v2/billing/contracts/invoices", "/api/v2/billing/contracts/invoices"},
      {"/api/v2/billing/contracts/invoice", "/api/v2/billing/contracts/{contractId}"},
      {"/api/v2/billing/contracts/invoices/1/lines", "/api/v2/billing/contracts/invoices/{invoiceId}/lines"},
      {"/api/v2/billing/contracts/invoices/billingperiods/1",
       "/api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}"},
  };
  for (const auto& [path, expected] : rows) {
    const RouteMatch match = find("GET", path);
    ASSERT_NE(match.route, nullptr) << path;
    EXPECT_EQ(match.route->path, expected);
  }
  EXPECT_TRUE(find("GET", "/api/v2/billing/contracts/invoices").path_parameters.empty());
}

TEST(Routes, ParametersAreAnySegmentButAnEmptyOne) {
  const std::string_view path = "/api/v2/billing/trusteebillingoverview/";
  for (const std::string_view value : {"x", "22222222-2222-4222-8222-222222222222", "a%2Fb", "{trustorOrgId}"}) {
    const RouteMatch match = find("GET", std::string(path).append(value));
    ASSERT_NE(match.route, nullptr) << value;
    const std::string decoded = value == "a%2Fb" ? "a/b" : std::string(value);
    EXPECT_EQ(match.path_parameters, std::vector{decoded});
  }
  EXPECT_EQ(find("GET", path).allowed_methods, "");
  EXPECT_EQ(find("GET", std::string(path).append("x/")).allowed_methods, "");
  EXPECT_TRUE(find("GET", "/api/v2/organizations/me").path_parameters.empty());
}

TEST(Routes, OperationalOnesAndTheClockAreSeenWhereTheyMay) {
  const Visible main_port{.operational = false, .others = true, .has_test_clock = false};
  const Visible admin_port{.operational = true, .others = false, .has_test_clock = true};
  for (const Route& route : routes()) {
    const bool operational = route.access == Access::operational;
    EXPECT_EQ(find(route.method, route.path, main_port).route != nullptr, !operational && !route.needs_test_clock);
    EXPECT_EQ(find(route.method, route.path, admin_port).route != nullptr, operational);
  }
  EXPECT_EQ(find("GET", "/tallystick/v1/clock", main_port).allowed_methods, "");
}

}  // namespace
}  // namespace tallystick::server
