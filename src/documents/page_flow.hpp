#pragma once
#include <cstddef>
#include <span>
#include <vector>

/// How blocks of known heights go onto pages.
namespace tallystick::documents {

/// A length on paper, a 72nd of an inch; tops are counted from the page's upper edge.
using Points = double;

/// What is never split between two pages.
struct FlowBlock {
  Points height = 0;
  bool is_row = false;           ///< of the table: a page that begins with one repeats the table's header above it
  bool keeps_with_next = false;  ///< on the page of the block that follows
};

/// Where blocks may stand.
struct PageBody {
  Points first_top = 0;  ///< of the first page, below the letter
  Points later_top = 0;  ///< of all others
  Points bottom = 0;
  Points header_height = 0;  ///< of the table's header that is repeated
};

struct Placement {
  std::size_t page = 0;  ///< from 0
  Points top = 0;
  bool below_repeated_header = false;  ///< the header stands directly above, at `top - header_height`
};

/// A placement each block, in their order. A chain of blocks that keep together moves to the next page as one; one that
/// no page holds is broken where a page ends, and a block that is higher than a page stands on one of its own.
[[nodiscard]] std::vector<Placement> flow(std::span<const FlowBlock> blocks, const PageBody& body);

}  // namespace tallystick::documents
