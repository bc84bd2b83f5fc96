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

wire::DecodeFaults unknown_members(const wire::UnknownFields& unknown) {
  wire::DecodeFaults faults;
  for (const auto& [name, json] : unknown.fields) {
    if (faults.size() == core::faults_reported_max) break;
    std::string pointer = "/";
    for (const char letter : name) pointer += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
    faults.push_back({std::move(pointer), "is not known here"});
  }
  return faults;
}

}  // namespace tallystick::server
