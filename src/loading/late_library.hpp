#pragma once
#include <mutex>
#include <optional>
#include <string>

/// Libraries that a few uses of the program need, loaded by the first of these (docs/adr/0023).
namespace tallystick::loading {

class LateName;

/// One library, with those that it brings along. Never unloaded: hardly any allows it.
class LateLibrary {
 public:
  /// `file`: as the linker would write it down, with its version.
  explicit LateLibrary(const char* file) : file_(file) {}

  /// Loads it and finds all of its names, the first time that it is asked. Absent: they may be called; else what is
  /// missing. Any thread.
  [[nodiscard]] const std::optional<std::string>& fault();

 private:
  friend LateName;
  const char* file_;
  const LateName* first_ = nullptr;
  std::once_flag once_;
  std::optional<std::string> fault_;
};

/// One of the functions that are found together.
class LateName {
 protected:
  LateName(LateLibrary& library, const char* name) : name_(name), next_(library.first_) { library.first_ = this; }
  mutable void* address_ = nullptr;

 private:
  friend LateLibrary;
  const char* name_;
  const LateName* next_;
};

/// To be called as the function that it names.
template <class Function>
class LateFunction;
template <class Value, class... Arguments>
class LateFunction<Value(Arguments...)> : public LateName {
 public:
  LateFunction(LateLibrary& library, const char* name) : LateName(library, name) {}
  Value operator()(Arguments... arguments) const {
    return reinterpret_cast<Value (*)(Arguments...)>(address_)(arguments...);
  }
};

/// For smart pointers.
template <const auto& function>
struct ReleasedBy {
  void operator()(auto* object) const { function(object); }
};

}  // namespace tallystick::loading
