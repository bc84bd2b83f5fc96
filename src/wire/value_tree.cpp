#include "wire/value_tree.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

namespace tallystick::wire {

const Value* Value::find(std::string_view member) const {
  for (std::size_t i = children_count; i > 0; --i) {
    const Value& child = children[i - 1];
    if (child.name == member) return child.kind == Kind::null ? nullptr : &child;
  }
  return nullptr;
}

void ValueTree::close() {
  Value& parent = stack_[open_.back()];
  const std::size_t count = stack_.size() - open_.back() - 1;
  if (count > 0) {
    auto* children = static_cast<Value*>(memory_.allocate(count * sizeof(Value), alignof(Value)));
    std::uninitialized_copy_n(stack_.data() + open_.back() + 1, count, children);
    parent.children = children;
    parent.children_count = count;
  }
  stack_.resize(open_.back() + 1);
  open_.pop_back();
}

std::string_view ValueTree::keep(std::string_view text) {
  // Not the null view: a key that is empty is a key all the same.
  if (text.empty()) return "";
  auto* copy = static_cast<char*>(memory_.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void ValueTree::drop_last() {
  stack_.pop_back();
  memory_.release();
  size_ = 0;
}

void ValueTree::clear() {
  stack_.clear();
  open_.clear();
  next_name_ = {};
  next_name_place_ = {};
  memory_.release();
  size_ = 0;
}

}  // namespace tallystick::wire
