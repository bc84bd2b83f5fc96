#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/open_enum.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// One resource that was used; BillingUsageResource of the published API.
struct BillingUsageResource {
  std::string name;
  core::TimePoint date;  ///< when it was first seen in the period
  UnknownFields unknown;
  friend bool operator==(const BillingUsageResource&, const BillingUsageResource&) = default;
};

/// The usage of one product; BillingUsage of the published API.
struct BillingUsage {
  std::string name;
  std::string total_usage;  ///< an exact decimal in plain notation
  std::vector<BillingUsageResource> resources;
  UnknownFields unknown;
  friend bool operator==(const BillingUsage&, const BillingUsage&) = default;
};

enum class ReportStatus { in_progress, complete };
template <>
struct EnumTexts<ReportStatus> {
  static constexpr std::pair<ReportStatus, std::string_view> values[] = {{ReportStatus::in_progress, "InProgress"},
                                                                         {ReportStatus::complete, "Complete"}};
};

/// What an organization used in [start_date, end_date); BillingUsageReport of the published API. While the status is
/// InProgress, ask again with the same request in a few seconds.
struct BillingUsageReport {
  std::optional<std::string> id;
  std::optional<std::string> name;
  core::TimePoint start_date;
  core::TimePoint end_date;
  std::optional<OpenEnum<ReportStatus>> status;
  std::vector<BillingUsage> usages;
  std::optional<std::string> self_uri;
  UnknownFields unknown;
  friend bool operator==(const BillingUsageReport&, const BillingUsageReport&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
