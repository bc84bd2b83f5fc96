#include "cli/cell_text.hpp"

#include "cli/number_text.hpp"

namespace tallystick::cli {
namespace {

std::string plain_text(const wire::OpenNumber& number) {
  const auto exact = number.exact();
  return exact ? exact->to_string() : number.text();
}

std::string money_text(const wire::OpenNumber& amount, const std::optional<std::string>& currency) {
  const auto exact = amount.exact();
  return exact ? amount_text(exact, currency.value_or("")) : amount.text();
}

}  // namespace

std::string field_text(const std::optional<std::string>& text) {
  return text.value_or("");
}

std::string field_text(const std::optional<core::Day>& day) {
  return day ? core::to_string(*day) : "";
}

Cell cell(const std::optional<std::string>& text) {
  return text ? Cell(*text) : Cell();
}

Cell cell(const std::optional<core::Day>& day) {
  return day ? Cell(*day) : Cell();
}

Cell cell(const std::optional<core::TimePoint>& time) {
  return time ? Cell(*time) : Cell();
}

Cell cell(const std::optional<bool>& flag) {
  return flag ? Cell(*flag) : Cell();
}

Cell figure(const std::optional<std::string>& decimal) {
  return decimal ? Cell(Figure{*decimal}) : Cell();
}

Cell figure(const std::optional<wire::OpenNumber>& number) {
  return number ? Cell(Figure{plain_text(*number)}) : Cell();
}

Cell figure(const std::optional<std::int64_t>& number) {
  return number ? Cell(Figure{std::to_string(*number)}) : Cell();
}

Cell figure(std::int64_t number) {
  return Figure{std::to_string(number)};
}

Cell figure(std::uint64_t number) {
  return Figure{std::to_string(number)};
}

Cell figure(const std::optional<wire::OpenNumber>& amount, const std::optional<std::string>& currency) {
  return amount ? Cell(Figure{money_text(*amount, currency)}) : Cell();
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

std::string Numbers::operator()(const std::optional<wire::OpenNumber>& number) const {
  return number ? shown(plain_text(*number)) : "-";
}

std::string Numbers::operator()(const std::optional<std::int64_t>& number) const {
  return number ? shown(std::to_string(*number)) : "-";
}

std::string Numbers::operator()(const std::optional<wire::OpenNumber>& amount,
                                const std::optional<std::string>& currency) const {
  return amount ? shown(money_text(*amount, currency)) : "-";
}

std::string Numbers::shown(const std::string& plain) const {
  return separated_ ? with_thousands_separators(plain) : plain;
}

}  // namespace tallystick::cli
