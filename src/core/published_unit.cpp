#include "tallystick/core/published_unit.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tallystick::core {
namespace {

constexpr std::string_view any_other = "Unit";

constexpr std::array<std::string_view, 36> published{
    "Call",     "Character",  "Conversation", "Course",      "Day",         "EA",      "Each",
    "Employee", "Engagement", "Evaluation",   "Event",       "Exam",        "GB",      "Guide",
    "Hour",     "Ingestion",  "Instance",     "Interaction", "Invocation",  "Message", "MillionCharacters",
    "Minute",   "Person",     "PhoneNumber",  "Port",        "RateTable",   "Segment", "Session",
    "Stream",   "Summary",    "Token",        "Transaction", "Translation", "Turn",    any_other,
    "User"};

// Locales do not matter: only ASCII letters have a case here.
std::string folded(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_ascii_mark =
        static_cast<unsigned char>(c) < 0x80 && !is_capital && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    if (!is_ascii_mark) letters += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

}  // namespace

std::string_view published_unit(std::string_view unit) {
  const std::string name = folded(unit);
  if (name == "seat") return "User";
  const auto found = std::find_if(published.begin(), published.end(),
                                  [&](std::string_view candidate) { return folded(candidate) == name; });
  return found == published.end() ? any_other : *found;
}

}  // namespace tallystick::core
