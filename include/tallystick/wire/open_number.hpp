#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/decimal.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// A JSON number read from the network, kept as it was written: a service that computes in binary fractions sends more
/// digits than an exact decimal of ours holds, and none of them is changed.
class OpenNumber {
 public:
  OpenNumber() : OpenNumber(core::Decimal()) {}
  OpenNumber(core::Decimal exact) : exact_(exact), text_(exact.to_string()) {}  // NOLINT: each decimal is a number

  /// `text`: a JSON number (RFC 8259, section 6).
  [[nodiscard]] static OpenNumber from_json_number(std::string_view text);

  /// The same number as a decimal; absent where it has more than 18 digits before or 9 after the point.
  [[nodiscard]] std::optional<core::Decimal> exact() const { return exact_; }
  /// As the wire has it: `0.10`, `1e3`.
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Equal numbers, however they are written; beyond the digits of a decimal, equal texts.
  friend bool operator==(const OpenNumber& one, const OpenNumber& other) {
    return one.exact_ || other.exact_ ? one.exact_ == other.exact_ : one.text_ == other.text_;
  }

 private:
  std::optional<core::Decimal> exact_;
  std::string text_;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
