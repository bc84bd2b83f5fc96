#include "cli/profile_names.hpp"

#include <fstream>
#include <iterator>

#include "cli/profile.hpp"
#include "client/profile_text.hpp"

namespace tallystick::cli {

std::vector<std::string> profile_names(const Terminal& terminal) {
  const auto file = profile_file(terminal);
  if (!file) return {};
  std::ifstream stream(*file, std::ios::binary);
  return client::profile_names(std::string(std::istreambuf_iterator<char>(stream), {}));
}

}  // namespace tallystick::cli
