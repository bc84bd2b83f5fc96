#include "store/embedded/pair_rows.hpp"

#include <algorithm>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {

void write_pair_key(OrganizationNumber organization, const PairHash& pair, std::string& key) {
  key.clear();
  ByteWriter writer(key);
  writer.u32_ordered(value_of(organization));
  writer.raw(view_of(pair));
}

std::string pair_key(OrganizationNumber organization, const PairHash& pair) {
  std::string key;
  write_pair_key(organization, pair, key);
  return key;
}

std::optional<PairHash> pair_of_key(std::string_view key) {
  ByteReader reader(key);
  static_cast<void>(reader.u32_ordered());
  const PairHash pair = read_hash(reader);
  return reader.is_done() ? std::optional(pair) : std::nullopt;
}

void write_pair_state(const PairState& state, std::string& value) {
  value.clear();
  ByteWriter writer(value);
  writer.u8(static_cast<std::uint8_t>(state.kind));
  writer.u64_ordered(state.content);
  if (state.kind == PairState::Kind::usage) write_place(writer, state.place);
}

std::string encode_pair_state(const PairState& state) {
  std::string value;
  write_pair_state(state, value);
  return value;
}

std::optional<PairState> decode_pair_state(OrganizationNumber organization, std::string_view value) {
  ByteReader reader(value);
  PairState state;
  state.kind = static_cast<PairState::Kind>(reader.u8());
  if (state.kind > PairState::Kind::correction) reader.refuse();
  state.organization = organization;
  state.content = reader.u64_ordered();
  if (state.kind == PairState::Kind::usage) state.place = read_place(reader);
  return reader.is_done() ? std::optional(state) : std::nullopt;
}

StoreStatus find_pairs(Database& database, std::vector<std::pair<OrganizationNumber, PairHash>> wanted,
                       KnownPairs& known) {
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (wanted.empty()) return {};

  std::vector<std::string> keys;
  keys.reserve(wanted.size());
  for (const auto& [organization, pair] : wanted) keys.push_back(pair_key(organization, pair));
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database.rocks().MultiGet(rocksdb::ReadOptions(), database.family(Family::dedupe), slices.size(), slices.data(),
                            values.data(), statuses.data(), true);

  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    if (!statuses[i].ok()) return fail(database.error("look events up", statuses[i]));
    const auto state = decode_pair_state(wanted[i].first, view_of(values[i]));
    if (!state) return fail(database.corrupt("a pair of an unknown form"));
    known.emplace(wanted[i].second, *state);
  }
  return {};
}

}  // namespace tallystick::store::embedded
