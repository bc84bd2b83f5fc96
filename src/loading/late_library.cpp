#include "loading/late_library.hpp"

#include <dlfcn.h>

namespace tallystick::loading {
namespace {

std::string words_of_dlerror() {
  const char* words = dlerror();
  return words == nullptr ? "" : words;
}

}  // namespace

const std::optional<std::string>& LateLibrary::fault() {
  std::call_once(once_, [this] {
    void* const library = dlopen(file_, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      fault_ = words_of_dlerror();
      return;
    }
    for (const LateName* each = first_; each != nullptr; each = each->next_) {
      each->address_ = dlsym(library, each->name_);
      if (each->address_ != nullptr) continue;
      fault_ = words_of_dlerror();
      return;
    }
  });
  return fault_;
}

}  // namespace tallystick::loading
