#include "wire/document_object.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace tallystick::wire {
namespace {

// How many letters must be changed, added or left out to make one word of the other (Levenshtein).
std::size_t count_edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

// Longer texts are no misspelt keys, and would take long to compare.
constexpr std::size_t misspelt_key_bytes_max = 32;

}  // namespace

void DocumentReading::survey(const Value& value, const Path& at) {
  if (value.place.line > 0) positions[at.pointer()] = {value.place.line, value.place.column};
  if (value.kind == Value::Kind::array) {
    std::size_t index = 0;
    for (const Value& element : value.items()) survey(element, at.element(index++));
  }
  if (value.kind != Value::Kind::object) return;
  std::unordered_set<std::string_view> names;
  for (const Value& member : value.items()) {
    survey(member, at.member(member.name));
    if (!names.insert(member.name).second) fault_of_key(member, at, "stands twice in this object");
  }
}

void DocumentReading::fault_of_key(const Value& member, const Path& object, std::string_view message) {
  const Path at = object.member(member.name);
  faults.add(at, message);
  if (member.name_place.line > 0) positions[at.pointer()] = {member.name_place.line, member.name_place.column};
}

DocumentObject::DocumentObject(const Value& value, const Path& at, DocumentReading& reading)
    : value_(value),
      at_(at),
      reading_(reading),
      members_(value, at, reading.faults),
      is_object_(value.kind == Value::Kind::object) {
  if (!is_object_) reading.faults.add(at, words::object);
}

const Value* DocumentObject::find(std::string_view key) {
  keys_.push_back(key);
  return is_object_ ? members_.find(key) : nullptr;
}

const Value* DocumentObject::required_value(std::string_view key) {
  const Value* found = find(key);
  if (found == nullptr && is_object_) fault(key, words::required);
  return found;
}

std::string DocumentObject::required_text(std::string_view key) {
  return std::string(required(key, read_string).value_or(std::string_view()));
}

void DocumentObject::finish() {
  if (!is_object_) return;
  for (const Value& member : value_.items()) {
    if (std::ranges::find(keys_, member.name) == keys_.end()) {
      reading_.fault_of_key(member, at_, describe_unknown(member.name));
    }
  }
}

std::string DocumentObject::describe_unknown(std::string_view name) const {
  const std::string unknown = "is no key that is known here";
  if (name.size() <= misspelt_key_bytes_max) {
    const auto nearest = std::ranges::min_element(keys_, {}, [name](auto key) { return count_edits(name, key); });
    const std::size_t edits_max = std::max<std::size_t>(2, name.size() / 3);
    if (count_edits(name, *nearest) <= edits_max) return unknown + "; did you mean \"" + std::string(*nearest) + "\"?";
  }
  std::string known;
  for (const std::string_view key : keys_) known += (known.empty() ? "" : ", ") + std::string(key);
  return unknown + "; known are " + known;
}

std::string read_element_text(const Value& value, const Path& at, DocumentReading& reading) {
  return std::string(read_string(value, at, reading.faults).value_or(std::string_view()));
}

}  // namespace tallystick::wire
