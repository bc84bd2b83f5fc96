#pragma once
#include <array>
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/open_enum.hpp"
#include "tallystick/wire/open_number.hpp"
#include "wire/fault_words.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"
#include "wire/pointer.hpp"
#include "wire/scalar.hpp"

/// One codec for every model: a source describes its structs with BOOST_DESCRIBE_STRUCT (all members but `unknown`) and
/// instantiates to_json and from_json. A member `total_usage` is `totalUsage` on the wire, a decimal an exact number, a
/// day `yyyy-MM-dd`.
namespace tallystick::wire {

/// Specialized as true for a model whose names on the wire are those of its members.
template <class Model>
inline constexpr bool is_snake_case_on_wire = false;

/// Specialized for a model of which some names are spelt otherwise, as (member, name on the wire).
template <class Model>
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 0> renamed_members{};

namespace codec {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class T>
inline constexpr bool is_map<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool is_open_enum = false;
template <class E>
inline constexpr bool is_open_enum<OpenEnum<E>> = true;

template <class Model>
using Members = boost::describe::describe_members<Model, boost::describe::mod_public>;

struct WireName {
  std::array<char, 64> text{};
  std::size_t size = 0;
  [[nodiscard]] constexpr std::string_view view() const { return {text.data(), size}; }
};

template <class Model>
constexpr WireName make_wire_name(std::string_view member) {
  WireName name;
  for (const auto& [renamed, spelt] : renamed_members<Model>) {
    if (renamed != member) continue;
    for (const char c : spelt) name.text[name.size++] = c;
    return name;
  }
  bool starts_word = false;
  for (const char c : member) {
    if (c == '_' && !is_snake_case_on_wire<Model>) {
      starts_word = true;
      continue;
    }
    name.text[name.size++] = starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = false;
  }
  return name;
}

template <class Model, class Member>
inline constexpr WireName wire_name = make_wire_name<Model>(Member::name);

template <class Model>
bool is_known(std::string_view name) {
  bool known = false;
  boost::mp11::mp_for_each<Members<Model>>(
      [&](auto member) { known = known || wire_name<Model, decltype(member)>.view() == name; });
  return known;
}

/// Writes any value that was read, numbers with their digits as they came.
void write_value(JsonWriter& writer, const Value& value);

template <class T>
void write(JsonWriter& writer, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    writer.boolean(value);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    writer.integer(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    writer.string(value);
  } else if constexpr (std::is_same_v<T, core::TimePoint>) {
    writer.time(value);
  } else if constexpr (std::is_same_v<T, core::Day>) {
    writer.string(core::to_string(value));
  } else if constexpr (std::is_same_v<T, core::Decimal>) {
    writer.raw(value.to_string());
  } else if constexpr (std::is_same_v<T, OpenNumber>) {
    writer.raw(value.text());
  } else if constexpr (is_open_enum<T>) {
    writer.string(value.text());
  } else if constexpr (is_list<T>) {
    writer.begin_array();
    for (const auto& element : value) write(writer, element);
    writer.end_array();
  } else if constexpr (is_map<T>) {
    writer.begin_object();
    for (const auto& [key, element] : value) {
      writer.key(key);
      write(writer, element);
    }
    writer.end_object();
  } else {
    writer.begin_object();
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
      const auto& field = value.*decltype(member)::pointer;
      constexpr std::string_view name = wire_name<T, decltype(member)>.view();
      if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
        if (!field) return;
        writer.plain_key(name);
        write(writer, *field);
      } else {
        writer.plain_key(name);
        write(writer, field);
      }
    });
    for (const auto& [name, json] : value.unknown.fields) {
      writer.key(name);
      writer.raw(json);
    }
    writer.end_object();
  }
}

template <class T>
void read(const Value& value, T& out, const Path& path, FaultList& faults) {
  if constexpr (std::is_same_v<T, bool>) {
    out = read_boolean(value, path, faults).value_or(false);
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    out = read_integer(value, path, faults).value_or(0);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = read_string(value, path, faults).value_or("");
  } else if constexpr (std::is_same_v<T, core::TimePoint>) {
    out = read_time(value, path, faults).value_or(core::TimePoint());
  } else if constexpr (std::is_same_v<T, core::Day>) {
    out = read_date(value, path, faults).value_or(core::Day());
  } else if constexpr (std::is_same_v<T, core::Decimal>) {
    out = read_number(value, path, faults).value_or(core::Decimal());
  } else if constexpr (std::is_same_v<T, OpenNumber>) {
    out = value.kind == Value::Kind::number ? OpenNumber::from_json_number(value.text)
                                            : OpenNumber(read_number(value, path, faults).value_or(core::Decimal()));
  } else if constexpr (is_open_enum<T>) {
    out = T::from_text(read_string(value, path, faults).value_or(""));
  } else if constexpr (is_list<T>) {
    if (value.kind != Value::Kind::array) return faults.add(path, words::array);
    out.clear();
    out.reserve(value.children_count);
    for (const Value& element : value.items()) {
      const Path at = path.element(out.size());
      read(element, out.emplace_back(), at, faults);
    }
  } else if constexpr (is_map<T>) {
    if (value.kind != Value::Kind::object) return faults.add(path, words::object);
    out.clear();
    for (const Value& member : value.items()) {
      read(member, out[std::string(member.name)], path.member(member.name), faults);
    }
  } else {
    if (value.kind != Value::Kind::object) return faults.add(path, words::object);
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
      auto& field = out.*decltype(member)::pointer;
      constexpr std::string_view name = wire_name<T, decltype(member)>.view();
      const Value* found = value.find(name);
      if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
        if (found != nullptr) read(*found, field.emplace(), path.member(name), faults);
      } else if (found != nullptr) {
        read(*found, field, path.member(name), faults);
      } else {
        faults.add(path.member(name), words::required);
      }
    });
    for (const Value& member : value.items()) {
      if (is_known<T>(member.name)) continue;
      auto& [name, json] = out.unknown.fields.emplace_back(member.name, std::string());
      JsonWriter writer(json);
      write_value(writer, member);
    }
  }
}

}  // namespace codec

template <class Model>
std::string to_json(const Model& model) {
  std::string text;
  JsonWriter writer(text);
  codec::write(writer, model);
  return text;
}

template <class Model>
Result<Model, DecodeFaults> from_json(std::string_view text) {
  JsonReader reader(std::numeric_limits<std::size_t>::max());
  const auto root = reader.read(text);
  if (!root) return fail(DecodeFaults{{"", root.error()}});
  Model model;
  FaultList faults;
  codec::read(**root, model, Path(), faults);
  if (!faults.is_empty()) return fail(faults.take());
  return model;
}

}  // namespace tallystick::wire
