#pragma once
#include <cstdint>
#include <string>
#include <type_traits>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/open_number.hpp"
#include "wire/fault_words.hpp"
#include "wire/json_writer.hpp"
#include "wire/model_shape.hpp"
#include "wire/pointer.hpp"
#include "wire/scalar.hpp"

/// Reads models from the tree of values that JsonReader builds: what any JSON means for a model, and every fault of it.
namespace tallystick::wire::codec {

/// Writes any value that was read, numbers with their digits as they came.
void write_value(JsonWriter& writer, const Value& value);

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

}  // namespace tallystick::wire::codec
