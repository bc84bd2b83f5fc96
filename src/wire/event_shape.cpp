#include "wire/event_shape.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "wire/fault_words.hpp"
#include "wire/member_reader.hpp"
#include "wire/scalar.hpp"

namespace tallystick::wire {
namespace {

bool equal_without_case(std::string_view left, std::string_view lower) {
  return std::ranges::equal(left, lower,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

// What CloudEvents counts as JSON (JSON event format 1.0, section 3.1): the subtype `json` of any type, or one that
// ends with `+json`; with or without parameters.
bool is_json_media_type(std::string_view type) {
  const std::string_view essence = type.substr(0, type.find(';'));
  const std::size_t slash = essence.find('/');
  if (slash == 0 || slash == std::string_view::npos) return false;
  std::string_view subtype = essence.substr(slash + 1);
  subtype = subtype.substr(0, subtype.find_last_not_of(" \t") + 1);
  const std::size_t plus = subtype.rfind('+');
  if (plus == 0) return false;
  return equal_without_case(plus == std::string_view::npos ? subtype : subtype.substr(plus + 1), "json");
}

void check_envelope(MemberReader& members) {
  const Value* version = members.find(attribute::specversion);
  if (version == nullptr) {
    members.fault(attribute::specversion, words::required);
  } else if (version->kind != Value::Kind::string || version->text != cloudevents_version) {
    members.fault(attribute::specversion, "must be \"1.0\"");
  }
  const Value* content_type = members.find(attribute::datacontenttype);
  if (content_type != nullptr &&
      (content_type->kind != Value::Kind::string || !is_json_media_type(content_type->text))) {
    members.fault(attribute::datacontenttype, "must be a JSON type, such as application/json, or absent");
  }
  if (members.find(attribute::data_base64) != nullptr) {
    members.fault(attribute::data_base64, "is not taken: send the data as JSON in \"data\"");
  }
}

// The object that `data` is; nullptr where it is absent, or of another kind, which is a fault.
const Value* find_data(MemberReader& members) {
  const Value* data = members.find(attribute::data);
  if (data == nullptr || data->kind == Value::Kind::object) return data;
  members.fault(attribute::data, words::object);
  return nullptr;
}

// Values that are absent here have left a fault, and the event is not used.
std::string text_or_empty(std::optional<std::string_view> text) {
  return std::string(text.value_or(std::string_view()));
}

void read_usage(core::UsageEvent& usage, MemberReader& members, const Path& at, FaultList& faults) {
  usage.resource = text_or_empty(members.required(attribute::subject, read_string));
  usage.time = members.required(attribute::time, read_time).value_or(core::TimePoint());
  const Value* data = find_data(members);
  if (data == nullptr) return;
  const Path data_at = at.member(attribute::data);
  MemberReader data_members(*data, data_at, faults);
  if (const auto quantity = data_members.optional(attribute::quantity, read_decimal)) usage.quantity = *quantity;
  usage.until = data_members.optional(attribute::until, read_time);
}

void read_target(core::VoidEvent& correction, MemberReader& members, const Path& at, FaultList& faults) {
  const Value* data = find_data(members);
  if (data == nullptr) {
    if (members.find(attribute::data) == nullptr) members.fault(attribute::data, words::required);
    return;
  }
  const Path data_at = at.member(attribute::data);
  MemberReader data_members(*data, data_at, faults);
  correction.target_source = text_or_empty(data_members.required(attribute::source, read_string));
  correction.target_id = text_or_empty(data_members.required(attribute::id, read_string));
}

}  // namespace

ShapedEvent read_event(const Value& value, const Path& at, FaultList& faults) {
  ShapedEvent shaped;
  if (value.kind != Value::Kind::object) {
    faults.add(at, words::object);
    return shaped;
  }
  const std::size_t faults_before = faults.found();
  MemberReader members(value, at, faults);
  check_envelope(members);
  const auto source = members.required(attribute::source, read_string);
  const auto id = members.required(attribute::id, read_string);
  const auto type = members.required(attribute::type, read_string);
  shaped.organization = members.required(attribute::organization, read_uuid);

  const auto fill = [&](auto& event) {
    event.source = text_or_empty(source);
    event.id = text_or_empty(id);
    event.organization = shaped.organization.value_or(core::OrganizationId());
  };
  core::Event event;
  if (type == void_type) {
    auto& correction = event.emplace<core::VoidEvent>();
    fill(correction);
    read_target(correction, members, at, faults);
  } else {
    auto& usage = std::get<core::UsageEvent>(event);
    fill(usage);
    usage.product = text_or_empty(type);
    read_usage(usage, members, at, faults);
  }
  if (faults.found() == faults_before) shaped.event = std::move(event);
  return shaped;
}

}  // namespace tallystick::wire
