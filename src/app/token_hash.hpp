#pragma once
#include <string>
#include <string_view>

#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"

namespace tallystick::app {

/// Under which a token is stored. A token is 256 random bits, which nobody can guess or find by its hash: a plain hash
/// keeps a reader of the store from using it, and needs no key that would have to be kept.
[[nodiscard]] store::TokenHash hash_token(std::string_view token);

/// Tells apart the secrets that a client, or a client and a person (nullptr: none), had one after the other: each
/// stored hash has its own salt.
[[nodiscard]] std::string fingerprint_of(const core::OAuthClient& client, const core::User* user);

}  // namespace tallystick::app
