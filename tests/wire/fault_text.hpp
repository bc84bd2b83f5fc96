#pragma once
#include <string>
#include <vector>

#include "tallystick/wire/json.hpp"

namespace tallystick::wire {

// Faults as `pointer: message`, which GoogleTest prints readably.
inline std::vector<std::string> texts_of(const DecodeFaults& faults) {
  std::vector<std::string> texts;
  for (const auto& fault : faults) texts.push_back(fault.pointer + ": " + fault.message);
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace tallystick::wire
