#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "tallystick/core/problem.hpp"
#include "tallystick/wire/json.hpp"

namespace tallystick::wire {

/// Where a decoder stands: a chain on the stack, which costs nothing until a fault asks for its text.
class Path {
 public:
  Path() = default;
  [[nodiscard]] Path member(std::string_view name) const { return {this, name, 0}; }
  [[nodiscard]] Path element(std::size_t index) const { return {this, {}, index}; }

  /// The RFC 6901 pointer; `~` and `/` in names are escaped. A path must not outlive those that it was made from.
  [[nodiscard]] std::string pointer() const;

 private:
  Path(const Path* parent, std::string_view name, std::size_t index) : parent_(parent), name_(name), index_(index) {}
  void append_to(std::string& text) const;

  const Path* parent_ = nullptr;
  std::string_view name_;  // null data: an element of an array
  std::size_t index_ = 0;
};

/// Collects the faults of one text and keeps the first core::faults_reported_max of them.
class FaultList {
 public:
  void add(const Path& path, std::string_view message);
  [[nodiscard]] bool is_empty() const { return found_ == 0; }
  /// How many were found, those that are not kept included.
  [[nodiscard]] std::size_t found() const { return found_; }
  [[nodiscard]] DecodeFaults take() { return std::move(faults_); }

 private:
  DecodeFaults faults_;
  std::size_t found_ = 0;
};

}  // namespace tallystick::wire
