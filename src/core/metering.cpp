#include "tallystick/core/metering.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/meterings/meterings.hpp"

namespace tallystick::core {
namespace {

using Until = MeteringRule::Until;

constexpr std::array<MeteringRule, 6> rules{{
    {MeteringKind::unique, "unique", Until::optional, true, false, false, make_unique_meter},
    {MeteringKind::sum, "sum", Until::refused, false, false, true, make_sum_meter},
    {MeteringKind::max, "max", Until::refused, false, false, true, make_max_meter},
    {MeteringKind::latest, "latest", Until::refused, false, false, false, make_latest_meter},
    {MeteringKind::duration, "duration", Until::required, false, true, true, make_duration_meter},
    {MeteringKind::concurrent, "concurrent", Until::required, true, false, true, make_concurrent_meter},
}};

constexpr std::array<MeteringUnitName, 3> units{
    {{MeteringUnit::hour, "hour"}, {MeteringUnit::minute, "minute"}, {MeteringUnit::second, "second"}}};

bool is_present_longer(const ListedResource& a, const ListedResource& b) {
  return std::tie(b.presence, a.name) < std::tie(a.presence, b.name);
}

}  // namespace

Status<DecimalFault> Meter::add(std::size_t, std::span<const ResourceUsage>) {
  return {};
}

void Meter::add_day(Day, std::span<const std::span<const Presence>>) {}

std::span<const MeteringRule> metering_rules() {
  return rules;
}

std::span<const MeteringUnitName> metering_units() {
  return units;
}

const MeteringRule& rule_of(MeteringKind kind) {
  return rules.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(MeteringKind kind) {
  return rule_of(kind).name;
}

std::string_view to_string(MeteringUnit unit) {
  return units.at(static_cast<std::size_t>(unit)).name;
}

std::optional<MeteringKind> find_metering_kind(std::string_view name) {
  const auto* const rule = std::ranges::find(rules, name, &MeteringRule::name);
  return rule == rules.end() ? std::nullopt : std::optional(rule->kind);
}

std::optional<MeteringUnit> find_metering_unit(std::string_view name) {
  const auto* const unit = std::ranges::find(units, name, &MeteringUnitName::name);
  return unit == units.end() ? std::nullopt : std::optional(unit->unit);
}

std::vector<ListedResource> listed_resources(const Metered& metered, std::span<const std::string_view> names) {
  std::vector<ListedResource> listed;
  listed.reserve(metered.resources.size());
  for (std::size_t i = 0; i < metered.resources.size(); ++i) {
    listed.push_back({names[i], metered.resources[i].date, metered.resources[i].presence});
  }
  if (metered.listed_max && *metered.listed_max < listed.size()) {
    const auto end = listed.begin() + static_cast<std::ptrdiff_t>(*metered.listed_max);
    std::nth_element(listed.begin(), end, listed.end(), is_present_longer);
    listed.erase(end, listed.end());
  }
  std::ranges::sort(listed, {}, &ListedResource::name);
  return listed;
}

}  // namespace tallystick::core
