#include "cli/hidden_line.hpp"

#include <gtest/gtest.h>

namespace tallystick::cli {
namespace {

TEST(HiddenLine, IsMendedAsItIsTyped) {
  using State = TypedLine::State;
  struct Row {
    const char* typed;
    State state;
    const char* text;
  };
  const Row rows[] = {{"secret\n", State::finished, "secret"},
                      {"secret\r", State::finished, "secret"},
                      {"secrex\x7ft\n", State::finished, "secret"},
                      {"a\b\b\bb\n", State::finished, "b"},
                      {"wrong\x15right\n", State::finished, "right"},
                      {"\xc3\xa4\x7fx\n", State::finished, "x"},
                      {"a\xc3\xa4\x7f\n", State::finished, "a"},
                      {"sec\x03", State::given_up, "sec"},
                      {"\x04", State::given_up, ""},
                      {"a\x04", State::open, "a"},
                      {"tab\there", State::open, "tab\there"},
                      {"\n", State::finished, ""}};
  for (const Row& row : rows) {
    TypedLine line;
    State state = State::open;
    for (const char* c = row.typed; *c != '\0'; ++c) state = line.type(*c);
    EXPECT_EQ(state, row.state) << row.text;
    EXPECT_EQ(line.text(), row.text);
  }
}

}  // namespace
}  // namespace tallystick::cli
