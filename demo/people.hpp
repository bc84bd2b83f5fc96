#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "demo/random.hpp"

namespace tallystick::demo {

/// `count` different e-mail addresses `first.last@domain`; a namesake gets a number (`wei.chen2@…`), as in real
/// directories. ASCII only.
[[nodiscard]] std::vector<std::string> make_addresses(Random& random, std::size_t count, std::string_view domain);

}  // namespace tallystick::demo
