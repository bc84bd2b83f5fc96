#pragma once
#include <functional>

#include "server/exchange.hpp"

namespace tallystick::server {

/// A Reply that passes its first answer to `deliver` and ignores any further one. When its last copy goes without an
/// answer, the answer is what `when_dropped` makes: no client waits for a handler that forgot it.
[[nodiscard]] Reply reply_once(std::function<void(Response)> deliver, std::function<Response()> when_dropped);

}  // namespace tallystick::server
