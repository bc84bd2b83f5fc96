#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/result.hpp"

struct _xmlAttr;
struct _xmlDoc;
struct _xmlNode;

/// XML from strangers, read without reaching for anything outside of it.
namespace tallystick::saml {

/// Longer texts are refused unread. Assertions of common identity providers have 3 to 15 KB.
inline constexpr std::size_t xml_bytes_max = 131'072;
inline constexpr std::size_t xml_depth_max = 64;

/// The namespaces that assertions are made of.
inline constexpr std::string_view assertion_namespace = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr std::string_view protocol_namespace = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";

struct QualifiedName {
  std::string_view space;
  std::string_view local;
};

/// One element of a Document, valid as long as that one.
class Element {
 public:
  explicit Element(_xmlNode* node) : node_(node) {}

  [[nodiscard]] bool is(QualifiedName name) const;
  [[nodiscard]] std::string_view local_name() const;
  [[nodiscard]] std::vector<Element> children() const;
  /// Children of that name, not their descendants.
  [[nodiscard]] std::vector<Element> children(QualifiedName name) const;
  /// The one child of that name. Absent: none, or several.
  [[nodiscard]] std::optional<Element> only_child(QualifiedName name) const;
  /// An attribute that is in no namespace.
  [[nodiscard]] std::optional<std::string> attribute(std::string_view name) const;
  /// All of its text, trimmed. A comment in the middle does not end it: what stands behind counts too. Absent: it has
  /// child elements.
  [[nodiscard]] std::optional<std::string> text() const;
  /// Calls `visit` for this element and every one below.
  void each_below(const std::function<void(const Element&)>& visit) const;
  /// How many attributes below, of whatever case and namespace, are called ID and have this value.
  [[nodiscard]] std::size_t ids_below(std::string_view value) const;

  [[nodiscard]] _xmlNode* node() const { return node_; }
  /// Null: there is no such attribute.
  [[nodiscard]] _xmlAttr* attribute_node(std::string_view name) const;
  friend bool operator==(const Element&, const Element&) = default;

 private:
  _xmlNode* node_;
};

class Document {
 public:
  /// Reads UTF-8. Refused: what is not well-formed, too long or too deep; a document type, entities but for the five of
  /// XML itself, processing instructions.
  [[nodiscard]] static Result<Document, std::string> parse(std::string_view xml);

  [[nodiscard]] Element root() const;
  [[nodiscard]] _xmlDoc* get() const { return doc_.get(); }

 private:
  struct Free {
    void operator()(_xmlDoc* doc) const;
  };
  explicit Document(_xmlDoc* doc) : doc_(doc) {}
  std::unique_ptr<_xmlDoc, Free> doc_;
};

}  // namespace tallystick::saml
