#include "server/same_origin.hpp"

namespace tallystick::server {
namespace {

/// `host:port` of an absolute address; empty: it is none.
std::string_view authority_of(std::string_view address) {
  const std::size_t scheme_end = address.find("://");
  if (scheme_end == std::string_view::npos) return {};
  const std::string_view rest = address.substr(scheme_end + 3);
  return rest.substr(0, rest.find('/'));
}

}  // namespace

bool is_from_own_page(const Request& request, std::string_view own_origin) {
  if (const auto site = request.header("Sec-Fetch-Site")) return *site == "same-origin";
  const auto origin = request.header("Origin");
  if (!origin) return true;
  const std::string_view from = authority_of(*origin);
  return !from.empty() && (equals_without_case(from, request.header("Host").value_or("")) ||
                           equals_without_case(from, authority_of(own_origin)));
}

}  // namespace tallystick::server
