#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// Fields that a model does not know, as (name, JSON text) in the order in which they were read. They survive a round
/// trip through a model.
struct UnknownFields {
  std::vector<std::pair<std::string, std::string>> fields;
  friend bool operator==(const UnknownFields&, const UnknownFields&) = default;
};

/// Arrays and objects may lie in each other so deep in any document, ours and others': beyond it a text is refused, so
/// that no answer and no body can exhaust the stack.
inline constexpr std::size_t json_depth_max = 32;

/// What is wrong with a text: pointers of RFC 6901, the empty one for the text as a whole.
using DecodeFaults = std::vector<core::Fault>;

/// The compact JSON text of a model. Absent optional fields are left out, never null.
/// Defined for each model of this folder, in the source of its resource.
template <class Model>
[[nodiscard, gnu::visibility("default")]] std::string to_json(const Model& model);

/// Reads a model from JSON text: all faults at once. A null is an absent field; a missing required field is a fault.
template <class Model>
[[nodiscard, gnu::visibility("default")]] Result<Model, DecodeFaults> from_json(std::string_view text);

}  // namespace tallystick::wire
#pragma GCC visibility pop
