#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// The texts of an enumeration's values. Specialized beside each enumeration:
/// `static constexpr std::pair<E, std::string_view> values[]`.
template <class Enum>
struct EnumTexts;

/// An enumeration read from the network: a value that a newer server minted is kept as its text, never an error
/// (billing-api.md, "Enumerations").
template <class Enum>
class OpenEnum {
 public:
  OpenEnum() = default;
  OpenEnum(Enum known) : known_(known), text_(text_of(known)) {}  // NOLINT: a known value is an open one

  [[nodiscard]] static OpenEnum from_text(std::string_view text) {
    OpenEnum open;
    open.text_ = text;
    for (const auto& [value, name] : EnumTexts<Enum>::values) {
      if (name == text) open.known_ = value;
    }
    return open;
  }

  /// The value, absent where this version does not know it.
  [[nodiscard]] std::optional<Enum> known() const { return known_; }
  /// The text as the wire has it.
  [[nodiscard]] const std::string& text() const { return text_; }

  friend bool operator==(const OpenEnum&, const OpenEnum&) = default;

 private:
  [[nodiscard]] static std::string_view text_of(Enum known) {
    for (const auto& [value, name] : EnumTexts<Enum>::values) {
      if (value == known) return name;
    }
    return {};
  }

  std::optional<Enum> known_;
  std::string text_;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
