#include "wire/event_shape.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "wire/fault_words.hpp"
#include "wire/member_reader.hpp"
#include "wire/scalar.hpp"

namespace tallystick::wire {
namespace {

using AttributeReader = MemberReader<Attributes>;

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

void check_envelope(AttributeReader& members) {
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

// Whether `data` is an object; where it is there and of another kind, that is a fault.
bool has_data(AttributeReader& members) {
  const Value* data = members.find(attribute::data);
  if (data == nullptr) return false;
  if (data->kind == Value::Kind::object) return true;
  members.fault(attribute::data, words::object);
  return false;
}

// What is absent here has left a fault, and the event is not used.
void take_text(std::string& to, std::optional<std::string_view> text) {
  if (text) to.assign(*text);
}

void read_usage(core::UsageEvent& usage, AttributeReader& members, AttributeReader& data) {
  take_text(usage.resource, members.required(attribute::subject, read_string));
  usage.time = members.required(attribute::time, read_time).value_or(core::TimePoint());
  if (!has_data(members)) return;
  if (const auto quantity = data.optional(attribute::quantity, read_decimal)) usage.quantity = *quantity;
  usage.until = data.optional(attribute::until, read_time);
}

void read_target(core::VoidEvent& correction, AttributeReader& members, AttributeReader& data) {
  if (!has_data(members)) {
    if (members.find(attribute::data) == nullptr) members.fault(attribute::data, words::required);
    return;
  }
  take_text(correction.target_source, data.required(attribute::source, read_string));
  take_text(correction.target_id, data.required(attribute::id, read_string));
}

}  // namespace

ShapedEvent read_event(const EventAttributes& found, const Path& at, FaultList& faults, core::Event& event) {
  const std::size_t faults_before = faults.found();
  AttributeReader members(found.event, at, faults);
  const Path data_at = at.member(attribute::data);
  AttributeReader data(found.data, data_at, faults);
  check_envelope(members);
  const auto source = members.required(attribute::source, read_string);
  const auto id = members.required(attribute::id, read_string);
  const auto type = members.required(attribute::type, read_string);
  ShapedEvent shaped;
  shaped.organization = members.required(attribute::organization, read_uuid);

  const auto fill = [&](auto& kind) {
    take_text(kind.source, source);
    take_text(kind.id, id);
    kind.organization = shaped.organization.value_or(core::OrganizationId());
  };
  if (type == void_type) {
    auto& correction = event.emplace<core::VoidEvent>();
    fill(correction);
    read_target(correction, members, data);
  } else {
    auto& usage = event.emplace<core::UsageEvent>();
    fill(usage);
    take_text(usage.product, type);
    read_usage(usage, members, data);
  }
  shaped.is_good = faults.found() == faults_before;
  return shaped;
}

}  // namespace tallystick::wire
