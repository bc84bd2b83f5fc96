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

/// The name of a member as it mostly stands in JSON: `{"name":` of the first member of an object, `,"name":` of others.
template <class Model, class Member, char before>
inline constexpr auto key_text = [] {
  constexpr std::string_view name = wire_name<Model, Member>.view();
  std::array<char, name.size() + 4> text{};
  text[0] = before;
  text[1] = text[name.size() + 2] = '"';
  text.back() = ':';
  std::ranges::copy(name, text.begin() + 2);
  return text;
}();

template <class Model, class Member, char before>
constexpr std::string_view key_of() {
  return {key_text<Model, Member, before>.data(), key_text<Model, Member, before>.size()};
}

}  // namespace codec

/// Reads a model without a tree from the JSON that services write: described members alone, each once, in any order,
/// texts without escapes, integers, nothing wrong; gives up at all else. What it does read, the tree reads alike, in
/// twice the time.
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
      if (times_.take_of_same_month(at_, end_, out)) return true;
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
  using Met = std::array<bool, boost::mp11::mp_size<codec::Members<Model>>::value>;

  // First those that come in the order of the description and without blanks, as programs write them, each found by
  // one comparison; then whatever is left, if anything is.
  template <class Model>
  bool read_object(Model& out) {
    if (++depth_ > json_depth_max) return false;
    Met<Model> met{};
    bool is_open = false;
    if (!read_in_order(out, met, is_open)) return false;
    if (!next_is('}') || !is_open) return read_rest(out, met, is_open) && leave('}') && is_whole(out, met);
    return leave('}') && is_whole(out, met);
  }

  template <class Model>
  bool read_in_order(Model& out, Met<Model>& met, bool& is_open) {
    bool is_read = true;
    std::size_t position = 0;
    boost::mp11::mp_for_each<codec::Members<Model>>([&](auto member) {
      const std::size_t own = position++;
      if (!is_read) return;
      if (!read_word(is_open ? codec::key_of<Model, decltype(member), ','>()
                             : codec::key_of<Model, decltype(member), '{'>())) {
        return;
      }
      is_open = true;
      met[own] = true;
      is_read = read_field(out.*decltype(member)::pointer);
    });
    return is_read;
  }

  // Up to the closing brace.
  template <class Model>
  bool read_rest(Model& out, Met<Model>& met, bool is_open) {
    if (!is_open) {
      if (!take('{')) return false;
      if (skip_blanks(); next_is('}')) return true;
      if (!read_member(out, met)) return false;
    }
    while (take(',')) {
      if (!read_member(out, met)) return false;
    }
    return true;
  }

  // Whichever of the members comes next.
  template <class Model>
  bool read_member(Model& out, Met<Model>& met) {
    skip_blanks();
    bool is_found = false;
    bool is_read = false;
    std::size_t position = 0;
    boost::mp11::mp_for_each<codec::Members<Model>>([&](auto member) {
      constexpr std::string_view key = codec::key_of<Model, decltype(member), ','>();
      const std::size_t own = position++;
      if (is_found || !read_word(key.substr(1, key.size() - 2))) return;
      is_found = true;
      if (std::exchange(met[own], true) || !take(':')) return;
      is_read = read_field(out.*decltype(member)::pointer);
    });
    return is_read;
  }

  template <class Field>
  bool read_field(Field& field) {
    if constexpr (codec::is_optional<Field>) {
      return read(field.emplace());
    } else {
      return read(field);
    }
  }

  template <class Model>
  static bool is_whole(const Model& model, const Met<Model>& met) {
    bool is_whole = true;
    std::size_t position = 0;
    boost::mp11::mp_for_each<codec::Members<Model>>([&](auto member) {
      using Field = std::remove_cvref_t<decltype(model.*decltype(member)::pointer)>;
      is_whole = is_whole && (met[position++] || codec::is_optional<Field>);
    });
    return is_whole;
  }

  template <class Element>
  bool read_list(std::vector<Element>& out) {
    if (++depth_ > json_depth_max || !take('[')) return false;
    if (!take(']')) {
      const char* const begin = at_;
      do {
        if (out.size() == 1) out.reserve(elements_left(begin, sizeof(Element)) + 1);
        if (!read(out.emplace_back())) return false;
      } while (take(','));
      return leave(']');
    }
    --depth_;
    return true;
  }

  // How many elements follow the first, which began there, if they are all alike: what is wrong about it costs time,
  // and never more memory than a few times the text.
  std::size_t elements_left(const char* first, std::size_t element_bytes) const {
    constexpr std::size_t bytes_for_each_of_text = 4;
    const std::string_view left = rest();
    const auto alike = std::min(left.find(']'), left.size()) / static_cast<std::size_t>(at_ - first);
    return std::min(alike, left.size() * bytes_for_each_of_text / element_bytes);
  }

  bool leave(char closing) {
    --depth_;
    return take(closing);
  }

  TimeReader times_;
  std::size_t depth_ = 0;
};

}  // namespace tallystick::wire
