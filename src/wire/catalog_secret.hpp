#pragma once
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"
#include "tallystick/wire/catalog_document.hpp"

namespace tallystick::wire {

/// A client's or a user's secret with each `${NAME}` replaced; NAME is letters, digits and `_`, not beginning with a
/// digit. Refused, with the words of a fault: a `${` without variables to look it up, one that is no such name, a
/// variable that is not set, a secret that is empty.
[[nodiscard]] Result<std::string, std::string> resolve_secret(std::string_view text, const SecretVariables& variables);

}  // namespace tallystick::wire
