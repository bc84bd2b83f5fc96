#include "server/message_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tallystick::server {
namespace {

constexpr std::pair<int, std::string_view> reason_phrases[] = {
    {200, "OK"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

std::string_view reason_phrase(int status) {
  const auto found = std::ranges::find(reason_phrases, status, [](const auto& entry) { return entry.first; });
  return found == std::end(reason_phrases) ? std::string_view() : found->second;
}

std::string http_date(std::time_t time) {
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

}  // namespace

bool is_ambiguous(const HeaderFields& headers, HttpVersion version) {
  std::size_t hosts = 0;
  std::size_t transfer_codings = 0;
  for (const auto& [name, value] : headers) {
    if (equals_without_case(name, "Host")) ++hosts;
    if (!equals_without_case(name, "Transfer-Encoding")) continue;
    ++transfer_codings;
    if (!equals_without_case(value, "chunked")) return true;
  }
  if (version == HttpVersion::http_1_0) return transfer_codings > 0 || hosts > 1;
  return transfer_codings > 1 || hosts != 1;
}

std::string response_head(const Response& response, bool keep_alive, std::time_t now) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status)).append("\r\n");
  const auto field = [&head](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  field("Date", http_date(now));
  if (!response.content_type.empty()) field("Content-Type", response.content_type);
  field("Content-Length", std::to_string(response.body.size()));
  field("Connection", keep_alive ? "keep-alive" : "close");
  for (const auto& [name, value] : response.headers) field(name, value);
  return head.append("\r\n");
}

}  // namespace tallystick::server
