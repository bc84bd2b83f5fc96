#pragma once
#include <string>

#include "app/apply_catalog.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick {

/// Applies the catalog file of `serve --catalog`; `${NAME}` in its secrets comes from the environment. The failure is
/// ready to print: a line for each fault, with file, line and column.
[[nodiscard]] Status<std::string> apply_start_catalog(app::ApplyCatalog& apply, const std::string& file);

}  // namespace tallystick
