#include "server/json_body.hpp"

#include <algorithm>
#include <utility>

namespace tallystick::server {

Refusal refuse_body(wire::DecodeFaults faults) {
  const bool is_malformed = std::ranges::any_of(faults, &std::string::empty, &core::Fault::pointer);
  Refusal refusal = refuse(is_malformed ? Situation::bad_request : Situation::invalid_fields);
  refusal.faults = std::move(faults);
  if (refusal.faults.size() > core::faults_reported_max) refusal.faults.resize(core::faults_reported_max);
  return refusal;
}

}  // namespace tallystick::server
