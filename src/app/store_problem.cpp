#include "app/store_problem.hpp"

#include <utility>

namespace tallystick::app {

core::Problem overloaded(std::string message) {
  return {core::ProblemKind::overloaded, std::move(message), {}, overload_retry_after_s};
}

core::Problem problem_of(const store::StoreError& error) {
  if (error.kind == store::StoreError::Kind::overloaded) return overloaded(error.message);
  return {core::ProblemKind::storage_failed, error.message, {}, 0};
}

}  // namespace tallystick::app
