#pragma once
#include <string>

#include "server/call.hpp"
#include "server/content_type.hpp"
#include "server/refusal.hpp"
#include "server/request_body.hpp"
#include "server/settings.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/wire/json.hpp"

namespace tallystick::server {

/// What is wrong with a body: bad.request where it is no JSON object at all, else constraint.validation with a pointer
/// for each field.
[[nodiscard]] Refusal refuse_body(wire::DecodeFaults faults);

/// A fault for each member that a model does not know. What closes periods or moves money must not pass over a misspelt
/// one as though it had not been there.
[[nodiscard]] wire::DecodeFaults unknown_members(const wire::UnknownFields& unknown);

/// The body of an address that takes one model as JSON. Refused: another media type or encoding (415), a body over
/// small_body_bytes_max (413), a damaged one (400), an unknown member, and as refuse_body.
template <class Model>
[[nodiscard]] Result<Model, Refusal> read_json_body(Call& call) {
  if (media_type_of(call.request) != "application/json") {
    return fail(refuse_media_type("Content-Type must be application/json."));
  }
  const auto body = read_body(call.request, small_body_bytes_max);
  if (!body) return fail(body.error());
  auto model = wire::from_json<Model>(*body);
  if (!model) return fail(refuse_body(std::move(model.error())));
  if (auto unknown = unknown_members(model->unknown); !unknown.empty()) return fail(refuse_body(std::move(unknown)));
  return std::move(*model);
}

}  // namespace tallystick::server
