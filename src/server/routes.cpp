#include "server/routes.hpp"

#include <algorithm>
#include <optional>

#include "server/handlers/handlers.hpp"

namespace tallystick::server {
namespace {

/// For usage reports of the caller's own organization: the published permissions, and the one of tallystick's own
/// reports, which the published address does not know. With that one, operators also name any organization.
constexpr std::string_view report_permissions[] = {"billing:subscription:read", "billing:subscription:view",
                                                   "billing:subscription:create", "billing:subscription:add",
                                                   "tallystick:report:view"};
constexpr auto published_report = std::span(report_permissions).first<4>();
constexpr auto report_view = std::span(report_permissions).last<1>();
constexpr std::string_view trustors_permissions[] = {"authorization:orgTrustor:view",
                                                     "affiliateOrganization:clientBilling:view"};
constexpr std::string_view client_billing_view[] = {"affiliateOrganization:clientBilling:view"};
constexpr std::string_view subscription_view[] = {"billing:subscription:view"};
constexpr std::string_view event_add[] = {"tallystick:event:add"};
constexpr std::string_view catalog_edit[] = {"tallystick:catalog:edit"};
constexpr std::string_view catalog_view[] = {"tallystick:catalog:view"};
constexpr std::string_view clock_edit[] = {"tallystick:clock:edit"};

constexpr AddressKind published = AddressKind::published;
constexpr AddressKind own = AddressKind::own;
constexpr BodyLimit small = BodyLimit::small;
constexpr BodyLimit batch = BodyLimit::batch;
constexpr Effort in_memory = Effort::in_memory;
constexpr Effort asks_another_thread = Effort::asks_another_thread;

constexpr Route table[] = {
    {"POST", "/oauth/token", Access::open, {}, own, small, handle_token},
    {"GET",
     "/api/v2/organizations/me",
     Access::any_caller,
     {},
     published,
     small,
     handle_own_organization,
     {},
     false,
     in_memory},
    {"GET", "/api/v2/billing/reports/billableusage", Access::permission, published_report, published, small,
     handle_billable_usage},
    {"GET",
     "/api/v2/billing/trusteebillingoverview/{trustorOrgId}",
     Access::permission,
     client_billing_view,
     published,
     small,
     handle_trustee_billing_overview,
     {},
     false,
     asks_another_thread},
    {"GET", "/api/v2/orgauthorization/trustors", Access::permission, trustors_permissions, published, small,
     handle_trustors},
    {"POST", "/tallystick/v1/events", Access::permission, event_add, own, batch, handle_events},
    {"POST", "/tallystick/v1/apply", Access::permission, catalog_edit, own, batch, handle_apply},
    {"GET", "/tallystick/v1/catalog", Access::permission, catalog_view, own, small, handle_catalog},
    {"GET", "/tallystick/v1/reports/billableusage", Access::permission, report_view, own, small,
     handle_billable_usage_of, report_view},
    {"GET", "/tallystick/v1/reports/concurrentusage", Access::permission, report_permissions, own, small,
     handle_concurrent_usage, report_view},
    {"GET",
     "/tallystick/v1/billingoverview",
     Access::permission,
     subscription_view,
     own,
     small,
     handle_own_billing_overview,
     {},
     false,
     asks_another_thread},
    {"GET", "/tallystick/v1/clock", Access::permission, clock_edit, own, small, handle_get_clock, {}, true},
    {"PUT", "/tallystick/v1/clock", Access::permission, clock_edit, own, small, handle_set_clock, {}, true},
    {"GET", "/health/live", Access::operational, {}, own, small, handle_health},
    {"GET", "/health/ready", Access::operational, {}, own, small, handle_health},
    {"GET", "/metrics", Access::operational, {}, own, small, handle_metrics},
};

bool is_visible(const Route& route, Visible visible) {
  if (route.needs_test_clock && !visible.has_test_clock) return false;
  return route.access == Access::operational ? visible.operational : visible.others;
}

/// The segments where the pattern has `{name}`s; absent: the path is another one.
std::optional<std::vector<std::string>> parameters_in(std::string_view pattern, const std::vector<std::string>& path) {
  std::vector<std::string> parameters;
  for (const std::string& segment : path) {
    if (!pattern.starts_with('/')) return std::nullopt;
    pattern.remove_prefix(1);
    const std::string_view expected = pattern.substr(0, pattern.find('/'));
    const bool is_parameter = expected.starts_with('{') && !segment.empty();
    if (!is_parameter && expected != segment) return std::nullopt;
    if (is_parameter) parameters.push_back(segment);
    pattern.remove_prefix(expected.size());
  }
  if (!pattern.empty()) return std::nullopt;
  return parameters;
}

}  // namespace

std::span<const Route> routes() {
  return table;
}

RouteMatch find_route(std::string_view method, const std::vector<std::string>& path, Visible visible) {
  RouteMatch match;
  for (const Route& route : table) {
    if (!is_visible(route, visible)) continue;
    auto parameters = parameters_in(route.path, path);
    if (!parameters) continue;
    const bool is_get = route.method == "GET";
    if (method == route.method || (is_get && method == "HEAD")) {
      match.route = &route;
      match.path_parameters = *std::move(parameters);
    }
    if (!match.allowed_methods.empty()) match.allowed_methods.append(", ");
    match.allowed_methods.append(is_get ? "GET, HEAD" : route.method);
  }
  return match;
}

}  // namespace tallystick::server
