#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "cli/output.hpp"
#include "cli/sheet_text.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/customer.hpp"
#include "tallystick/wire/open_enum.hpp"
#include "tallystick/wire/open_number.hpp"

/// Fields of answers as cells: of tables, where absent text is empty and an absent number is `-`, and of sheets. A
/// number with more digits than a decimal holds is shown as the service wrote it.
namespace tallystick::cli {

[[nodiscard]] std::string field_text(const std::optional<std::string>& text);
[[nodiscard]] std::string field_text(const std::optional<core::Day>& day);
template <class Enum>
[[nodiscard]] std::string field_text(const std::optional<wire::OpenEnum<Enum>>& value) {
  return value ? value->text() : std::string();
}

/// The same for sheets: nothing where there is nothing.
[[nodiscard]] Cell cell(const std::optional<std::string>& text);
[[nodiscard]] Cell cell(const std::optional<core::Day>& day);
[[nodiscard]] Cell cell(const std::optional<core::TimePoint>& time);
[[nodiscard]] Cell cell(const std::optional<bool>& flag);
template <class Enum>
[[nodiscard]] Cell cell(const std::optional<wire::OpenEnum<Enum>>& value) {
  return value ? Cell(value->text()) : Cell();
}
/// A number of a sheet, as it is written in an answer.
[[nodiscard]] Cell figure(const std::optional<std::string>& decimal);
[[nodiscard]] Cell figure(const std::optional<wire::OpenNumber>& number);
[[nodiscard]] Cell figure(const std::optional<std::int64_t>& number);
[[nodiscard]] Cell figure(std::int64_t number);
[[nodiscard]] Cell figure(std::uint64_t number);
/// With the currency's minor digits.
[[nodiscard]] Cell figure(const std::optional<wire::OpenNumber>& amount, const std::optional<std::string>& currency);

/// `Blue Harbor Bank, C-1001`: as much of it as is known, else its id.
[[nodiscard]] std::string party_text(const std::optional<wire::Customer>& customer);

/// `2026-03-01 to 2026-03-31`; empty where a day is missing.
[[nodiscard]] std::string days_text(const std::optional<core::Day>& first, const std::optional<core::Day>& last);

/// The numbers of a table: with separators on a terminal, plain elsewhere.
class Numbers {
 public:
  explicit Numbers(const Output& output) : separated_(output.is_terminal()) {}
  [[nodiscard]] std::string operator()(const std::optional<wire::OpenNumber>& number) const;
  [[nodiscard]] std::string operator()(const std::optional<std::int64_t>& number) const;
  /// With the currency's minor digits.
  [[nodiscard]] std::string operator()(const std::optional<wire::OpenNumber>& amount,
                                       const std::optional<std::string>& currency) const;
  /// A plain decimal that is text already.
  [[nodiscard]] std::string shown(const std::string& plain) const;

 private:
  bool separated_;
};

}  // namespace tallystick::cli
