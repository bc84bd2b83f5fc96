#include "app/verification.hpp"

#include <utility>

namespace tallystick::app {

std::string to_string(const Finding& finding) {
  return finding.where + ": " + finding.what + " is " + finding.found + ", must be " + finding.expected;
}

Finding unreadable(std::string where, std::string what, const store::StoreError& error) {
  return {std::move(where), std::move(what), "unreadable (" + error.message + ")", "readable"};
}

}  // namespace tallystick::app
