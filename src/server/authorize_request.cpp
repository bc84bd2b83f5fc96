#include "server/authorize_request.hpp"

namespace tallystick::server {

Result<AuthorizeRequest, std::string> read_authorize_request(const Query& query) {
  // A value that one reader takes from the first and another from the second is nobody's to guess.
  if (query.has_repeated_name()) return fail(std::string("The address that led here names a parameter twice."));
  const auto text_of = [&](std::string_view name) { return std::string(query.get(name).value_or("")); };
  AuthorizeRequest request;
  request.asked = {.client_id = text_of("client_id"),
                   .redirect_uri = text_of("redirect_uri"),
                   .response_type = text_of("response_type"),
                   .code_challenge = text_of("code_challenge"),
                   .code_challenge_method = text_of("code_challenge_method")};
  if (const auto state = query.get("state")) request.state = std::string(*state);
  if (request.asked.client_id.empty()) return fail(std::string("The address that led here lacks client_id."));
  if (request.asked.redirect_uri.empty()) return fail(std::string("The address that led here lacks redirect_uri."));
  return request;
}

std::string address_back(const AuthorizeRequest& request,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> parameters) {
  std::string address = request.asked.redirect_uri;
  char separator = address.find('?') == std::string::npos ? '?' : '&';
  const auto add = [&](std::string_view name, std::string_view value) {
    address.push_back(separator);
    address.append(name).append("=").append(percent_encode(value));
    separator = '&';
  };
  for (const auto& [name, value] : parameters) add(name, value);
  if (request.state) add("state", *request.state);
  return address;
}

}  // namespace tallystick::server
