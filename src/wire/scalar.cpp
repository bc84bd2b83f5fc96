#include "wire/scalar.hpp"

#include <charconv>

#include "wire/fault_words.hpp"
#include "wire/plain_number.hpp"

namespace tallystick::wire {
namespace {

using Kind = Value::Kind;

bool is_unquoted(const Value& value) {
  return value.kind == Kind::number || value.kind == Kind::plain;
}

bool is_integer_text(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// `1.5`, `2e3`, `.5` and the like: what YAML and JSON would take for a binary fraction.
bool is_float_text(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
}

}  // namespace

std::optional<std::string_view> read_string(const Value& value, const Path& at, FaultList& faults) {
  // An unquoted scalar of YAML is the text that stands there, whatever it looks like.
  if (value.kind == Kind::string || value.kind == Kind::plain) return value.text;
  faults.add(at, words::string);
  return std::nullopt;
}

std::optional<bool> read_boolean(const Value& value, const Path& at, FaultList& faults) {
  if (value.kind == Kind::boolean || value.kind == Kind::plain) {
    if (value.text == "true") return true;
    if (value.text == "false") return false;
  }
  faults.add(at, words::boolean);
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const Value& value, const Path& at, FaultList& faults) {
  if (is_unquoted(value)) {
    std::int64_t integer = 0;
    const char* const last = value.text.data() + value.text.size();
    const auto [end, ec] = std::from_chars(value.text.data(), last, integer);
    if (ec == std::errc() && end == last) return integer;
  }
  faults.add(at, words::integer);
  return std::nullopt;
}

std::optional<core::Decimal> read_decimal(const Value& value, const Path& at, FaultList& faults) {
  if (value.kind != Kind::string) {
    if (!is_unquoted(value)) {
      faults.add(at, words::decimal);
      return std::nullopt;
    }
    if (!is_integer_text(value.text)) {
      faults.add(at, is_float_text(value.text) ? words::quote_decimal : words::decimal);
      return std::nullopt;
    }
  }
  const auto decimal = core::Decimal::parse(value.text);
  if (decimal) return *decimal;
  faults.add(at, core::to_string(decimal.error()));
  return std::nullopt;
}

std::optional<core::Decimal> read_number(const Value& value, const Path& at, FaultList& faults) {
  if (value.kind != Kind::number && value.kind != Kind::string) {
    faults.add(at, words::number);
    return std::nullopt;
  }
  // A number whose exponent leads that far is as good as one with all these digits.
  const auto plain = value.kind == Kind::number ? plain_number(value.text) : std::string(value.text);
  const auto decimal = plain ? core::Decimal::parse(*plain) : fail(core::DecimalFault::too_many_digits);
  if (decimal) return *decimal;
  faults.add(at, core::to_string(decimal.error()));
  return std::nullopt;
}

std::optional<core::TimePoint> read_time(const Value& value, const Path& at, FaultList& faults) {
  if (value.kind == Kind::string || value.kind == Kind::plain) {
    if (const auto time = core::parse_time(value.text)) return *time;
  }
  faults.add(at, words::time);
  return std::nullopt;
}

std::optional<core::Day> read_date(const Value& value, const Path& at, FaultList& faults) {
  if (value.kind == Kind::string || value.kind == Kind::plain) {
    if (const auto day = core::parse_date(value.text)) return *day;
  }
  faults.add(at, words::date);
  return std::nullopt;
}

std::optional<core::Uuid> read_uuid(const Value& value, const Path& at, FaultList& faults) {
  if (value.kind == Kind::string || value.kind == Kind::plain) {
    if (const auto id = core::Uuid::parse(value.text)) return id;
  }
  faults.add(at, words::uuid);
  return std::nullopt;
}

}  // namespace tallystick::wire
