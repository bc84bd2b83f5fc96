#include "cli/number_text.hpp"

#include <algorithm>
#include <array>

#include "tallystick/core/currency.hpp"

namespace tallystick::cli {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A count of tenths as `12.3`.
std::string tenths_text(std::uint64_t tenths) {
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

std::string with_thousands_separators(std::string_view decimal) {
  const std::string_view sign = decimal.starts_with('-') ? "-" : "";
  const std::string_view unsigned_text = decimal.substr(sign.size());
  const std::size_t point = std::min(unsigned_text.find('.'), unsigned_text.size());
  const std::string_view whole = unsigned_text.substr(0, point);
  const std::string_view fraction = unsigned_text.substr(point);
  if (!is_digits(whole) || (!fraction.empty() && !is_digits(fraction.substr(1)))) return std::string(decimal);
  std::string text(sign);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i != 0 && (whole.size() - i) % 3 == 0) text += ',';
    text += whole[i];
  }
  return text.append(fraction);
}

std::string with_thousands_separators(std::uint64_t number) {
  return with_thousands_separators(std::to_string(number));
}

std::string amount_text(const std::optional<core::Decimal>& amount, std::string_view currency) {
  if (!amount) return "-";
  return amount->to_string_with_places(core::minor_digits(currency).value_or(0));
}

std::string count_of(std::uint64_t number, std::string_view singular) {
  std::string text = with_thousands_separators(number) + " ";
  text.append(singular);
  return number == 1 ? text : text + "s";
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  constexpr std::array<std::string_view, 5> units{"kB", "MB", "GB", "TB", "PB"};
  std::uint64_t size_of_unit = 1000;
  std::size_t unit = 0;
  while (unit + 1 < units.size() && bytes / size_of_unit >= 1000) {
    size_of_unit *= 1000;
    ++unit;
  }
  return tenths_text(bytes / (size_of_unit / 10)) + " " + std::string(units.at(unit));
}

std::string duration_text(std::chrono::milliseconds duration) {
  using namespace std::chrono;
  const auto ms = static_cast<std::uint64_t>(std::max<milliseconds::rep>(0, duration.count()));
  if (ms < 1000) return std::to_string(ms) + " ms";
  if (ms < 60'000) return tenths_text(ms / 100) + " s";
  const std::uint64_t s = ms / 1000;
  if (s < 3600) return std::to_string(s / 60) + " min " + std::to_string(s % 60) + " s";
  return std::to_string(s / 3600) + " h " + std::to_string(s / 60 % 60) + " min";
}

std::string length_text(std::chrono::milliseconds length) {
  const auto ms = static_cast<std::uint64_t>(std::max<std::chrono::milliseconds::rep>(0, length.count()));
  if (ms > 0 && ms < 1000) return std::to_string(ms) + " ms";
  const std::uint64_t s = ms / 1000;
  std::string text;
  const auto add = [&](std::uint64_t number, std::string_view unit) {
    if (number != 0) text += (text.empty() ? "" : " ") + std::to_string(number) + std::string(unit);
  };
  add(s / 86'400, " d");
  add(s / 3'600 % 24, " h");
  add(s / 60 % 60, " min");
  if (s < 3'600) add(s % 60, " s");
  return text.empty() ? "0 s" : text;
}

std::uint64_t per_second(std::uint64_t count, std::chrono::milliseconds duration) {
  const auto ms = static_cast<std::uint64_t>(std::max<std::chrono::milliseconds::rep>(0, duration.count()));
  return ms == 0 ? 0 : count * 1000 / ms;
}

}  // namespace tallystick::cli
