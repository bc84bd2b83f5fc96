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

/// Collects the faults of one text, up to core::faults_reported_max.
class FaultList {
 public:
  void add(const Path& path, std::string_view message);
  [[nodiscard]] bool is_empty() const { return faults_.empty(); }
  [[nodiscard]] std::size_t size() const { return faults_.size(); }
  [[nodiscard]] bool is_full() const { return faults_.size() >= core::faults_reported_max; }
  [[nodiscard]] DecodeFaults take() { return std::move(faults_); }

 private:
  DecodeFaults faults_;
};

}  // namespace tallystick::wire
