#pragma once
#include <memory>

#include "store/store.hpp"

namespace tallystick::store {

/// The reference for tests: keeps everything in plain maps in memory, nothing survives it, and every usage is computed
/// by scanning all events. Any thread may call anything.
[[nodiscard]] std::unique_ptr<Store> make_memory_store();

}  // namespace tallystick::store
