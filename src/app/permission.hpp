#pragma once
#include <span>
#include <string>
#include <string_view>

namespace tallystick::app {

/// Whether a permission that a client holds (`domain:entity:action`, any part `*`) covers the one that is asked for.
/// `*` as the domain never covers `tallystick` (interface.md, "tallystick serve").
[[nodiscard]] bool covers(std::string_view held, std::string_view asked);

/// True when one of `held` covers one of `any_of`.
[[nodiscard]] bool holds_any(std::span<const std::string> held, std::span<const std::string_view> any_of);

/// Whether a catalog may give this permission to a client outside Operator: all but the domain `tallystick`, of which
/// `tallystick:event:add` and `tallystick:report:view` alone are theirs, for their own organization.
[[nodiscard]] bool may_be_held_by_customers(std::string_view permission);

/// `domain:entity:action`, each part `*` or of letters, digits, `-` and `_`.
[[nodiscard]] bool is_well_formed_permission(std::string_view permission);

}  // namespace tallystick::app
