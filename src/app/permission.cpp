#include "app/permission.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace tallystick::app {
namespace {

constexpr std::string_view own_domain = "tallystick";
constexpr std::string_view wildcard = "*";
// The only permissions of our own domain that make sense for one organization alone.
constexpr std::array<std::string_view, 2> customer_permissions{"tallystick:event:add", "tallystick:report:view"};

struct Parts {
  std::string_view domain;
  std::string_view entity;
  std::string_view action;
};

std::optional<Parts> split(std::string_view permission) {
  const auto first = permission.find(':');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = permission.find(':', first + 1);
  if (second == std::string_view::npos || permission.find(':', second + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return Parts{permission.substr(0, first), permission.substr(first + 1, second - first - 1),
               permission.substr(second + 1)};
}

bool is_part(std::string_view part) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return part == wildcard || (!part.empty() && std::all_of(part.begin(), part.end(), is_allowed));
}

bool part_covers(std::string_view held, std::string_view asked) {
  return held == wildcard || held == asked;
}

}  // namespace

bool covers(std::string_view held, std::string_view asked) {
  const auto has = split(held);
  const auto needs = split(asked);
  if (!has || !needs) return false;
  const bool domain_covers =
      needs->domain == own_domain ? has->domain == own_domain : part_covers(has->domain, needs->domain);
  return domain_covers && part_covers(has->entity, needs->entity) && part_covers(has->action, needs->action);
}

bool holds_any(std::span<const std::string> held, std::span<const std::string_view> any_of) {
  return std::any_of(held.begin(), held.end(), [&](const std::string& has) {
    return std::any_of(any_of.begin(), any_of.end(), [&](std::string_view asked) { return covers(has, asked); });
  });
}

bool may_be_held_by_customers(std::string_view permission) {
  const auto parts = split(permission);
  if (!parts || parts->domain != own_domain) return true;
  return std::find(customer_permissions.begin(), customer_permissions.end(), permission) != customer_permissions.end();
}

bool is_well_formed_permission(std::string_view permission) {
  const auto parts = split(permission);
  return parts && is_part(parts->domain) && is_part(parts->entity) && is_part(parts->action);
}

}  // namespace tallystick::app
