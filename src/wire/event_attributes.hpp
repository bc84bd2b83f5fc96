#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "wire/value_tree.hpp"

namespace tallystick::wire {

/// The name of an attribute of an event, or of a member of its `data`, and its place among all of them.
struct Attribute {
  std::string_view key;  ///< the name as it mostly stands in JSON, with its colon
  std::size_t position;

  /// It is its name wherever a text is wanted.
  constexpr operator std::string_view() const { return key.substr(1, key.size() - 3); }
};

/// In the order in which events are mostly written.
namespace attribute {
inline constexpr Attribute specversion{"\"specversion\":", 0};
inline constexpr Attribute source{"\"source\":", 1};
inline constexpr Attribute id{"\"id\":", 2};
inline constexpr Attribute type{"\"type\":", 3};
inline constexpr Attribute subject{"\"subject\":", 4};
inline constexpr Attribute organization{"\"organization\":", 5};
inline constexpr Attribute time{"\"time\":", 6};
inline constexpr Attribute data{"\"data\":", 7};
inline constexpr Attribute datacontenttype{"\"datacontenttype\":", 8};
inline constexpr Attribute data_base64{"\"data_base64\":", 9};
inline constexpr Attribute quantity{"\"quantity\":", 10};
inline constexpr Attribute until{"\"until\":", 11};
}  // namespace attribute

/// By position.
inline constexpr std::array attributes{attribute::specversion, attribute::source,   attribute::id,
                                       attribute::type,        attribute::subject,  attribute::organization,
                                       attribute::time,        attribute::data,     attribute::datacontenttype,
                                       attribute::data_base64, attribute::quantity, attribute::until};
inline constexpr std::size_t attribute_count = attributes.size();

/// The position of the attribute of that name; attribute_count where it is none of ours. `expected` is looked at first.
[[nodiscard]] std::size_t attribute_position(std::string_view name, std::size_t expected);

/// What one object has of all attributes.
class Attributes {
 public:
  Attributes() = default;
  /// As Value::find finds them, in one pass.
  explicit Attributes(const Value& object);

  /// nullptr where it is absent or null.
  [[nodiscard]] const Value* find(const Attribute& attribute) const { return found_[attribute.position]; }
  /// Of an attribute that is there twice the later one counts. `value` outlives this.
  void put(std::size_t position, const Value& value) {
    found_[position] = value.kind == Value::Kind::null ? nullptr : &value;
  }
  void clear() { found_.fill(nullptr); }

 private:
  std::array<const Value*, attribute_count> found_{};
};

/// What one event has, and what its `data` has where that is an object.
struct EventAttributes {
  Attributes event;
  Attributes data;

  EventAttributes() = default;
  explicit EventAttributes(const Value& object);
};

}  // namespace tallystick::wire
