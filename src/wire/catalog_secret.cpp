#include "wire/catalog_secret.hpp"

#include <algorithm>

namespace tallystick::wire {
namespace {

constexpr std::string_view opening = "${";

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

Result<std::string, std::string> resolve_secret(std::string_view text, const SecretVariables& variables) {
  if (text.empty()) return fail(std::string("must not be empty"));
  std::string resolved;
  while (true) {
    const std::size_t at = text.find(opening);
    resolved += text.substr(0, at);
    if (at == std::string_view::npos) break;
    if (!variables) {
      return fail(
          std::string("contains ${: only tallystick apply and serve --catalog replace variables, before they "
                      "send or read a document"));
    }
    text.remove_prefix(at + opening.size());
    const std::size_t end = text.find('}');
    const std::string name(text.substr(0, end));
    if (end == std::string_view::npos || !is_variable_name(name)) {
      return fail(std::string("has a ${ without the name of a variable and a } after it"));
    }
    const auto value = variables(name);
    if (!value) return fail("needs the variable " + name + ", which is not set");
    resolved += *value;
    text.remove_prefix(end + 1);
  }
  if (resolved.empty()) return fail(std::string("must not be empty: its variables are"));
  return resolved;
}

}  // namespace tallystick::wire
