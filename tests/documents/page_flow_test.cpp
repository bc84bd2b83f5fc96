#include "documents/page_flow.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tallystick::documents {
namespace {

constexpr PageBody body{.first_top = 300, .later_top = 60, .bottom = 760, .header_height = 20};

std::vector<FlowBlock> any_blocks() {
  return *rc::gen::container<std::vector<FlowBlock>>(
      rc::gen::map(rc::gen::tuple(rc::gen::inRange(1, 200), rc::gen::arbitrary<bool>(),
                                  rc::gen::weightedElement<bool>({{5, false}, {1, true}})),
                   [](const std::tuple<int, bool, bool>& of) {
                     return FlowBlock{static_cast<Points>(std::get<0>(of)), std::get<1>(of), std::get<2>(of)};
                   }));
}

RC_GTEST_PROP(PageFlow, NothingIsSplitOrOverlapsAndTheOrderIsKept, ()) {
  const auto blocks = any_blocks();
  const auto placements = flow(blocks, body);
  RC_ASSERT(placements.size() == blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Placement& here = placements[i];
    RC_ASSERT(here.top + blocks[i].height <= body.bottom);
    const bool begins_page = i == 0 || placements[i - 1].page != here.page;
    if (!begins_page) {
      RC_ASSERT(here.top >= placements[i - 1].top + blocks[i - 1].height);
      RC_ASSERT(!here.below_repeated_header);
      continue;
    }
    if (i > 0) RC_ASSERT(here.page == placements[i - 1].page + 1);
    if (here.page > 0) {
      RC_ASSERT(here.below_repeated_header == blocks[i].is_row);
      RC_ASSERT(here.top == body.later_top + (blocks[i].is_row ? body.header_height : 0));
    }
  }
}

RC_GTEST_PROP(PageFlow, ABlockStandsWithItsNextWhereAPageHoldsTheChain, ()) {
  const auto blocks = any_blocks();
  const auto placements = flow(blocks, body);
  const Points page_height = body.bottom - body.later_top - body.header_height;
  for (std::size_t begin = 0; begin < blocks.size();) {
    std::size_t end = begin;
    Points chain = blocks[begin].height;
    while (blocks[end].keeps_with_next && end + 1 < blocks.size()) chain += blocks[++end].height;
    if (chain <= page_height) RC_ASSERT(placements[begin].page == placements[end].page);
    begin = end + 1;
  }
}

TEST(PageFlow, PagesAreFilledBeforeTheyEnd) {
  // 760 - 300 = 460 on the first page, 760 - 60 - 20 = 680 on the others.
  const std::vector<FlowBlock> rows(30, FlowBlock{100, true, false});
  const auto placements = flow(rows, body);
  EXPECT_EQ(placements[3].page, 0U);
  EXPECT_EQ(placements[4].page, 1U);
  EXPECT_EQ(placements[4].top, 80);
  EXPECT_TRUE(placements[4].below_repeated_header);
  EXPECT_EQ(placements[9].page, 1U);
  EXPECT_EQ(placements[10].page, 2U);
}

TEST(PageFlow, WhatIsHigherThanAPageStandsOnItsOwn) {
  const std::vector<FlowBlock> blocks = {{50, false, false}, {900, false, false}, {50, false, false}};
  const auto placements = flow(blocks, body);
  EXPECT_EQ(placements[0].page, 0U);
  EXPECT_EQ(placements[1].page, 1U);
  EXPECT_EQ(placements[1].top, 60);
  EXPECT_EQ(placements[2].page, 2U);
}

TEST(PageFlow, ALongLetterLeavesTheBodyToTheNextPage) {
  const std::vector<FlowBlock> blocks = {{50, false, true}, {50, true, false}};
  PageBody below_letter = body;
  below_letter.first_top = 700;
  EXPECT_EQ(flow(blocks, below_letter)[0].page, 1U);
}

}  // namespace
}  // namespace tallystick::documents
