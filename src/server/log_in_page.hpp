#pragma once
#include <string>
#include <string_view>

#include "server/exchange.hpp"

/// The only pages that people see: plain HTML that is whole in itself, without script, cookie or anything from
/// elsewhere. Every answer here forbids browsers all that the page does not need.
namespace tallystick::server {

struct LogInPage {
  std::string_view organization;  ///< whose people may log in
  std::string_view client_id;     ///< who asks
  std::string_view redirect_uri;  ///< where the answer goes
  std::string_view email = {};    ///< as it was typed
  std::string_view fault = {};    ///< why it did not work; empty: nothing was tried yet
};
/// The form is sent to the address of the page itself, with `email`, `password` and `decision`: `allow` or `cancel`.
[[nodiscard]] Response log_in_page(const LogInPage& page, int status = 200);

/// One sentence instead of the form.
[[nodiscard]] Response refusal_page(std::string_view sentence, int status);

/// 303: the browser asks there with GET.
[[nodiscard]] Response see_other(std::string address);

}  // namespace tallystick::server
