#include "saml/xml_document.hpp"

#include <algorithm>

#include "saml/xmlsec.hpp"

namespace tallystick::saml {
namespace {

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

/// Without a document type, a value is text alone.
std::string value_of(const xmlAttr& attribute) {
  std::string value;
  for (const xmlNode* node = attribute.children; node != nullptr; node = node->next)
    value.append(view_of(node->content));
  return value;
}

bool is_called_id(std::string_view name) {
  return name.size() == 2 && (name[0] == 'I' || name[0] == 'i') && (name[1] == 'D' || name[1] == 'd');
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(spaces);
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// Refuses a document type before anything that it declares is read: entities that multiply, files, addresses.
void stop_at_document_type(void* context, const xmlChar* /*name*/, const xmlChar* /*public_id*/,
                           const xmlChar* /*system_id*/) {
  auto* parser = static_cast<xmlParserCtxt*>(context);
  *static_cast<bool*>(parser->_private) = true;
  xmlStopParser(parser);
}

/// Whether there is nothing but elements, text and comments, and not too deep.
Status<std::string> check_nodes(const xmlNode* first, std::size_t depth) {
  if (depth > xml_depth_max) return fail(std::string("the XML is nested too deep"));
  for (const xmlNode* node = first; node != nullptr; node = node->next) {
    switch (node->type) {
      case XML_ELEMENT_NODE:
        if (auto below = check_nodes(node->children, depth + 1); !below) return below;
        break;
      case XML_TEXT_NODE:
      case XML_CDATA_SECTION_NODE:
      case XML_COMMENT_NODE:
        break;
      default:
        return fail(std::string("the XML has entities or processing instructions, which are not taken"));
    }
  }
  return {};
}

}  // namespace

bool Element::is(QualifiedName name) const {
  return node_->ns != nullptr && view_of(node_->ns->href) == name.space && local_name() == name.local;
}

std::string_view Element::local_name() const {
  return view_of(node_->name);
}

std::vector<Element> Element::children() const {
  std::vector<Element> found;
  for (xmlNode* node = node_->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) found.emplace_back(node);
  }
  return found;
}

std::vector<Element> Element::children(QualifiedName name) const {
  std::vector<Element> found = children();
  std::erase_if(found, [&](const Element& child) { return !child.is(name); });
  return found;
}

std::optional<Element> Element::only_child(QualifiedName name) const {
  const std::vector<Element> found = children(name);
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

_xmlAttr* Element::attribute_node(std::string_view name) const {
  for (xmlAttr* attribute = node_->properties; attribute != nullptr; attribute = attribute->next) {
    if (attribute->ns == nullptr && view_of(attribute->name) == name) return attribute;
  }
  return nullptr;
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  const xmlAttr* found = attribute_node(name);
  return found == nullptr ? std::nullopt : std::optional(value_of(*found));
}

std::optional<std::string> Element::text() const {
  std::string whole;
  for (const xmlNode* node = node_->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) return std::nullopt;
    if (node->type != XML_COMMENT_NODE) whole.append(view_of(node->content));
  }
  return std::string(trimmed(whole));
}

void Element::each_below(const std::function<void(const Element&)>& visit) const {
  visit(*this);
  for (const Element& child : children()) child.each_below(visit);
}

std::size_t Element::ids_below(std::string_view value) const {
  std::size_t count = 0;
  each_below([&](const Element& element) {
    for (const xmlAttr* each = element.node()->properties; each != nullptr; each = each->next) {
      if (is_called_id(view_of(each->name)) && value_of(*each) == value) ++count;
    }
  });
  return count;
}

void Document::Free::operator()(_xmlDoc* doc) const {
  xmlFreeDoc(doc);
}

Result<Document, std::string> Document::parse(std::string_view xml) {
  if (xml.size() > xml_bytes_max) {
    return fail("the XML has more than " + std::to_string(xml_bytes_max) + " bytes");
  }
  if (const auto& fault = xmlsec_library.fault()) {
    return fail("assertions cannot be read without xmlsec: " + *fault + "; install the package libxmlsec1-openssl");
  }
  const std::unique_ptr<xmlParserCtxt, loading::ReleasedBy<xmlFreeParserCtxt>> parser(xmlNewParserCtxt());
  if (!parser) return fail(std::string("there is no memory to read XML"));
  bool has_document_type = false;
  parser->_private = &has_document_type;
  parser->sax->internalSubset = &stop_at_document_type;
  // Named, because a document that says itself how it is encoded could say something else to another reader.
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  Document document(
      xmlCtxtReadMemory(parser.get(), xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8", options));
  if (has_document_type) return fail(std::string("the XML has a document type, which is not taken"));
  if (!document.doc_ || xmlDocGetRootElement(document.get()) == nullptr) {
    return fail(std::string("it is not well-formed XML in UTF-8"));
  }
  if (auto checked = check_nodes(document.get()->children, 0); !checked) return fail(std::move(checked.error()));
  return document;
}

Element Document::root() const {
  return Element(xmlDocGetRootElement(doc_.get()));
}

}  // namespace tallystick::saml
