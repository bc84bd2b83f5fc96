#pragma once
#include <string>

#include "app/billing_questions.hpp"
#include "server/refusal.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/wire/json.hpp"

namespace tallystick::server {

/// A frozen text that cannot be read: damaged on the disk, which `tallystick verify` would tell too.
[[nodiscard]] Refusal refuse_damaged_text(const wire::DecodeFaults& faults);

/// Reads a model back from the text that was frozen.
template <class Model>
[[nodiscard]] Result<Model, Refusal> read_frozen(const store::FrozenText& text) {
  auto read = wire::from_json<Model>(text.json);
  if (!read) return fail(refuse_damaged_text(read.error()));
  return std::move(*read);
}

}  // namespace tallystick::server
