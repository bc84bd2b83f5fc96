#pragma once
#include <memory>

#include "client/pacing.hpp"
#include "tallystick/client/connection.hpp"

namespace tallystick::client {

/// Makes connections whose time and chance are the caller's.
class PacedConnection {
 public:
  [[nodiscard]] static Connection make(Configuration configuration, std::shared_ptr<HttpTransport> transport,
                                       Pacing pacing);
};

}  // namespace tallystick::client
