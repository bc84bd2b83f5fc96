#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/call.hpp"

namespace tallystick::server {

/// Who may use an address.
enum class Access {
  permission,   ///< a caller with one of `any_of`
  any_caller,   ///< whoever has a token
  open,         ///< everyone
  operational,  ///< everyone on the admin listener; without one, loopback callers on the main one
};

/// Which set an address belongs to. Published ones are rate limited as the published service limits them.
enum class AddressKind { published, own };

/// What a handler takes. Those that take microseconds and only memory may run on the thread that moves all bytes, where
/// a change of thread would cost more than they do.
enum class Effort {
  any,
  in_memory,            ///< answers before it returns
  asks_another_thread,  ///< hands the rest over before it returns
};

enum class BodyLimit { small, batch };  ///< small_body_bytes_max or Limits::body_bytes_max

struct Route {
  std::string_view method;
  std::string_view path;  ///< a segment `{name}` stands for any text
  Access access = Access::permission;
  std::span<const std::string_view> any_of;  ///< permissions, in the order in which a refusal lists them
  AddressKind kind = AddressKind::own;
  BodyLimit body = BodyLimit::small;
  HandlerFunction handle = nullptr;
  /// What naming another organization than the caller's takes: an operator with one of these. Empty: nobody may.
  std::span<const std::string_view> any_of_for_others = {};
  bool needs_test_clock = false;
  Effort effort = Effort::any;
};

/// The one table of addresses and of what each of them needs.
[[nodiscard]] std::span<const Route> routes();

/// What a path and a method lead to.
struct RouteMatch {
  const Route* route = nullptr;              ///< absent: no such address, or not for that method
  std::string allowed_methods;               ///< what `Allow` says; empty: no such address
  std::vector<std::string> path_parameters;  ///< the segments that stand for `{name}`s, in order
};

/// What of the table is visible: operational addresses are looked for where `operational` says so, the clock with
/// `has_test_clock`.
struct Visible {
  bool operational = false;
  bool others = true;
  bool has_test_clock = false;
};

/// HEAD is taken where GET is. Of two paths that fit the first in the table is found. A path matches segment by segment
/// and byte for byte, `{name}` any segment but an empty one; a trailing slash is another path.
[[nodiscard]] RouteMatch find_route(std::string_view method, const std::vector<std::string>& path, Visible visible);

}  // namespace tallystick::server
