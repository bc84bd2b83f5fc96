#pragma once
#include <tl/expected.hpp>
#include <utility>

#pragma GCC visibility push(default)
namespace tallystick {

/// Either a value or the reason why there is none. Discarding one is a compile error in this project
/// (-Werror=unused-result), so a failure is handled or passed on where it happens.
template <class Value, class Failure>
class [[nodiscard]] Result : public tl::expected<Value, Failure> {
 public:
  using tl::expected<Value, Failure>::expected;
};

/// A Result without a value: success, or the reason of the failure.
template <class Failure>
using Status = Result<void, Failure>;

/// `return fail(reason);` in a function that returns a Result.
template <class Failure>
[[nodiscard]] constexpr tl::unexpected<std::decay_t<Failure>> fail(Failure&& failure) {
  return tl::unexpected<std::decay_t<Failure>>(std::forward<Failure>(failure));
}

}  // namespace tallystick
#pragma GCC visibility pop
