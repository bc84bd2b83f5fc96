#pragma once
#include <string_view>

#pragma GCC visibility push(default)
namespace tallystick::core {

/// A product's unit as contracts, periods and invoices of the published API spell it (billing-api.md, "Enumerations"):
/// by name, without case and without what is not a letter or digit (`phone number` is PhoneNumber); `seat` is User; any
/// other unit is Unit.
[[nodiscard]] std::string_view published_unit(std::string_view unit);

}  // namespace tallystick::core
#pragma GCC visibility pop
