#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tallystick::app {

/// What an apply did, or a dry run would do. Each entry reads `<kind> <key>`: "product cx-3-named"; the kinds are in
/// the order organizations, trusts, clients, products, contracts, sellers, users, saml, settings, and within one as the
/// document has them.
struct AppliedChanges {
  std::vector<std::string> created;
  std::vector<std::string> updated;
  std::vector<std::string> removed;
  std::uint64_t unchanged = 0;
};

}  // namespace tallystick::app
