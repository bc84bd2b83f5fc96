#include "documents/pango_cairo.hpp"

namespace tallystick::documents {

std::optional<std::string> pango_cairo_fault() {
  const std::optional<std::string>& fault = pango_cairo_library.fault();
  if (!fault) return std::nullopt;
  return "PDF cannot be written without pango and cairo: " + *fault + "; install the package libpangocairo-1.0-0";
}

}  // namespace tallystick::documents
