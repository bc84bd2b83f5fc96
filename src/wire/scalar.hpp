#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"
#include "wire/pointer.hpp"
#include "wire/value_tree.hpp"

/// What one scalar of a document means, for events, catalogs and models alike. Each answers absent and adds a fault
/// where the value is of another kind.
namespace tallystick::wire {

[[nodiscard]] std::optional<std::string_view> read_string(const Value& value, const Path& at, FaultList& faults);
[[nodiscard]] std::optional<bool> read_boolean(const Value& value, const Path& at, FaultList& faults);
/// No fraction, no exponent, at most 64 bits.
[[nodiscard]] std::optional<std::int64_t> read_integer(const Value& value, const Path& at, FaultList& faults);
/// A decimal string, or an unquoted integer, which is exact; an unquoted fraction or exponent is refused.
[[nodiscard]] std::optional<core::Decimal> read_decimal(const Value& value, const Path& at, FaultList& faults);
/// A number of JSON by its own digits, with or without an exponent, or a decimal string.
[[nodiscard]] std::optional<core::Decimal> read_number(const Value& value, const Path& at, FaultList& faults);
[[nodiscard]] std::optional<core::TimePoint> read_time(const Value& value, const Path& at, FaultList& faults);
/// `yyyy-MM-dd`
[[nodiscard]] std::optional<core::Day> read_date(const Value& value, const Path& at, FaultList& faults);
[[nodiscard]] std::optional<core::Uuid> read_uuid(const Value& value, const Path& at, FaultList& faults);

}  // namespace tallystick::wire
