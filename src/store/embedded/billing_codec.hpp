#pragma once
#include <string>
#include <string_view>

#include "store/billing_records.hpp"

/// The values of billing rows: a version byte, then the fields in order. decode is false where the bytes break the
/// format.
namespace tallystick::store::embedded {

[[nodiscard]] std::string encode(const ClosedPeriod& period);
[[nodiscard]] std::string encode(const ClosedPeriodTexts& texts);
[[nodiscard]] std::string encode(const FrozenText& text);
/// The book's digest is its row's key, and not in the value.
[[nodiscard]] std::string encode(const ProductBook& book);
[[nodiscard]] std::string encode(const InvoiceEntry& entry);
[[nodiscard]] std::string encode(const Settlement& settlement);
[[nodiscard]] std::string encode(const Payment& payment);

[[nodiscard]] bool decode(std::string_view value, ClosedPeriod& period);
[[nodiscard]] bool decode(std::string_view value, ClosedPeriodTexts& texts);
[[nodiscard]] bool decode(std::string_view value, FrozenText& text);
[[nodiscard]] bool decode(std::string_view value, ProductBook& book);
[[nodiscard]] bool decode(std::string_view value, InvoiceEntry& entry);
[[nodiscard]] bool decode(std::string_view value, Settlement& settlement);
[[nodiscard]] bool decode(std::string_view value, Payment& payment);

}  // namespace tallystick::store::embedded
