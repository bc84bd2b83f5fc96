#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/client/connection.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/applied_changes.hpp"
#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/clock_setting.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"
#include "tallystick/wire/ingest_result.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick {

/// What a Tallystick server offers beyond the published API (`/tallystick/v1`). The published service answers 404.
class TallystickApi {
 public:
  explicit TallystickApi(Configuration configuration) : connection_(std::move(configuration)) {}
  explicit TallystickApi(Connection connection) : connection_(std::move(connection)) {}

  /// Sends a batch of events, taken whole or refused whole; sending it again is harmless. When it answers, the events
  /// are durable. Error 400 constraint.validation: details name each fault by pointer.
  [[nodiscard]] ApiResult<wire::IngestResult> post_events(const std::vector<core::Event>& events) const;
  /// The same with a body that is CloudEvents NDJSON already; `content_encoding` as it is compressed, or empty.
  [[nodiscard]] ApiResult<wire::IngestResult> post_events_ndjson(std::string body,
                                                                 std::string content_encoding = {}) const;

  /// The billable usage report of any organization, for an operator.
  [[nodiscard]] ApiResult<wire::BillingUsageReport> get_billable_usage(const core::OrganizationId& organization,
                                                                       core::Period period) const;

  /// How many resources used each concurrent product at once, and for how long: of the caller's own organization, or of
  /// any, for an operator. At most 366 days.
  [[nodiscard]] ApiResult<wire::ConcurrentUsageReport> get_concurrent_usage(
      core::Period period, const std::optional<core::OrganizationId>& organization = std::nullopt) const;

  /// What the caller's own organization owes for one billing period; indexes as in BillingApi.
  [[nodiscard]] ApiResult<wire::TrusteeBillingOverview> get_billing_overview(
      std::uint64_t billing_period_index = 0) const;

  struct ApplyOptions {
    bool dry_run = false;
    bool prune = false;  ///< remove what the document lacks
  };
  /// Makes the server's catalog what a document says, whole or not at all. `document`: JSON or YAML, told apart by
  /// `content_type` (application/json, application/yaml).
  [[nodiscard]] ApiResult<wire::AppliedChanges> apply(std::string document, std::string content_type,
                                                      ApplyOptions options) const;
  /// The catalog as JSON text, without secrets.
  [[nodiscard]] ApiResult<std::string> get_catalog() const;

  /// The server's test clock; 404 where the server runs on real time.
  [[nodiscard]] ApiResult<wire::ClockSetting> get_clock() const;
  [[nodiscard]] ApiResult<wire::ClockSetting> set_clock(core::TimePoint now) const;

 private:
  Connection connection_;
};

}  // namespace tallystick
