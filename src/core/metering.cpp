#include "tallystick/core/metering.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

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

// How many bytes all names begin with alike.
std::size_t common_prefix(const std::vector<ListedResource>& listed) {
  std::string_view prefix = listed.empty() ? std::string_view() : listed.front().name;
  for (const ListedResource& each : listed) {
    const auto end = std::ranges::mismatch(prefix, each.name).in1;
    prefix = prefix.substr(0, static_cast<std::size_t>(end - prefix.begin()));
  }
  return prefix.size();
}

// The eight bytes from `at` on as a number of the same order; nothing counts as zero.
std::uint64_t eight_bytes(std::string_view name, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + sizeof value; ++i) {
    value = (value << 8U) | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
  }
  return value;
}

// Names of one product are much alike: what decides between most of them are the eight bytes after what they share.
void sort_by_name(std::vector<ListedResource>& listed) {
  if (std::ranges::is_sorted(listed, {}, &ListedResource::name)) return;
  struct Keyed {
    std::uint64_t key;
    const ListedResource* resource;
    bool operator<(const Keyed& other) const {
      return key != other.key ? key < other.key : resource->name < other.resource->name;
    }
  };
  const std::size_t prefix = common_prefix(listed);
  std::vector<Keyed> keyed;
  keyed.reserve(listed.size());
  for (const ListedResource& each : listed) keyed.push_back({eight_bytes(each.name, prefix), &each});
  std::sort(keyed.begin(), keyed.end());
  std::vector<ListedResource> sorted;
  sorted.reserve(listed.size());
  for (const Keyed& each : keyed) sorted.push_back(*each.resource);
  listed = std::move(sorted);
}

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
  sort_by_name(listed);
  return listed;
}

}  // namespace tallystick::core
