#include "cli/period_choice.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

namespace tallystick::cli {
namespace {

std::optional<std::uint64_t> index_of(std::string_view text) {
  std::uint64_t index = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, index);
  return error == std::errc() && stop == end ? std::optional(index) : std::nullopt;
}

std::string sentence(std::string_view option, std::string_view text, std::string_view expected) {
  return std::string(option) + ": \"" + std::string(text) + "\" " + std::string(expected);
}

}  // namespace

Result<std::uint64_t, std::string> parse_period(std::string_view text) {
  if (const auto index = index_of(text)) return *index;
  return fail(sentence("--period", text, "is no period: 0 is the active one, 1 the last completed one, and so on"));
}

Result<std::vector<std::uint64_t>, std::string> parse_periods(std::string_view text) {
  constexpr std::string_view dots = "..";
  const std::size_t middle = std::min(text.find(dots), text.size());
  const auto first = index_of(text.substr(0, middle));
  const auto last = middle == text.size() ? first : index_of(text.substr(middle + dots.size()));
  if (!first || !last) return fail(sentence("--periods", text, "is no range of periods: write it like 0..12"));
  if (*last < *first) return fail(sentence("--periods", text, "ends before it begins: write it like 0..12"));
  if (*last - *first >= periods_max) {
    return fail(sentence("--periods", text, "names more than " + std::to_string(periods_max) + " periods"));
  }
  std::vector<std::uint64_t> indexes(*last - *first + 1);
  std::iota(indexes.begin(), indexes.end(), *first);
  return indexes;
}

Result<std::vector<std::uint64_t>, std::string> parse_compared_periods(std::string_view text) {
  const std::size_t comma = std::min(text.find(','), text.size());
  const auto first = index_of(text.substr(0, comma));
  const auto second = index_of(text.substr(std::min(comma + 1, text.size())));
  if (!first || !second) return fail(sentence("--compare", text, "does not name two periods: write it like 0,1"));
  if (*first == *second) return fail(sentence("--compare", text, "names one period twice"));
  return std::vector{*first, *second};
}

}  // namespace tallystick::cli
