#pragma once
#include <cstdint>
#include <stop_token>
#include <string>

#include "cli/failure.hpp"
#include "cli/progress.hpp"
#include "cli/redirect_listener.hpp"
#include "cli/terminal.hpp"
#include "tallystick/client/configuration.hpp"

namespace tallystick::cli {

struct BrowserLogInOptions {
  bool opens_browser = true;        ///< else the address is shown alone
  std::uint16_t redirect_port = 0;  ///< 0: a free one
};

/// A code from the log-in page, and the browser that waits to hear how it went on.
struct BrowserLogIn {
  AuthorizationCode code;
  BrowserVisit visit;
};

/// Sends the person's browser to the log-in page of the configuration's service, as its client, with PKCE, and waits
/// for it to come back. Failures: a configuration that cannot work (2); it did not in time (five minutes), it was
/// stopped (1); the person or the service refused (3).
[[nodiscard]] Result<BrowserLogIn, Failure> log_in_by_browser(const Configuration& configuration,
                                                              const BrowserLogInOptions& options,
                                                              const Terminal& terminal, Progress& progress,
                                                              const std::stop_token& stop);

}  // namespace tallystick::cli
