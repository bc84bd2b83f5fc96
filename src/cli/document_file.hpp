#pragma once
#include <string>

#include "tallystick/client/http_transport.hpp"

namespace tallystick::cli {

/// How a downloaded document is called in the current folder: the name that the service gives it (Content-Disposition),
/// with letters, digits, `.`, `-` and `_` alone and no `.` in front, so that no answer can name a path or a hidden
/// file; else `fallback`. Ends with `ending`, which begins with a point.
[[nodiscard]] std::string document_file_name(const HttpResponse& response, const std::string& fallback,
                                             const std::string& ending);

}  // namespace tallystick::cli
