#pragma once
#include <cstdint>

#include "tallystick/client/connection.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick {

/// The published Billing API, against the published service or a Tallystick server.
///
///     tallystick::BillingApi billing({.base_url = "http://127.0.0.1:8080", .client_id = id, .client_secret = secret});
///     const auto report = billing.get_billing_reports_billableusage({start, end});
///     if (!report) return complain(report.error().message);
class BillingApi {
 public:
  explicit BillingApi(Configuration configuration) : connection_(std::move(configuration)) {}
  explicit BillingApi(Connection connection) : connection_(std::move(connection)) {}

  /// What the caller's organization used in [period.start, period.end), one answer: its status may be InProgress, then
  /// ask again with the same period in a few seconds. Errors 400 constraint.validation (start not before end, more
  /// than 366 days), 403 missing.any.permissions.
  [[nodiscard]] ApiResult<wire::BillingUsageReport> get_billing_reports_billableusage(core::Period period) const;

  /// What a customer owes for one billing period: 0 is the active one, whose data may change until it closes, 1 the
  /// last completed one, and so on back. Errors 403 missing.any.permissions; 404 not.found: no such customer, no
  /// enabled trust, or no such period, which the service does not tell apart.
  [[nodiscard]] ApiResult<wire::TrusteeBillingOverview> get_trustee_billing_overview(
      const core::OrganizationId& trustor, std::uint64_t billing_period_index = 0) const;

 private:
  Connection connection_;
};

}  // namespace tallystick
