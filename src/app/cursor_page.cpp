#include "app/cursor_page.hpp"

#include <algorithm>

namespace tallystick::app {
namespace {

// The first row whose key comes at or after `key` in a falling list.
std::size_t first_not_above(std::span<const std::string> keys, const std::string& key) {
  const auto found = std::ranges::partition_point(keys, [&key](const std::string& each) { return each > key; });
  return static_cast<std::size_t>(found - keys.begin());
}

std::size_t first_below(std::span<const std::string> keys, const std::string& key) {
  const auto found = std::ranges::partition_point(keys, [&key](const std::string& each) { return each >= key; });
  return static_cast<std::size_t>(found - keys.begin());
}

}  // namespace

CursorPage page_of(std::span<const std::string> keys, const Cursor& cursor) {
  CursorPage page;
  if (cursor.before) {
    page.end = first_not_above(keys, *cursor.before);
    page.begin = page.end - std::min(cursor.size, page.end);
  } else {
    page.begin = cursor.after ? first_below(keys, *cursor.after) : 0;
    page.end = page.begin + std::min(cursor.size, keys.size() - page.begin);
  }
  page.has_previous = page.begin > 0;
  page.has_next = page.end < keys.size();
  return page;
}

}  // namespace tallystick::app
