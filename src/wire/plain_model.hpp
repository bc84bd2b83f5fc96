#pragma once
#include <algorithm>
#include <array>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "wire/model_shape.hpp"
#include "wire/model_tree.hpp"
#include "wire/plain_cursor.hpp"
#include "wire/time_reader.hpp"

namespace tallystick::wire {
namespace codec {

/// The name of a member as it stands in JSON, with its quotes.
template <class Model, class Member>
inline constexpr auto quoted_name = [] {
  constexpr std::string_view name = wire_name<Model, Member>.view();
  std::array<char, name.size() + 2> text{};
  text.front() = text.back() = '"';
  std::ranges::copy(name, text.begin() + 1);
  return text;
}();

}  // namespace codec

/// Reads a model without a tree from the JSON that services write: described members alone, each once, in any order,
/// texts without escapes, integers, nothing wrong; gives up at all else. What it does read, the tree reads alike. A
/// report of many resources takes it a tenth of the tree's time.
class PlainModel : public PlainCursor {
 public:
  explicit PlainModel(std::string_view text) { begin(text); }

  /// False: given up; `model` is then worth nothing.
  template <class Model>
  [[nodiscard]] bool read_all(Model& model) {
    return read(model) && at_end();
  }

 private:
  template <class T>
  bool read(T& out) {
    if constexpr (std::is_same_v<T, std::string>) {
      std::string_view text;
      if (!take('"') || !read_string(text)) return false;
      out = std::string(text);
      return true;
    } else if constexpr (std::is_same_v<T, core::TimePoint>) {
      std::string_view text;
      if (!take('"') || !read_string(text)) return false;
      const auto time = times_(text);
      out = time.value_or(core::TimePoint());
      return time.has_value();
    } else if constexpr (codec::is_list<T>) {
      return read_list(out);
    } else if constexpr (codec::is_map<T>) {
      return false;
    } else if constexpr (requires { out.unknown; }) {
      return read_object(out);
    } else {
      Value value;
      if (at_end() || !read_scalar(value)) return false;
      FaultList faults;
      codec::read(value, out, Path(), faults);
      return faults.is_empty();
    }
  }

  template <class Model>
  bool read_object(Model& out) {
    using Members = codec::Members<Model>;
    if (!enter('{')) return false;
    std::array<bool, boost::mp11::mp_size<Members>::value> met{};
    if (!take('}')) {
      do {
        if (!read_member(out, met)) return false;
      } while (take(','));
      if (!take('}')) return false;
    }
    --depth_;
    bool is_whole = true;
    std::size_t position = 0;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      using Field = std::remove_cvref_t<decltype(out.*decltype(member)::pointer)>;
      is_whole = is_whole && (met[position++] || codec::is_optional<Field>);
    });
    return is_whole;
  }

  // Whichever of the members comes next.
  template <class Model, std::size_t count>
  bool read_member(Model& out, std::array<bool, count>& met) {
    skip_blanks();
    bool is_found = false;
    bool is_read = false;
    std::size_t position = 0;
    boost::mp11::mp_for_each<codec::Members<Model>>([&](auto member) {
      constexpr auto& name = codec::quoted_name<Model, decltype(member)>;
      const std::size_t own = position++;
      if (is_found || !read_word({name.data(), name.size()})) return;
      is_found = true;
      auto& field = out.*decltype(member)::pointer;
      if (std::exchange(met[own], true) || !take(':')) return;
      if constexpr (codec::is_optional<std::remove_cvref_t<decltype(field)>>) {
        is_read = read(field.emplace());
      } else {
        is_read = read(field);
      }
    });
    return is_read;
  }

  template <class Element>
  bool read_list(std::vector<Element>& out) {
    if (!enter('[')) return false;
    if (!take(']')) {
      const char* const begin = at_;
      do {
        if (out.size() == 1) out.reserve(elements_left(begin) + 1);
        if (!read(out.emplace_back())) return false;
      } while (take(','));
      if (!take(']')) return false;
    }
    --depth_;
    return true;
  }

  // How many elements follow the first, which began there, if they are all alike: what is wrong about it costs memory
  // or time, nothing else.
  std::size_t elements_left(const char* first) const {
    const std::string_view left = rest();
    return std::min(left.find(']'), left.size()) / static_cast<std::size_t>(at_ - first);
  }

  bool enter(char opening) { return ++depth_ <= json_depth_max && take(opening); }

  TimeReader times_;
  std::size_t depth_ = 0;
};

}  // namespace tallystick::wire
