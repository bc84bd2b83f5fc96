#include "documents/page_flow.hpp"

namespace tallystick::documents {
namespace {

/// The height of the chain that begins with the first of `blocks`.
Points chain_height(std::span<const FlowBlock> blocks) {
  Points height = 0;
  for (const FlowBlock& block : blocks) {
    height += block.height;
    if (!block.keeps_with_next) break;
  }
  return height;
}

}  // namespace

std::vector<Placement> flow(std::span<const FlowBlock> blocks, const PageBody& body) {
  std::vector<Placement> placements;
  placements.reserve(blocks.size());
  std::size_t page = 0;
  Points top = body.first_top;
  bool in_chain = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const FlowBlock& block = blocks[i];
    const Points later_top = body.later_top + (block.is_row ? body.header_height : 0);
    const bool is_page_empty = i == 0 || placements.back().page != page;
    const Points chain = chain_height(blocks.subspan(i));
    // Moving helps a chain that a fresh page holds; any other block moves for its own height alone.
    const bool moves_whole = !in_chain && later_top + chain <= body.bottom;
    const Points needed = moves_whole ? chain : block.height;
    bool below_header = false;
    if (top + needed > body.bottom && (!is_page_empty || page == 0)) {
      ++page;
      top = later_top;
      below_header = block.is_row;
    }
    placements.push_back({page, top, below_header});
    top += block.height;
    in_chain = block.keeps_with_next;
  }
  return placements;
}

}  // namespace tallystick::documents
