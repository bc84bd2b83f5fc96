#include "documents/pango_cairo.hpp"

#include <dlfcn.h>

namespace tallystick::documents {
namespace {

// What pkg-config calls pangocairo; it brings the others along.
constexpr const char* library_name = "libpangocairo-1.0.so.0";

std::string words_of_dlerror() {
  const char* words = dlerror();
  return words == nullptr ? "" : words;
}

std::optional<std::string> fault_of_loading() {
  // Never unloaded: GLib does not allow it.
  void* const library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  const std::optional<std::string> fault = library == nullptr ? words_of_dlerror() : LoadedName::find_all(library);
  if (!fault) return std::nullopt;
  return "PDF cannot be written without pango and cairo: " + *fault + "; install the package libpangocairo-1.0-0";
}

}  // namespace

std::optional<std::string> LoadedName::find_all(void* library) {
  for (const LoadedName* each = first_; each != nullptr; each = each->next_) {
    each->address_ = dlsym(library, each->name_);
    if (each->address_ == nullptr) return words_of_dlerror();
  }
  return std::nullopt;
}

std::optional<std::string> pango_cairo_fault() {
  static const std::optional<std::string> fault = fault_of_loading();
  return fault;
}

}  // namespace tallystick::documents
