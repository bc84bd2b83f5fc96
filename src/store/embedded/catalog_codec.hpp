#pragma once
#include <string>
#include <string_view>

#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"

/// The values of rows of the catalog, but for contracts and sellers, and of tokens: a version byte, then the fields in
/// order. decode is false where the bytes break the format.
namespace tallystick::store::embedded {

[[nodiscard]] std::string encode(const core::Organization& organization);
[[nodiscard]] std::string encode(const core::Trust& trust);
[[nodiscard]] std::string encode(const core::OAuthClient& client);
[[nodiscard]] std::string encode(const core::Product& product);
[[nodiscard]] std::string encode(const core::Settings& settings);
[[nodiscard]] std::string encode(const core::User& user);
[[nodiscard]] std::string encode(const core::SamlIssuer& issuer);
/// The token's hash is its row's key, and not in the value.
[[nodiscard]] std::string encode(const Token& token);

[[nodiscard]] bool decode(std::string_view value, core::Organization& organization);
[[nodiscard]] bool decode(std::string_view value, core::Trust& trust);
[[nodiscard]] bool decode(std::string_view value, core::OAuthClient& client);
[[nodiscard]] bool decode(std::string_view value, core::Product& product);
[[nodiscard]] bool decode(std::string_view value, core::Settings& settings);
[[nodiscard]] bool decode(std::string_view value, core::User& user);
[[nodiscard]] bool decode(std::string_view value, core::SamlIssuer& issuer);
/// Tokens of version 1 are all of clients for themselves.
[[nodiscard]] bool decode(std::string_view value, Token& token);

}  // namespace tallystick::store::embedded
