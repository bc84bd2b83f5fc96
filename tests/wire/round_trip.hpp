#pragma once
#include <gtest/gtest.h>

#include <string_view>

#include "tallystick/wire/json.hpp"

namespace tallystick::wire {

// A text in the order in which we write it comes back as it was, through its model.
template <class Model>
void expect_round_trip(std::string_view text) {
  const auto read = from_json<Model>(text);
  ASSERT_TRUE(read.has_value()) << text << ": " << read.error().front().pointer << " " << read.error().front().message;
  EXPECT_EQ(to_json(*read), text);
  const auto again = from_json<Model>(to_json(*read));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, *read);
}

}  // namespace tallystick::wire
