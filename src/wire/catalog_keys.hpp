#pragma once
#include <string_view>

/// The keys of a catalog document (interface.md, "A catalog"), for reading and writing it.
namespace tallystick::wire::catalog_key {

inline constexpr std::string_view organizations = "organizations";
inline constexpr std::string_view trusts = "trusts";
inline constexpr std::string_view clients = "clients";
inline constexpr std::string_view products = "products";

inline constexpr std::string_view id = "id";
inline constexpr std::string_view name = "name";
inline constexpr std::string_view trustee = "trustee";
inline constexpr std::string_view trustor = "trustor";
inline constexpr std::string_view enabled = "enabled";

inline constexpr std::string_view organization = "organization";
inline constexpr std::string_view secret = "secret";
inline constexpr std::string_view secret_hash = "secret_hash";
inline constexpr std::string_view permissions = "permissions";
inline constexpr std::string_view token_seconds = "token_seconds";
inline constexpr std::string_view redirect_uris = "redirect_uris";

inline constexpr std::string_view key = "key";
inline constexpr std::string_view short_name = "short_name";
inline constexpr std::string_view part_number = "part_number";
inline constexpr std::string_view grouping = "grouping";
inline constexpr std::string_view unit = "unit";
inline constexpr std::string_view metering = "metering";
inline constexpr std::string_view kind = "kind";
inline constexpr std::string_view list_price = "list_price";
inline constexpr std::string_view third_party = "third_party";
inline constexpr std::string_view cancellable = "cancellable";
inline constexpr std::string_view fair_use = "fair_use";
inline constexpr std::string_view product = "product";
inline constexpr std::string_view each = "each";
inline constexpr std::string_view rolls_up = "rolls_up";
inline constexpr std::string_view into = "into";
inline constexpr std::string_view units_per_token = "units_per_token";

}  // namespace tallystick::wire::catalog_key
