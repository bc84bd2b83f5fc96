#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"

/// Numbers and days as a printed document shows them. Nothing is rounded.
namespace tallystick::documents {

/// An exact decimal for the eye: thousands set apart by commas, at least `places` (0 to 9) digits after the point, a
/// true minus sign: `−1,234.50`.
[[nodiscard]] std::string figure_text(core::Decimal number, int places);

/// `31 Jan 2026`.
[[nodiscard]] std::string day_text(core::Day day);

/// The days from `start` to `end`, both inside, as short as they can be told: `1–31 Jan 2026`, `15 Jan – 14 Feb 2026`,
/// `15 Dec 2025 – 14 Jan 2026`, `31 Jan 2026`.
[[nodiscard]] std::string period_text(core::Day start, core::Day end);

/// Digits after the point that amounts of this currency have; 2 for a code that is no currency in use.
[[nodiscard]] int amount_places(std::string_view currency_code);

}  // namespace tallystick::documents
