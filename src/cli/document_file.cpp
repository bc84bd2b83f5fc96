#include "cli/document_file.hpp"

#include <algorithm>
#include <string_view>

namespace tallystick::cli {
namespace {

constexpr std::size_t name_bytes_max = 100;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

// The `filename` of RFC 6266, quoted or not; empty where there is none.
std::string_view given_name(std::string_view disposition) {
  constexpr std::string_view parameter = "filename=";
  const std::size_t at = disposition.find(parameter);
  if (at == std::string_view::npos) return {};
  disposition.remove_prefix(at + parameter.size());
  if (!disposition.starts_with('"')) return disposition.substr(0, disposition.find_first_of("; "));
  disposition.remove_prefix(1);
  return disposition.substr(0, disposition.find('"'));
}

std::string safe_name(std::string_view given) {
  std::string name(given.substr(0, name_bytes_max));
  std::ranges::replace_if(
      name, [](char c) { return !is_plain(c); }, '_');
  name.erase(0, std::min(name.find_first_not_of('.'), name.size()));
  return name;
}

}  // namespace

std::string document_file_name(const HttpResponse& response, const std::string& fallback, const std::string& ending) {
  std::string name = safe_name(given_name(response.header("Content-Disposition").value_or("")));
  if (name.empty() || name == ending.substr(1)) name = safe_name(fallback);
  return name.ends_with(ending) ? name : name + ending;
}

}  // namespace tallystick::cli
