#include "wire/json_reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <optional>
#include <utility>

#include "tallystick/wire/json.hpp"
#include "wire/utf8.hpp"

namespace tallystick::wire {
namespace {

namespace json = boost::json;

// Why the handler itself stopped the parser.
enum class Stop { none, too_many_values, not_an_array, enough };

// Receives what Boost.JSON's parser meets. Texts without escapes are views into the input; others are copied.
struct Handler {
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

  ValueTree tree;
  std::string_view input;
  std::string parts;
  std::size_t values_max = 0;
  const JsonReader::OnElement* on_element = nullptr;
  Stop stop = Stop::none;

  bool give_up(Stop why, json::error_code& ec) {
    stop = why;
    ec = json::error::exception;
    return false;
  }

  bool is_in_input(std::string_view text) const {
    const std::less_equal<> not_after;
    return not_after(input.data(), text.data()) && not_after(text.data() + text.size(), input.data() + input.size());
  }

  // The whole of a text whose last part this is.
  std::string_view finish(std::string_view last) {
    if (parts.empty()) return is_in_input(last) ? last : tree.keep(last);
    parts.append(last);
    const std::string_view whole = tree.keep(parts);
    parts.clear();
    return whole;
  }

  bool completed(json::error_code& ec) {
    if (on_element != nullptr) {
      if (tree.depth() == 0 && tree.last().kind != Value::Kind::array) return give_up(Stop::not_an_array, ec);
      if (tree.depth() == 1) {
        if (!(*on_element)(tree.last())) return give_up(Stop::enough, ec);
        tree.drop_last();
      }
    }
    return tree.size() <= values_max || give_up(Stop::too_many_values, ec);
  }
  bool add(Value::Kind kind, std::string_view text, json::error_code& ec) {
    tree.add(kind, text);
    return completed(ec);
  }
  bool open(Value::Kind kind, json::error_code& ec) {
    if (on_element != nullptr && tree.depth() == 0 && kind != Value::Kind::array)
      return give_up(Stop::not_an_array, ec);
    tree.open(kind);
    return true;
  }
  bool close(json::error_code& ec) {
    tree.close();
    return completed(ec);
  }
  bool keep_part(json::string_view part) {
    parts.append(part.data(), part.size());
    return true;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& ec) { return open(Value::Kind::object, ec); }
  bool on_object_end(std::size_t, json::error_code& ec) { return close(ec); }
  bool on_array_begin(json::error_code& ec) { return open(Value::Kind::array, ec); }
  bool on_array_end(std::size_t, json::error_code& ec) { return close(ec); }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return keep_part(part); }
  bool on_key(json::string_view last, std::size_t, json::error_code&) {
    tree.name_next(finish(last));
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return keep_part(part); }
  bool on_string(json::string_view last, std::size_t, json::error_code& ec) {
    return add(Value::Kind::string, finish(last), ec);
  }
  bool on_number_part(json::string_view part, json::error_code&) { return keep_part(part); }
  bool on_int64(std::int64_t, json::string_view last, json::error_code& ec) {
    return add(Value::Kind::number, finish(last), ec);
  }
  bool on_uint64(std::uint64_t, json::string_view last, json::error_code& ec) {
    return add(Value::Kind::number, finish(last), ec);
  }
  bool on_double(double, json::string_view last, json::error_code& ec) {
    return add(Value::Kind::number, finish(last), ec);
  }
  bool on_bool(bool value, json::error_code& ec) { return add(Value::Kind::boolean, value ? "true" : "false", ec); }
  bool on_null(json::error_code& ec) { return add(Value::Kind::null, {}, ec); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

// Boost.JSON's own words name its internals; these say what is wrong with the text.
std::string describe(const json::error_code& ec, std::string_view text, std::size_t offset) {
  const std::string at = " at byte " + std::to_string(offset);
  if (text.empty()) return "is empty";
  if (ec == json::error::incomplete) return "is not JSON: it ends too early" + at;
  if (ec == json::error::too_deep) {
    return "nests deeper than " + std::to_string(json_depth_max) + " levels" + at;
  }
  if (ec == json::error::extra_data) return "is not one JSON value: something follows it" + at;
  if (ec == json::error::illegal_leading_surrogate || ec == json::error::illegal_trailing_surrogate) {
    return "is not UTF-8: an escaped surrogate without its other half before byte " + std::to_string(offset);
  }
  if (ec == json::error::expected_hex_digit) return "is not JSON: an unfinished \\u escape" + at;
  if (ec == json::error::exponent_overflow) return "is not JSON: an exponent out of range" + at;
  if (const auto invalid = first_invalid_utf8(text)) return "is not UTF-8 at byte " + std::to_string(*invalid);
  return "is not JSON: an unexpected character" + at;
}

}  // namespace

struct JsonReader::Parser {
  static json::parse_options options() {
    json::parse_options strict;
    strict.max_depth = json_depth_max;
    return strict;
  }
  json::basic_parser<Handler> parser{options()};

  // Absent: read to its end, or stopped by the receiver of elements.
  std::optional<std::string> run(std::string_view text, const OnElement* on_element) {
    Handler& handler = parser.handler();
    handler.tree.clear();
    handler.parts.clear();
    handler.input = text;
    handler.on_element = on_element;
    handler.stop = Stop::none;
    parser.reset();
    json::error_code ec;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && read < text.size()) ec = json::error::extra_data;
    switch (handler.stop) {
      case Stop::too_many_values:
        return (on_element == nullptr ? "holds more than " : "has an element of more than ") +
               std::to_string(handler.values_max) + " values";
      case Stop::not_an_array:
        return "must be a JSON array";
      case Stop::enough:
        return std::nullopt;
      case Stop::none:
        break;
    }
    if (ec) return describe(ec, text, read);
    return std::nullopt;
  }
};

JsonReader::JsonReader(std::size_t values_max) : parser_(std::make_unique<Parser>()) {
  parser_->parser.handler().values_max = values_max;
}
JsonReader::~JsonReader() = default;

Result<const Value*, std::string> JsonReader::read(std::string_view text) {
  if (auto fault = parser_->run(text, nullptr)) return fail(std::move(*fault));
  return &parser_->parser.handler().tree.last();
}

Status<std::string> JsonReader::read_elements(std::string_view text, const OnElement& on_element) {
  if (auto fault = parser_->run(text, &on_element)) return fail(std::move(*fault));
  return {};
}

}  // namespace tallystick::wire
