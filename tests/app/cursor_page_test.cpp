#include "app/cursor_page.hpp"

#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace tallystick::app {
namespace {

using Keys = std::vector<std::string>;

// "first-last of the page, with < where there are earlier rows and > where there are later ones"
std::string text_of(const Keys& keys, const Cursor& cursor) {
  const CursorPage page = page_of(keys, cursor);
  std::string text = page.has_previous ? "<" : "";
  for (std::size_t i = page.begin; i < page.end; ++i) text += keys[i];
  return text + (page.has_next ? ">" : "");
}

struct Case {
  std::string_view after;
  std::string_view before;
  std::size_t size;
  std::string_view page;
};

TEST(CursorPage, Table) {
  const Keys keys{"g", "f", "e", "d", "c"};
  const Case cases[] = {
      {"", "", 2, "gf>"},   {"", "", 5, "gfedc"}, {"", "", 200, "gfedc"}, {"f", "", 2, "<ed>"},
      {"d", "", 2, "<c"},   {"c", "", 2, "<"},    {"z", "", 2, "gf>"},    {"a", "", 2, "<"},
      {"ee", "", 1, "<e>"}, {"", "e", 2, "gf>"},  {"", "e", 1, "<f>"},    {"", "g", 2, ">"},
      {"", "a", 2, "<dc"},  {"", "ee", 1, "<f>"}, {"", "f", 5, "g>"},     {"", "z", 3, ">"},
  };
  for (const Case& each : cases) {
    Cursor cursor;
    if (!each.after.empty()) cursor.after = each.after;
    if (!each.before.empty()) cursor.before = each.before;
    cursor.size = each.size;
    EXPECT_EQ(text_of(keys, cursor), each.page) << each.after << "|" << each.before << "|" << each.size;
  }
  EXPECT_EQ(text_of({}, {}), "");
}

std::string key_of(int number) {
  const std::string digits = std::to_string(number);
  return std::string(6 - digits.size(), '0') + digits;
}

// Rows come in front, newest first.
RC_GTEST_PROP(CursorPage, AWalkSeesEachRowOnceWhileOthersJoin, ()) {
  const int count = *rc::gen::inRange(0, 40);
  Keys keys;
  for (int number = count; number > 0; --number) keys.push_back(key_of(number));
  const Keys at_first = keys;
  int next = count + 1;
  const auto add_some = [&, last = count + 40] {  // no more than that, or a walk back would never come to an end
    for (int more = *rc::gen::inRange(0, 4); more > 0 && next < last; --more) keys.insert(keys.begin(), key_of(next++));
  };

  Keys seen;
  Cursor cursor;
  cursor.size = *rc::gen::inRange<std::size_t>(1, 10);
  CursorPage page = page_of(keys, cursor);
  for (;;) {
    for (std::size_t i = page.begin; i < page.end; ++i) seen.push_back(keys[i]);
    if (!page.has_next) break;
    cursor.after = keys[page.end - 1];
    add_some();
    page = page_of(keys, cursor);
  }
  RC_ASSERT(seen == at_first);

  // And back from the last row: all that is there at the end, in pages of which none overlaps.
  if (keys.empty()) return;
  Keys back{keys.back()};
  cursor.after.reset();
  cursor.before = keys.back();
  for (;;) {
    page = page_of(keys, cursor);
    back.insert(back.begin(), keys.begin() + static_cast<std::ptrdiff_t>(page.begin),
                keys.begin() + static_cast<std::ptrdiff_t>(page.end));
    if (!page.has_previous) break;
    cursor.before = keys[page.begin];
    add_some();
  }
  RC_ASSERT(back == keys);
}

}  // namespace
}  // namespace tallystick::app
