#pragma once
#include <string>

#include "cli/output.hpp"
#include "tallystick/wire/billing_period_detail.hpp"

namespace tallystick::cli {

/// A billing period as `output` wants it: its charges and wallets; CSV has the charges alone, a workbook a sheet
/// of each.
[[nodiscard]] Result<std::string, Failure> period_detail_text(const wire::BillingContractPeriodDetail& period,
                                                              const Output& output);

}  // namespace tallystick::cli
