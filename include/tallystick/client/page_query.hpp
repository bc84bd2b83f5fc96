#pragma once
#include <optional>
#include <string>

#pragma GCC visibility push(default)
namespace tallystick {

/// Which part of a listing. Cursors are opaque: they come from the `nextUri` and `previousUri` of a page.
struct PageQuery {
  std::optional<std::string> before{};  ///< the rows in front of this cursor; not with `after`
  std::optional<std::string> after{};   ///< the rows that follow this cursor
  std::optional<int> size{};            ///< 1 to 200; absent: as the service sees fit

  static constexpr int size_max = 200;
};

/// The `after` of a page's `nextUri`, decoded: what asks for the next page. Absent: the address has none.
[[nodiscard]] std::optional<std::string> cursor_after(const std::string& next_uri);

}  // namespace tallystick
#pragma GCC visibility pop
