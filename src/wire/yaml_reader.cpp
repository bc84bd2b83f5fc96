#include "wire/yaml_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>
#include <vector>

#include "tallystick/wire/json.hpp"
#include "wire/utf8.hpp"

namespace tallystick::wire {
namespace {

// Continuation bytes belong to the character before them.
std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Place place_of_offset(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
          static_cast<std::uint32_t>(count_characters(before.substr(line_start)) + 1)};
}

// Turns the marks of yaml-cpp, which counts columns in bytes, into places. Marks come in the order of the text, so that
// the characters of a long line are counted once.
class PlaceCounter {
 public:
  explicit PlaceCounter(std::string_view text) : text_(text) {}

  Place place_of(const YAML::Mark& mark) {
    const auto column = static_cast<std::size_t>(mark.column);
    const std::size_t offset = std::min(static_cast<std::size_t>(mark.pos), text_.size());
    const std::size_t line_start = offset - std::min(column, offset);
    if (line_start != line_start_ || offset < counted_to_) {
      line_start_ = line_start;
      counted_to_ = line_start;
      characters_ = 0;
    }
    characters_ += count_characters(text_.substr(counted_to_, offset - counted_to_));
    counted_to_ = offset;
    return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(characters_ + 1)};
  }

 private:
  std::string_view text_;
  std::size_t line_start_ = 0;
  std::size_t counted_to_ = 0;
  std::size_t characters_ = 0;
};

// Whether the quoted scalar at the front of `text` ends. yaml-cpp takes one that does not for one that ends with the
// text, if a line end comes last: a file that was cut off.
bool ends_its_quote(std::string_view text) {
  const char quote = text.front();
  std::size_t i = 1;
  while (i < text.size()) {
    const bool is_doubled = quote == '\'' && text.substr(i).starts_with("''");
    const bool is_escaped = quote == '"' && text[i] == '\\';
    if (text[i] == quote && !is_doubled) return true;
    i += is_doubled || is_escaped ? 2 : 1;
  }
  return false;
}

// Leaves the parser from within; it has no other way to stop.
class Refusal : public std::exception {
 public:
  Refusal(Place place, const std::string& reason) : message_(place_prefix(place) + reason) {}
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

// Builds the tree out of what yaml-cpp meets.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::size_t values_max, ValueTree& tree)
      : text_(text), places_(text), values_max_(values_max), tree_(tree) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (has_document_) refuse(mark, "a second document begins; a catalog is one document");
    has_document_ = true;
  }
  void OnDocumentEnd() override {}

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases are not taken; write the value out");
  }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    refuse(mark, "anchors are not taken; write the value out where it is needed");
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    if (is_key_next()) refuse(mark, "a key must be a text");
    before_value(mark);
    tree_.add(Value::Kind::null, {}, places_.place_of(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    const bool is_quoted = tag == "!";
    if (!is_quoted && tag != "?") refuse_tag(mark);
    if (is_quoted) check_quote(mark);
    if (is_key_next()) {
      tree_.name_next(tree_.keep(value), places_.place_of(mark));
      key_states_.back() = KeyState::value_next;
      return;
    }
    before_value(mark);
    tree_.add(is_quoted ? Value::Kind::string : Value::Kind::plain, tree_.keep(value), places_.place_of(mark));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, Value::Kind::array, KeyState::none);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(mark, tag, Value::Kind::object, KeyState::key_next);
  }
  void OnMapEnd() override { close(); }

 private:
  enum class KeyState { none, key_next, value_next };

  [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& reason) {
    throw Refusal(places_.place_of(mark), reason);
  }
  [[noreturn]] void refuse_tag(const YAML::Mark& mark) { refuse(mark, "tags are not taken"); }

  // Block scalars count as quoted too, and have no quotes.
  void check_quote(const YAML::Mark& mark) {
    const std::string_view rest = text_.substr(std::min(static_cast<std::size_t>(mark.pos), text_.size()));
    if (!rest.starts_with('"') && !rest.starts_with('\'')) return;
    if (!ends_its_quote(rest)) refuse(mark, "is not YAML: a quote that does not end");
  }

  [[nodiscard]] bool is_key_next() const { return !key_states_.empty() && key_states_.back() == KeyState::key_next; }

  void before_value(const YAML::Mark& mark) {
    if (tree_.size() >= values_max_) refuse(mark, "more than " + std::to_string(values_max_) + " values");
    if (!key_states_.empty() && key_states_.back() == KeyState::value_next) key_states_.back() = KeyState::key_next;
  }
  void open(const YAML::Mark& mark, const std::string& tag, Value::Kind kind, KeyState inside) {
    if (tag != "?" && !tag.empty()) refuse_tag(mark);
    if (is_key_next()) refuse(mark, "a key must be a text");
    if (tree_.depth() >= json_depth_max) {
      refuse(mark, "nests deeper than " + std::to_string(json_depth_max) + " levels");
    }
    before_value(mark);
    tree_.open(kind, places_.place_of(mark));
    key_states_.push_back(inside);
  }
  void close() {
    tree_.close();
    key_states_.pop_back();
  }

  std::string_view text_;
  PlaceCounter places_;
  std::size_t values_max_;
  ValueTree& tree_;
  std::vector<KeyState> key_states_;
  bool has_document_ = false;
};

// yaml-cpp reads about a megabyte a second where a text is made to be slow.
constexpr std::size_t yaml_bytes_max = std::size_t{8} * 1024 * 1024;

// Control characters are not YAML (section 5.1), and yaml-cpp takes one of them for the end of the text.
bool is_forbidden_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

std::optional<std::string> find_forbidden_text(std::string_view text) {
  if (const auto invalid = first_invalid_utf8(text)) {
    return place_prefix(place_of_offset(text, *invalid)) + "is not UTF-8";
  }
  const auto* const control = std::ranges::find_if(text, is_forbidden_control);
  if (control == text.end()) return std::nullopt;
  const auto offset = static_cast<std::size_t>(control - text.begin());
  return place_prefix(place_of_offset(text, offset)) + "is not YAML: a control character";
}

}  // namespace

std::string place_prefix(Place place) {
  return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column) + ": ";
}

Result<const Value*, std::string> read_yaml(std::string_view text, std::size_t values_max, ValueTree& tree) {
  if (text.size() > yaml_bytes_max) {
    return fail("has " + std::to_string(text.size()) + " bytes, as YAML at most " + std::to_string(yaml_bytes_max) +
                " are taken; JSON may be larger");
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (auto forbidden = find_forbidden_text(text)) return fail(std::move(*forbidden));
  tree.clear();
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    TreeBuilder builder(text, values_max, tree);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refusal) {
    return fail(std::string(refusal.what()));
  } catch (const YAML::Exception& error) {
    // Of some faults yaml-cpp knows the offset alone.
    const auto offset = std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), text.size());
    return fail(place_prefix(place_of_offset(text, offset)) + "is not YAML: " + error.msg);
  }
  if (tree.is_empty()) return fail(std::string("is empty"));
  return &tree.last();
}

}  // namespace tallystick::wire
