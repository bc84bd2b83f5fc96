#pragma once
#include <string>

#include "app/apply_catalog.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick {

/// Why the catalog of `serve --catalog` is not in force. `message` is ready to print: a line for each fault, with file,
/// line and column.
struct StartCatalogFailure {
  bool is_bad_input = false;  ///< there is no such file, or what it says is refused; else the store failed
  std::string message;
};

/// Applies the catalog file of `serve --catalog`; `${NAME}` in its secrets comes from the environment.
[[nodiscard]] Status<StartCatalogFailure> apply_start_catalog(app::ApplyCatalog& apply, const std::string& file);

}  // namespace tallystick
