#include "cli/cell_text.hpp"

#include "cli/number_text.hpp"

namespace tallystick::cli {

std::string field_text(const std::optional<std::string>& text) {
  return text.value_or("");
}

std::string field_text(const std::optional<core::Day>& day) {
  return day ? core::to_string(*day) : "";
}

std::string field_text(const std::optional<core::Decimal>& number) {
  return number ? number->to_string() : "";
}

std::string field_text(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "";
}

std::string field_text(const std::optional<core::Decimal>& amount, const std::optional<std::string>& currency) {
  return amount ? amount_text(amount, currency.value_or("")) : "";
}

std::string party_text(const std::optional<wire::Customer>& customer) {
  if (!customer) return "";
  const std::string name = customer->name.value_or("");
  const std::string number = customer->number.value_or("");
  if (name.empty() && number.empty()) return customer->id.value_or("");
  return name.empty() || number.empty() ? name + number : name + ", " + number;
}

std::string days_text(const std::optional<core::Day>& first, const std::optional<core::Day>& last) {
  return first && last ? core::to_string(*first) + " to " + core::to_string(*last) : "";
}

std::string Numbers::operator()(const std::optional<core::Decimal>& number) const {
  return number ? shown(number->to_string()) : "-";
}

std::string Numbers::operator()(const std::optional<std::int64_t>& number) const {
  return number ? shown(std::to_string(*number)) : "-";
}

std::string Numbers::operator()(const std::optional<core::Decimal>& amount,
                                const std::optional<std::string>& currency) const {
  return shown(amount_text(amount, currency.value_or("")));
}

std::string Numbers::shown(const std::string& plain) const {
  return separated_ ? with_thousands_separators(plain) : plain;
}

}  // namespace tallystick::cli
