#pragma once
#include <optional>
#include <string_view>

#include "wire/fault_words.hpp"
#include "wire/pointer.hpp"
#include "wire/scalar.hpp"
#include "wire/value_tree.hpp"

namespace tallystick::wire {

/// Takes the members of one object by name: what is absent, or of another kind, becomes a fault at its pointer.
/// The object, its path and the list outlive the reader.
class MemberReader {
 public:
  template <class T>
  using Read = std::optional<T> (*)(const Value&, const Path&, FaultList&);

  MemberReader(const Value& object, const Path& at, FaultList& faults) : object_(object), at_(at), faults_(faults) {}

  /// nullptr where it is absent or null.
  [[nodiscard]] const Value* find(std::string_view name) const { return object_.find(name); }
  void fault(std::string_view name, std::string_view message) { faults_.add(at_.member(name), message); }

  template <class T>
  [[nodiscard]] std::optional<T> optional(std::string_view name, Read<T> read) {
    const Value* found = find(name);
    return found == nullptr ? std::nullopt : read(*found, at_.member(name), faults_);
  }
  template <class T>
  [[nodiscard]] std::optional<T> required(std::string_view name, Read<T> read) {
    const Value* found = find(name);
    if (found != nullptr) return read(*found, at_.member(name), faults_);
    fault(name, words::required);
    return std::nullopt;
  }

 private:
  const Value& object_;
  const Path& at_;
  FaultList& faults_;
};

}  // namespace tallystick::wire
