#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/member_reader.hpp"

namespace tallystick::wire {

/// One reading of a document that people write.
class DocumentReading {
 public:
  explicit DocumentReading(const SecretVariables& secret_variables) : variables(secret_variables) {}

  /// Walks over all of the document: notes where each value stands, and adds a fault for each key that stands twice in
  /// one object.
  void survey(const Value& value, const Path& at);
  /// A fault of a key, not of its value.
  void fault_of_key(const Value& member, const Path& object, std::string_view message);

  FaultList faults;
  std::map<std::string, Position> positions;  ///< by pointer; empty where the format does not tell
  const SecretVariables& variables;
};

/// One object of such a document. Every key in it must be asked for: `finish` makes faults of the others.
class DocumentObject {
 public:
  DocumentObject(const Value& value, const Path& at, DocumentReading& reading);

  /// nullptr where it is absent or null.
  [[nodiscard]] const Value* find(std::string_view key);
  /// nullptr only together with a fault.
  [[nodiscard]] const Value* required_value(std::string_view key);
  template <class T>
  [[nodiscard]] std::optional<T> optional(std::string_view key, ReadMember<T> read) {
    keys_.push_back(key);
    return members_.optional(key, read);
  }
  /// Absent only together with a fault.
  template <class T>
  [[nodiscard]] std::optional<T> required(std::string_view key, ReadMember<T> read) {
    keys_.push_back(key);
    return is_object_ ? members_.required(key, read) : std::nullopt;
  }
  [[nodiscard]] std::string required_text(std::string_view key);

  /// The elements of an array, each read by `read`; none where it is absent.
  template <class T>
  [[nodiscard]] std::vector<T> array(std::string_view key, T (*read)(const Value&, const Path&, DocumentReading&)) {
    std::vector<T> elements;
    const Value* found = find(key);
    if (found == nullptr) return elements;
    const Path at = at_.member(key);
    if (found->kind != Value::Kind::array) {
      reading_.faults.add(at, words::array);
      return elements;
    }
    elements.reserve(found->children_count);
    for (const Value& element : found->items())
      elements.push_back(read(element, at.element(elements.size()), reading_));
    return elements;
  }

  void fault(std::string_view key, std::string_view message) { members_.fault(key, message); }
  void finish();

 private:
  [[nodiscard]] std::string describe_unknown(std::string_view name) const;

  const Value& value_;
  const Path& at_;
  DocumentReading& reading_;
  MemberReader<Value> members_;
  std::vector<std::string_view> keys_;
  bool is_object_;
};

/// An element of an array of texts; empty only together with a fault, or where it is.
[[nodiscard]] std::string read_element_text(const Value& value, const Path& at, DocumentReading& reading);

}  // namespace tallystick::wire
