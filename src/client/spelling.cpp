#include "client/spelling.hpp"

#include <algorithm>
#include <vector>

#include "client/url.hpp"

namespace tallystick::client {
namespace {

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The distance of Damerau and Levenshtein, with each pair of neighbours swapped at most once.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> edits(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) edits[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) edits[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = edits[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      edits[i][j] = std::min({edits[i - 1][j] + 1, edits[i][j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        edits[i][j] = std::min(edits[i][j], edits[i - 2][j - 2] + 1);
      }
    }
  }
  return edits[a.size()][b.size()];
}

}  // namespace

bool equals_without_case(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return small(a) == small(b); });
}

std::optional<std::string> nearest_spelling(std::string_view written, std::span<const std::string> names) {
  // Far longer than any name: nobody misspelled that, and the table would cost memory.
  if (written.empty() || written.size() > 100) return std::nullopt;
  const std::string text = lower_case(written);
  std::optional<std::string> nearest;
  std::size_t fewest = 0;
  for (const std::string& name : names) {
    const std::size_t edits = distance(text, lower_case(name));
    const std::size_t allowed = std::max<std::size_t>(1, std::max(text.size(), name.size()) / 3);
    if (edits > allowed || edits >= name.size() || (nearest && edits >= fewest)) continue;
    nearest = name;
    fewest = edits;
  }
  return nearest;
}

std::string did_you_mean(std::string_view written, std::span<const std::string> names) {
  const auto nearest = nearest_spelling(written, names);
  return nearest ? ", did you mean \"" + *nearest + "\"?" : std::string();
}

}  // namespace tallystick::client
