#include "server/content_type.hpp"

#include <algorithm>

namespace tallystick::server {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<std::string> media_type_of(const Request& request) {
  std::string_view rest = request.header("Content-Type").value_or("");
  std::string type(trimmed(rest.substr(0, rest.find(';'))));
  if (type.empty()) return std::nullopt;
  std::ranges::transform(type, type.begin(), lower);

  for (std::size_t semicolon = rest.find(';'); semicolon != std::string_view::npos; semicolon = rest.find(';')) {
    rest.remove_prefix(semicolon + 1);
    const std::string_view parameter = trimmed(rest.substr(0, rest.find(';')));
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    if (!equals_without_case(parameter.substr(0, equals), "charset")) continue;
    std::string_view charset = parameter.substr(std::min(equals + 1, parameter.size()));
    if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"') {
      charset = charset.substr(1, charset.size() - 2);
    }
    if (!equals_without_case(charset, "utf-8") && !equals_without_case(charset, "utf8")) return std::nullopt;
  }
  return type;
}

}  // namespace tallystick::server
