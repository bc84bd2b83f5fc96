#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "cli/failure.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::cli {

/// The organization that the option, or argument, called so names by its id. Failure: bad_input.
[[nodiscard]] Result<core::OrganizationId, Failure> parse_organization(std::string_view option,
                                                                       const std::string& text);

/// The same of `--organization`, where it may be missing.
[[nodiscard]] Result<std::optional<core::OrganizationId>, Failure> parse_organization(
    const std::optional<std::string>& text);

}  // namespace tallystick::cli
