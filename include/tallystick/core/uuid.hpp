#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#pragma GCC visibility push(default)
namespace tallystick::core {

/// An RFC 9562 identifier. Text is compared in lower case, so two spellings of one id are one value.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  /// Reads the 36-character form, upper or lower case; anything else is no UUID.
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
  /// The name-based (version 5, SHA-1) identifier of `name` within the namespace `space`.
  [[nodiscard]] static Uuid from_name(const Uuid& space, std::string_view name);
  /// A random (version 4) identifier made of 16 random bytes that the caller provides.
  [[nodiscard]] static Uuid from_random(std::array<std::uint8_t, 16> random);

  /// The 36-character form in lower case.
  [[nodiscard]] std::string to_string() const;

  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// Whose usage it is; see domain.md, "Organizations, trusts, clients".
using OrganizationId = Uuid;

/// The built-in organization whose clients operate the server (interface.md, "tallystick serve").
inline constexpr OrganizationId operator_organization_id{
    {0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01}};
inline constexpr std::string_view operator_organization_name = "Operator";

}  // namespace tallystick::core

template <>
struct std::hash<tallystick::core::Uuid> {
  std::size_t operator()(const tallystick::core::Uuid& id) const noexcept {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }
};
#pragma GCC visibility pop
