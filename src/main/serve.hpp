#pragma once
#include <functional>
#include <optional>
#include <ostream>
#include <string>

#include "main/serve_options.hpp"

namespace tallystick {

/// Puts the parts together and answers requests until SIGTERM or SIGINT. Prints `listening on http://…` on `out` once
/// the server can be used, and on `err` why it could not start.
/// Returns the exit code: 0 stopped as asked, 1 could not start or stop, 2 a catalog that was refused.
[[nodiscard]] int serve(const ServePlan& plan, const ServeOptions& options, std::ostream& out, std::ostream& err);

}  // namespace tallystick
