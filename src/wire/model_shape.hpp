#pragma once
#include <array>
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tallystick/wire/open_enum.hpp"

/// What the description of a model (BOOST_DESCRIBE_STRUCT, all members but `unknown`) says about its JSON.
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

}  // namespace codec
}  // namespace tallystick::wire
