#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/store.hpp"

/// The sealed pairs: what was ever stored, or is waited for by a void. A usage event's row says where it counts, so
/// that a void finds all days of its target without reading events: to the day, which is all that voids ask for.
///
///     key    organization, hash of the pair      value  kind, days, product, resource, hash of the content
namespace tallystick::store::embedded {

using KnownPairs = boost::unordered_flat_map<PairHash, PairState, PairHashInTable>;

[[nodiscard]] std::string pair_key(OrganizationNumber organization, const PairHash& pair);
/// Absent where the key is none of ours.
[[nodiscard]] std::optional<PairHash> pair_of_key(std::string_view key);
/// In place of what the strings hold, for many rows one after the other.
void write_pair_key(OrganizationNumber organization, const PairHash& pair, std::string& key);
void write_pair_state(const PairState& state, std::string& value);
/// A usage event's place comes back with its days whole: from the start of the first to the end of the last.
[[nodiscard]] std::optional<PairState> decode_pair_state(OrganizationNumber organization, std::string_view value);

/// Looks many pairs up at once, in the order of their keys; adds those that are known to `known`.
[[nodiscard]] StoreStatus find_pairs(Database& database, std::vector<std::pair<OrganizationNumber, PairHash>> wanted,
                                     KnownPairs& known);

}  // namespace tallystick::store::embedded
