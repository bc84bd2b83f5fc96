#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tallystick::bench {

/// A piece of the path of an event or of a report, with fixed input that is made before it is measured. It can be run
/// any number of times and throws std::runtime_error where its result is wrong.
struct MicroCase {
  std::string name;
  std::uint64_t items = 1;  ///< what one run handles: events, or resources
  std::function<void()> run;
};

/// `directory`: an empty one, for the store that the cases look into.
[[nodiscard]] std::vector<MicroCase> micro_cases(const std::string& directory);

}  // namespace tallystick::bench
