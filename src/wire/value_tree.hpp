#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tallystick::wire {

/// Where a value or its key stands in a text, both from 1; 0 where the format does not tell.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// One value of a document as its author wrote it. Numbers stay text, so that no digit is lost on the way through.
struct Value {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    number,  ///< of JSON; `text` has its digits as written
    string,
    plain,  ///< an unquoted scalar of YAML that is not null: what it means depends on what is asked for
    array,
    object,
  };

  std::string_view name;  ///< its key in the object that holds it
  std::string_view text;  ///< of a scalar; "true" or "false" of a boolean
  const Value* children = nullptr;
  std::size_t children_count = 0;
  Place place;
  Place name_place;
  Kind kind = Kind::null;

  /// Elements of an array, members of an object, in the order of the document.
  [[nodiscard]] std::span<const Value> items() const { return {children, children_count}; }

  /// The member of that name; nullptr where there is none or where it is null. Of duplicates the last one wins, as in
  /// Boost.JSON and JavaScript.
  [[nodiscard]] const Value* find(std::string_view member) const;
};

/// Builds values from left to right, as parsers meet them, and owns what they point to. Everything is released at once
/// and the memory is used again.
class ValueTree {
 public:
  ValueTree() = default;
  ValueTree(const ValueTree&) = delete;
  ValueTree& operator=(const ValueTree&) = delete;
  ~ValueTree() = default;

  /// The name of the value that comes next.
  void name_next(std::string_view name, Place place = {}) {
    next_name_ = name;
    next_name_place_ = place;
  }
  void add(Value::Kind kind, std::string_view text, Place place = {}) {
    Value& value = stack_.emplace_back();
    value.name = std::exchange(next_name_, {});
    value.name_place = std::exchange(next_name_place_, {});
    value.text = text;
    value.place = place;
    value.kind = kind;
    ++size_;
  }
  void open(Value::Kind kind, Place place = {}) {
    open_.push_back(stack_.size());
    add(kind, {}, place);
  }
  /// Completes the value that was opened last.
  void close();

  /// A copy of `text` that lives as long as the tree's values.
  [[nodiscard]] std::string_view keep(std::string_view text);

  /// How many arrays and objects are open.
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  /// How many values were added since the tree was cleared.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The value that was completed last; at depth 0 the root.
  [[nodiscard]] const Value& last() const { return stack_.back(); }
  [[nodiscard]] bool is_empty() const { return stack_.empty(); }

  /// Forgets the value that was completed last and the memory below it; only where nothing else needs that memory:
  /// the elements of a root array, one after the other.
  void drop_last();
  void clear();

 private:
  // Enough for a usual event, which then needs no allocation.
  std::array<std::byte, 8192> first_block_{};
  std::pmr::monotonic_buffer_resource memory_{first_block_.data(), first_block_.size()};
  std::vector<Value> stack_;
  std::vector<std::size_t> open_;
  std::string_view next_name_;
  Place next_name_place_;
  std::size_t size_ = 0;
};

}  // namespace tallystick::wire
