#include "tallystick/wire/event.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "wire/event_shape.hpp"
#include "wire/fault_words.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"
#include "wire/plain_events.hpp"
#include "wire/pointer.hpp"

namespace tallystick::wire {
namespace {

// An event needs about a dozen; more is a body that wants to fill memory.
constexpr std::size_t event_values_max = 1'000;

EventDecodeFailure malformed(const std::string& reason) {
  return {EventDecodeFailure::Kind::malformed, "The body " + reason + "."};
}
EventDecodeFailure too_many(std::size_t events_max) {
  return {EventDecodeFailure::Kind::too_many_events,
          "The body holds more than " + std::to_string(events_max) + " events: send them in several batches."};
}

// Gathers what the events of one body give.
class Gathering {
 public:
  Gathering() = default;
  // Makes room for what a body of that size usually holds.
  Gathering(std::size_t body_bytes, std::size_t events_max) {
    constexpr std::size_t event_bytes = 200;
    const std::size_t events = std::min(body_bytes / event_bytes + 1, events_max);
    decoded_.events.reserve(events);
    decoded_.positions.reserve(events);
  }

  void take(const Value& value, const Path& at, std::size_t position) {
    if (value.kind == Value::Kind::object) {
      take(EventAttributes(value), at, position);
    } else {
      fault(at, words::object);
    }
  }
  void take(const EventAttributes& found, const Path& at, std::size_t position) {
    const ShapedEvent shaped = read_event(found, at, faults_, decoded_.events.emplace_back());
    if (shaped.is_good) {
      decoded_.positions.push_back(position);
      return;
    }
    decoded_.events.pop_back();
    if (shaped.organization) decoded_.organizations_with_faults.push_back(*shaped.organization);
  }
  void fault(const Path& at, std::string_view message) { faults_.add(at, message); }

  [[nodiscard]] DecodedEvents finish() {
    auto& organizations = decoded_.organizations_with_faults;
    std::ranges::sort(organizations);
    organizations.erase(std::unique(organizations.begin(), organizations.end()), organizations.end());
    decoded_.faults = faults_.take();
    return std::move(decoded_);
  }

 private:
  DecodedEvents decoded_;
  FaultList faults_;
};

using Decoded = Result<DecodedEvents, EventDecodeFailure>;

Decoded decode_single(std::string_view body, std::size_t events_max) {
  Gathering gathering;
  EventAttributes found;
  if (PlainEvents plain; events_max > 0 && plain.read_all(body, found)) {
    gathering.take(found, Path(), 0);
    return gathering.finish();
  }
  JsonReader reader(event_values_max);
  const auto root = reader.read(body);
  if (!root) return fail(malformed(root.error()));
  if ((*root)->kind != Value::Kind::object) return fail(malformed("must be a JSON object"));
  if (events_max < 1) return fail(too_many(events_max));
  gathering.take(**root, Path(), 0);
  return gathering.finish();
}

// Takes events from the front of a batch for as long as they are plain; true: that was the whole body.
bool take_plain_events(std::string_view body, std::size_t events_max, Gathering& gathering, std::size_t& taken) {
  PlainEvents plain;
  plain.begin(body);
  EventAttributes found;
  const Path root;
  if (!plain.take('[')) return false;
  if (!plain.take(']')) {
    do {
      if (taken == events_max || !plain.read(found)) return false;
      gathering.take(found, root.element(taken), taken);
      ++taken;
    } while (plain.take(','));
    if (!plain.take(']')) return false;
  }
  return plain.at_end();
}

Decoded decode_batch(std::string_view body, std::size_t events_max) {
  Gathering gathering(body.size(), events_max);
  std::size_t taken = 0;
  if (take_plain_events(body, events_max, gathering, taken)) return gathering.finish();
  JsonReader reader(event_values_max);
  const Path root;
  std::size_t index = 0;
  bool has_too_many = false;
  const auto read = reader.read_elements(body, [&](const Value& element) {
    has_too_many = index == events_max;
    if (has_too_many) return false;
    if (index >= taken) gathering.take(element, root.element(index), index);
    ++index;
    return true;
  });
  if (!read) return fail(malformed(read.error()));
  if (has_too_many) return fail(too_many(events_max));
  return gathering.finish();
}

// Cuts the next line off `rest`, without its \n or \r\n.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Decoded decode_lines(std::string_view body, std::size_t events_max) {
  JsonReader reader(event_values_max);
  Gathering gathering(body.size(), events_max);
  PlainEvents plain;
  EventAttributes found;
  const Path root;
  std::size_t events = 0;
  for (std::size_t index = 0; !body.empty(); ++index) {
    const std::string_view line = next_line(body);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    if (++events > events_max) return fail(too_many(events_max));
    const Path at = root.element(index);
    if (plain.read_all(line, found)) {
      gathering.take(found, at, index);
    } else if (const auto value = reader.read(line)) {
      gathering.take(**value, at, index);
    } else {
      gathering.fault(at, value.error());
    }
  }
  return gathering.finish();
}

// Where each field of core's event lies in the JSON.
Path path_of(core::EventField field, const Path& event, const Path& data) {
  switch (field) {
    case core::EventField::source:
      return event.member(attribute::source);
    case core::EventField::id:
      return event.member(attribute::id);
    case core::EventField::organization:
      return event.member(attribute::organization);
    case core::EventField::product:
      return event.member(attribute::type);
    case core::EventField::resource:
      return event.member(attribute::subject);
    case core::EventField::time:
      return event.member(attribute::time);
    case core::EventField::quantity:
      return data.member(attribute::quantity);
    case core::EventField::until:
      return data.member(attribute::until);
    case core::EventField::target_source:
      return data.member(attribute::source);
    case core::EventField::target_id:
      return data.member(attribute::id);
  }
  return event;
}

void write_text(JsonWriter& writer, std::string_view name, std::string_view text) {
  writer.plain_key(name);
  writer.string(text);
}

void write_usage(JsonWriter& writer, const core::UsageEvent& usage) {
  write_text(writer, attribute::type, usage.product);
  write_text(writer, attribute::subject, usage.resource);
  write_text(writer, attribute::organization, usage.organization.to_string());
  write_text(writer, attribute::time, core::to_string(usage.time));
  writer.plain_key(attribute::data);
  writer.begin_object();
  write_text(writer, attribute::quantity, usage.quantity.to_string());
  if (usage.until) write_text(writer, attribute::until, core::to_string(*usage.until));
  writer.end_object();
}

void write_void(JsonWriter& writer, const core::VoidEvent& correction) {
  write_text(writer, attribute::type, void_type);
  write_text(writer, attribute::organization, correction.organization.to_string());
  writer.plain_key(attribute::data);
  writer.begin_object();
  write_text(writer, attribute::source, correction.target_source);
  write_text(writer, attribute::id, correction.target_id);
  writer.end_object();
}

}  // namespace

Result<DecodedEvents, EventDecodeFailure> decode_events(std::string_view body, EventFormat format,
                                                        std::size_t events_max) {
  switch (format) {
    case EventFormat::single:
      return decode_single(body, events_max);
    case EventFormat::batch:
      return decode_batch(body, events_max);
    case EventFormat::ndjson:
      break;
  }
  return decode_lines(body, events_max);
}

std::string event_pointer(EventFormat format, std::size_t position, core::EventField field) {
  const Path root;
  const Path event = format == EventFormat::single ? root : root.element(position);
  const Path data = event.member(attribute::data);
  return path_of(field, event, data).pointer();
}

std::string event_to_json(const core::Event& event) {
  std::string text;
  JsonWriter writer(text);
  writer.begin_object();
  write_text(writer, attribute::specversion, cloudevents_version);
  write_text(writer, attribute::source, core::source_of(event));
  write_text(writer, attribute::id, core::id_of(event));
  if (const auto* usage = std::get_if<core::UsageEvent>(&event)) {
    write_usage(writer, *usage);
  } else {
    write_void(writer, std::get<core::VoidEvent>(event));
  }
  writer.end_object();
  return text;
}

}  // namespace tallystick::wire
