#include "server/query.hpp"

#include <algorithm>
#include <set>

#include "server/exchange.hpp"

namespace tallystick::server {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
  return std::nullopt;
}

/// Calls `take` with each piece of `text` between separators, the empty ones included.
template <class Take>
bool each_piece(std::string_view text, char separator, Take take) {
  for (;;) {
    const std::size_t end = text.find(separator);
    if (!take(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

/// The absolute form's path begins behind its authority.
std::string_view without_origin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equals_without_case(target.substr(0, scheme.size()), scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  return target;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (!high || !low) return std::nullopt;
      decoded.push_back(static_cast<char>(*high * 16U + *low));
      i += 2;
    } else if (text[i] == '+' && plus == PlusSign::is_space) {
      decoded.push_back(' ');
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~';
    if (is_plain) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.append({'%', digits[byte >> 4U], digits[byte & 15U]});
  }
  return encoded;
}

std::optional<Query> Query::parse(std::string_view text) {
  Query query;
  const bool readable = each_piece(text, '&', [&](std::string_view piece) {
    if (piece.empty()) return true;
    const std::size_t equals = piece.find('=');
    const auto name = percent_decode(piece.substr(0, equals), PlusSign::is_space);
    const auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                        : percent_decode(piece.substr(equals + 1), PlusSign::is_space);
    if (!name || !value) return false;
    query.fields_.emplace_back(*name, *value);
    return true;
  });
  return readable ? std::optional<Query>(std::move(query)) : std::nullopt;
}

std::optional<std::string_view> Query::get(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, [](const auto& field) { return std::string_view(field.first); });
  return found == fields_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<std::string_view> Query::get_filled(std::string_view name) const {
  const auto value = get(name);
  return value && !value->empty() ? value : std::nullopt;
}

bool Query::has_repeated_name() const {
  std::set<std::string_view> seen;
  return std::ranges::any_of(fields_, [&](const auto& field) { return !seen.insert(field.first).second; });
}

std::optional<Target> parse_target(std::string_view target) {
  target = without_origin(target);
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(0, question);
  if (path.empty()) path = "/";
  if (path.front() != '/') return std::nullopt;

  Target parsed;
  const bool readable = each_piece(path.substr(1), '/', [&](std::string_view segment) {
    auto decoded = percent_decode(segment, PlusSign::is_plus);
    if (!decoded) return false;
    parsed.segments.push_back(std::move(*decoded));
    return true;
  });
  if (!readable) return std::nullopt;
  parsed.query = Query::parse(question == std::string_view::npos ? std::string_view() : target.substr(question + 1));
  return parsed;
}

}  // namespace tallystick::server
