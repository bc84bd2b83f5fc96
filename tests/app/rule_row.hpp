#pragma once
#include <gtest/gtest.h>

#include <cctype>
#include <functional>
#include <string>

/// Tables of rules: each row spoils a good document in one way and names the fault that this is.
namespace tallystick::test {

template <class Document>
struct RuleRow {
  std::string name;
  std::function<void(Document&)> spoil;
  std::string pointer;
  std::string message_part;
  bool prune = false;
};

/// The row's name as GoogleTest takes it.
template <class Document>
std::string name_of(const testing::TestParamInfo<RuleRow<Document>>& info) {
  std::string name = info.param.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

}  // namespace tallystick::test
