#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/store.hpp"

/// Short ways to say what happened and what is to be seen.
namespace tallystick::store::test {

/// `text` as published clients write it; throws where it is no time.
[[nodiscard]] core::TimePoint at(std::string_view text);
[[nodiscard]] core::Decimal quantity(std::string_view text);
/// Organizations are told apart by a number.
[[nodiscard]] core::OrganizationId organization(std::uint8_t number);
inline const core::OrganizationId bank = organization(1);

struct Used {
  std::string id;
  std::string time;
  std::string quantity = "1";
  std::string until = {};
  std::string product = "minutes";
  std::string resource = "ana";
  std::string source = "s";
  core::OrganizationId organization = bank;
};
[[nodiscard]] core::Event used(const Used& what);

/// A void `id` of the event (s, target).
[[nodiscard]] core::Event voided(const std::string& id, const std::string& target,
                                 const core::OrganizationId& organization = bank);

/// Stores batches as one group, or throws.
std::vector<BatchOutcome> commit_group(Store& store, const std::vector<std::vector<core::Event>>& batches);
/// Stores one batch that must not be refused, or throws.
BatchOutcome commit(Store& store, const std::vector<core::Event>& batch);

/// What was used outside of intervals, by names, comparable and printable. Equal where every field is.
using Seen = std::map<std::string, std::map<std::string, core::ResourceAggregate>>;
[[nodiscard]] Seen seen(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range);
[[nodiscard]] Seen seen(const Store& store, const core::OrganizationId& organization, core::Period range);
/// [from, to) of the bank.
[[nodiscard]] Seen seen(const Store& store, std::string_view from, std::string_view to);

/// What was used outside of intervals, all resources of a product taken for one. No last quantity, which means nothing.
using Pools = std::map<std::string, core::ResourceAggregate>;
[[nodiscard]] Pools pools(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range);
/// The same of what was seen resource by resource.
[[nodiscard]] Pools pools(const Seen& seen);

/// The answer that is right for `seen`, computed from nothing but domain.md and the accepted events, by the plainest
/// means.
[[nodiscard]] Seen expected(const std::vector<core::Event>& accepted, const core::OrganizationId& organization,
                            core::Period range);

/// Who was present when, by product and resource, in the order of time. Pieces end at midnight. Throws where the answer
/// breaks what the port promises: days and pieces in order, none empty, none that touch, nothing twice.
using Present = std::map<std::string, std::map<std::string, std::vector<core::Period>>>;
[[nodiscard]] Present present(const UsageSnapshot& snapshot, const core::OrganizationId& organization,
                              core::Period range);
[[nodiscard]] Present present(const Store& store, const core::OrganizationId& organization, core::Period range);
/// [from, to) of the bank.
[[nodiscard]] Present present(const Store& store, std::string_view from, std::string_view to);

/// The same answer by looking at every stretch between two moments at which anything changes.
[[nodiscard]] Present expected_presence(const std::vector<core::Event>& accepted,
                                        const core::OrganizationId& organization, core::Period range);

/// What the events that count say, by source and id: `minutes ana 2026-03-04T09:00:00.000Z 2.5`, with `until` where
/// they have one. Throws where an event is there twice.
using Told = std::map<std::pair<std::string, std::string>, std::string>;
[[nodiscard]] Told told(const UsageSnapshot& snapshot, const core::OrganizationId& organization, core::Period range);
/// The same of the accepted events that cover a moment of the range and that no void took out.
[[nodiscard]] Told expected_told(const std::vector<core::Event>& accepted, const core::OrganizationId& organization,
                                 core::Period range);

}  // namespace tallystick::store::test

namespace tallystick::core {
void PrintTo(const ResourceAggregate& usage, std::ostream* out);
void PrintTo(const Period& period, std::ostream* out);
std::ostream& operator<<(std::ostream& out, const ResourceAggregate& usage);
}  // namespace tallystick::core
