#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "tallystick/core/result.hpp"
#include "wire/value_tree.hpp"

namespace tallystick::wire {

/// "line 12, column 5: ", as it stands before the message of a fault.
[[nodiscard]] std::string place_prefix(Place place);

/// Reads the one document of a YAML text into `tree`; columns of its places count characters. Refused are what is not
/// YAML or not UTF-8, aliases and anchors (which can blow a small text up to any size), tags, keys that are no plain
/// texts, a second document, nesting deeper than JSON may have, more than `values_max` values, and more than 8 MiB of
/// text. The reason begins with its place. The root lives as long as the tree.
[[nodiscard]] Result<const Value*, std::string> read_yaml(std::string_view text, std::size_t values_max,
                                                          ValueTree& tree);

}  // namespace tallystick::wire
