#pragma once
#include <string>

#include "cli/redirect_listener.hpp"

/// What the browser shows when it comes back from a log-in.
namespace tallystick::cli {

[[nodiscard]] BrowserPage page_of_success(const std::string& client_id);
[[nodiscard]] BrowserPage page_of_failure(const std::string& message);
/// For a redirect that answers another question than the one that was asked.
[[nodiscard]] BrowserPage page_of_stranger();
/// For any other address.
[[nodiscard]] BrowserPage page_of_nothing();

/// The page as a whole HTTP answer, which ends the connection: HTML without scripts and without anything from
/// elsewhere; its texts are escaped.
[[nodiscard]] std::string http_answer(const BrowserPage& page);

}  // namespace tallystick::cli
