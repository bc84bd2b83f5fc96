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
/// For tallystick's own view of invoices: one's own, and with the second, which only operators hold, anybody's.
constexpr std::string_view invoice_permissions[] = {"billing:subscription:view", "tallystick:invoice:view"};
constexpr auto invoice_view = std::span(invoice_permissions).last<1>();
constexpr std::string_view invoice_edit[] = {"tallystick:invoice:edit"};
constexpr std::string_view period_close[] = {"tallystick:period:close"};
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
    {"POST", token_path, Access::open, {}, own, small, handle_token},
    {"GET", "/oauth/authorize", Access::open, {}, own, small, handle_authorize_page},
    {"POST", "/oauth/authorize", Access::open, {}, own, small, handle_authorize_answer},
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
    {"GET", "/api/v2/billing/contracts", Access::permission, subscription_view, published, small, handle_contracts},
    {"GET", "/api/v2/billing/contracts/invoices", Access::permission, subscription_view, published, small,
     handle_invoices},
    {"GET", "/api/v2/billing/contracts/invoices/{invoiceId}/lines", Access::permission, subscription_view, published,
     small, handle_invoice_lines},
    {"GET", "/api/v2/billing/contracts/invoices/{invoiceId}/document", Access::permission, subscription_view, published,
     small, handle_invoice_document},
    {"GET", "/api/v2/billing/contracts/{contractId}", Access::permission, subscription_view, published, small,
     handle_contract},
    {"GET", "/api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId}", Access::permission,
     subscription_view, published, small, handle_billing_period},
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
    {"POST", "/tallystick/v1/periods/close", Access::permission, period_close, own, small, handle_close_periods},
    {"GET", "/tallystick/v1/invoices", Access::permission, invoice_permissions, own, small, handle_invoice_records,
     invoice_view},
    {"GET", "/tallystick/v1/invoices/{invoiceId}", Access::permission, invoice_permissions, own, small,
     handle_invoice_record, invoice_view},
    {"GET", "/tallystick/v1/invoices/{invoiceId}/lines", Access::permission, invoice_permissions, own, small,
     handle_invoice_record_lines, invoice_view},
    {"GET", "/tallystick/v1/invoices/{invoiceId}/document", Access::permission, invoice_permissions, own, small,
     handle_invoice_record_document, invoice_view},
    {"GET", "/tallystick/v1/invoices/{invoiceId}/payments", Access::permission, invoice_permissions, own, small,
     handle_payments, invoice_view},
    {"POST", "/tallystick/v1/invoices/{invoiceId}/payments", Access::permission, invoice_edit, own, small, handle_pay},
    {"POST", "/tallystick/v1/invoices/{invoiceId}/creditnotes", Access::permission, invoice_edit, own, small,
     handle_credit},
    {"GET", "/tallystick/v1/documents/{fileName}", Access::open, {}, own, small, handle_document},
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
  std::string_view found_path;
  for (const Route& route : table) {
    if (!is_visible(route, visible)) continue;
    auto parameters = parameters_in(route.path, path);
    // The first path that fits is the one: what is literal stands in front of what has `{name}`s.
    if (!parameters || (!found_path.empty() && route.path != found_path)) continue;
    found_path = route.path;
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
