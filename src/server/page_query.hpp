#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/query.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"

/// Paging by number, as the published listings do it.
namespace tallystick::server {

struct Page {
  std::uint64_t number = 1;  ///< from 1
  std::uint64_t size = 25;

  static constexpr std::uint64_t number_max = 2'147'483'647;  ///< the published API counts pages in 32 bits
  static constexpr std::uint64_t size_max = 100;
};

/// pageNumber and pageSize; the defaults where they are missing or empty. Refused (invalid.query.param.value): anything
/// but a number of 1 to the greatest.
[[nodiscard]] Result<Page, Refusal> read_page(const Query& query);

/// Which part of a list a page is, and the addresses of the others.
struct PagePlan {
  std::size_t begin = 0;  ///< index of the first entity
  std::size_t end = 0;    ///< index after the last one
  std::uint64_t count = 0;
  /// `address?pageSize=…&pageNumber=…`. Absent: it leads nowhere, as all but `self` in an empty list.
  std::optional<std::string> first, last, next, previous;
  std::string self;
};
/// `address`: path of the listing. A page beyond the last one is empty; the one before it is the last.
[[nodiscard]] PagePlan plan_page(Page page, std::size_t total, std::string_view address);

}  // namespace tallystick::server
