#pragma once
#include <optional>
#include <string_view>

#include "wire/fault_words.hpp"
#include "wire/pointer.hpp"
#include "wire/scalar.hpp"
#include "wire/value_tree.hpp"

namespace tallystick::wire {

/// How one member's value is read; absent only together with a fault.
template <class T>
using ReadMember = std::optional<T> (*)(const Value&, const Path&, FaultList&);

/// Takes the members of one object by name: what is absent, or of another kind, becomes a fault at its pointer.
/// `Members` finds them as Value does, by names of its own type that stand for a text. The object, its path and the
/// list outlive the reader.
template <class Members>
class MemberReader {
 public:
  MemberReader(const Members& members, const Path& at, FaultList& faults)
      : members_(members), at_(at), faults_(faults) {}

  /// nullptr where it is absent or null.
  [[nodiscard]] const Value* find(const auto& name) const { return members_.find(name); }
  void fault(std::string_view name, std::string_view message) { faults_.add(at_.member(name), message); }

  template <class T>
  [[nodiscard]] std::optional<T> optional(const auto& name, ReadMember<T> read) {
    const Value* found = find(name);
    return found == nullptr ? std::nullopt : read(*found, at_.member(name), faults_);
  }
  template <class T>
  [[nodiscard]] std::optional<T> required(const auto& name, ReadMember<T> read) {
    const Value* found = find(name);
    if (found != nullptr) return read(*found, at_.member(name), faults_);
    fault(name, words::required);
    return std::nullopt;
  }

 private:
  const Members& members_;
  const Path& at_;
  FaultList& faults_;
};

}  // namespace tallystick::wire
