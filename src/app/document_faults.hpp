#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/problem.hpp"

namespace tallystick::app {

/// A place in a document, grown step by step into an RFC 6901 pointer: `DocumentPlace() / "products" / 2 / "key"` is
/// /products/2/key.
class DocumentPlace {
 public:
  DocumentPlace() = default;
  [[nodiscard]] DocumentPlace operator/(std::string_view key) const;
  [[nodiscard]] DocumentPlace operator/(std::size_t index) const;
  [[nodiscard]] const std::string& pointer() const { return pointer_; }

 private:
  std::string pointer_;
};

/// The faults of one document, in the order in which they are found; those beyond core::faults_reported_max are left
/// out.
class DocumentFaults {
 public:
  void add(const DocumentPlace& place, std::string message);
  /// The rule of every text that people read: 1 to `bytes_max` bytes.
  void check_text(const DocumentPlace& place, std::string_view text, std::size_t bytes_max);
  [[nodiscard]] const std::vector<core::Fault>& list() const { return faults_; }

 private:
  std::vector<core::Fault> faults_;
};

/// Tells the second of two entries of a document with one key.
template <class Key>
class DeclaredKeys {
 public:
  void check(DocumentFaults& faults, const DocumentPlace& key_place, const DocumentPlace& entry, const Key& key) {
    const auto [first, is_new] = entries_.try_emplace(key, entry);
    if (!is_new) faults.add(key_place, "is declared already at " + first->second.pointer());
  }

 private:
  std::map<Key, DocumentPlace> entries_;
};

/// Whether `text` has 1 to `bytes_max` bytes, each an ASCII letter (`upper_case` allows capitals), a digit, or one of
/// `._-`.
[[nodiscard]] bool is_plain_identifier(std::string_view text, std::size_t bytes_max, bool upper_case);

}  // namespace tallystick::app
