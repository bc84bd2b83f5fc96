#pragma once
#include <string_view>

#include "server/exchange.hpp"

namespace tallystick::server {

/// Whether a form was sent by one of our own pages, or by a program that is no browser. Another site's form would log a
/// person in as somebody else without her knowing. Browsers say where a form comes from and let no page change it:
/// `Sec-Fetch-Site`, and older ones `Origin`.
/// `own_origin`: what this server hands out as its address; the one by which it was reached (Host) is as good.
[[nodiscard]] bool is_from_own_page(const Request& request, std::string_view own_origin);

}  // namespace tallystick::server
