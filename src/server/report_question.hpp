#pragma once
#include "server/call.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::server {

/// Whose usage of when a report is about.
struct ReportQuestion {
  core::OrganizationId organization;
  core::Period period;
};

/// The question of an address that takes `organizationId` beside the period, in the order of the refusals:
/// - not.authorized (403): another organization than the caller's own, unless the caller may name others. An id that
///   is none, or that nobody has, is another organization too, so that nobody else learns which exist;
/// - those of read_report_period (400);
/// - not.found (404): an organization that is not there.
/// The caller's own organization where the parameter is missing or empty.
[[nodiscard]] Result<ReportQuestion, Refusal> read_report_question(const Call& call);

}  // namespace tallystick::server
