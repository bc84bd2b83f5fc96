#pragma once
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/open_number.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"
#include "wire/model_shape.hpp"
#include "wire/model_tree.hpp"
#include "wire/plain_model.hpp"

/// One codec for every model: a source describes its structs with BOOST_DESCRIBE_STRUCT (all members but `unknown`) and
/// instantiates to_json and from_json. A member `total_usage` is `totalUsage` on the wire, a decimal an exact number, a
/// day `yyyy-MM-dd`.
namespace tallystick::wire {
namespace codec {

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

/// from_json by way of the tree alone.
template <class Model>
Result<Model, DecodeFaults> read_by_tree(std::string_view text) {
  JsonReader reader(std::numeric_limits<std::size_t>::max());
  const auto root = reader.read(text);
  if (!root) return fail(DecodeFaults{{"", root.error()}});
  Model model;
  FaultList faults;
  read(**root, model, Path(), faults);
  if (!faults.is_empty()) return fail(faults.take());
  return model;
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
  if (Model model; PlainModel(text).read_all(model)) return model;
  return codec::read_by_tree<Model>(text);
}

}  // namespace tallystick::wire
