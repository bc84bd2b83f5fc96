#include "tallystick/wire/canonical_json.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"
#include "wire/plain_number.hpp"

namespace tallystick::wire {
namespace {

// Members by name in byte order; of duplicates the last, which is the one that readers see.
std::vector<const Value*> sorted_members(const Value& object) {
  std::vector<const Value*> members;
  members.reserve(object.children_count);
  for (const Value& member : object.items()) members.push_back(&member);
  std::ranges::stable_sort(members, {}, [](const Value* member) { return member->name; });
  std::vector<const Value*> last;
  last.reserve(members.size());
  for (const Value* member : members) {
    if (!last.empty() && last.back()->name == member->name) last.pop_back();
    last.push_back(member);
  }
  return last;
}

Status<std::string> write_canonical(JsonWriter& writer, const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      writer.raw("null");
      return {};
    case Value::Kind::boolean:
      writer.raw(value.text);
      return {};
    case Value::Kind::number: {
      const auto plain = plain_number(value.text);
      if (!plain) {
        return fail("has a number with an exponent beyond " + std::to_string(plain_exponent_max) + ": " +
                    std::string(value.text));
      }
      writer.raw(*plain);
      return {};
    }
    case Value::Kind::string:
    case Value::Kind::plain:
      writer.string(value.text);
      return {};
    case Value::Kind::array:
      writer.begin_array();
      for (const Value& element : value.items()) {
        if (auto written = write_canonical(writer, element); !written) return written;
      }
      writer.end_array();
      return {};
    case Value::Kind::object:
      writer.begin_object();
      for (const Value* member : sorted_members(value)) {
        writer.key(member->name);
        if (auto written = write_canonical(writer, *member); !written) return written;
      }
      writer.end_object();
      return {};
  }
  return {};
}

}  // namespace

Result<std::string, std::string> canonical_json(std::string_view text) {
  JsonReader reader(std::numeric_limits<std::size_t>::max());
  const auto root = reader.read(text);
  if (!root) return fail(root.error());
  std::string canonical;
  canonical.reserve(text.size());
  JsonWriter writer(canonical);
  if (auto written = write_canonical(writer, **root); !written) return fail(std::move(written.error()));
  return canonical;
}

}  // namespace tallystick::wire
