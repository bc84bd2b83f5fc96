#pragma once
#include <string>

#include "app/secret.hpp"
#include "tallystick/core/catalog.hpp"

namespace tallystick::app {

/// The client that operates a new server, and its secret, which is nowhere else.
struct NewOperator {
  core::OAuthClient client;
  std::string secret;
};

/// Makes the operator client of a store that has none. The caller writes the secret to where its owner finds it before
/// it saves the client: after a crash in between, the next start makes another, and no secret is lost.
[[nodiscard]] NewOperator make_operator(const RandomBytes& random);

}  // namespace tallystick::app
