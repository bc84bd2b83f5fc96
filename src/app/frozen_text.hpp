#pragma once
#include <string>
#include <string_view>

#include "store/billing_records.hpp"

namespace tallystick::app {

/// The SHA-256 of some bytes.
[[nodiscard]] store::Digest sha256(std::string_view bytes);

/// A text with its digest, as it is kept for ever.
[[nodiscard]] store::FrozenText freeze(std::string json);

}  // namespace tallystick::app
