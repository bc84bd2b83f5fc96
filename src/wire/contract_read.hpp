#pragma once
#include "tallystick/core/contract.hpp"
#include "wire/document_object.hpp"

namespace tallystick::wire {

/// One contract of a catalog document, in the order of its author. Shape only: what days, prices and references mean
/// is not looked at.
[[nodiscard]] core::Contract read_contract(const Value& value, const Path& at, DocumentReading& reading);

}  // namespace tallystick::wire
