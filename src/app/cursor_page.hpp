#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace tallystick::app {

/// Paging by a row's key, so that rows that are added meanwhile move no page (domain.md, "Paging").
struct Cursor {
  std::optional<std::string> after = {};   ///< the rows that follow the one of this key, in the order of the list
  std::optional<std::string> before = {};  ///< those just in front of it; not with `after`
  std::size_t size = 25;

  static constexpr std::size_t size_max = 200;
};

/// A part of a list.
struct CursorPage {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool has_previous = false;
  bool has_next = false;
};

/// `keys`: of the whole list, in its order, which is falling. A key that is no longer there stands where it stood.
[[nodiscard]] CursorPage page_of(std::span<const std::string> keys, const Cursor& cursor);

}  // namespace tallystick::app
