#include "store/embedded/pair_rows.hpp"

#include <algorithm>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

// Days are counted from here, so that those of the years around take two bytes.
constexpr core::Day near_day{std::chrono::year{2025} / 1 / 1};
constexpr std::int64_t days_max = 100'000;  // either way; beyond all times that an event may have
constexpr unsigned interval_flag = 4;

std::optional<core::Day> read_day(ByteReader& reader) {
  const std::int64_t days = reader.signed_number();
  if (days > days_max || days < -days_max) return std::nullopt;
  return near_day + std::chrono::days{days};
}

}  // namespace

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
  const bool is_usage = state.kind == PairState::Kind::usage;
  const bool is_interval = is_usage && state.place.until;
  writer.u8(static_cast<std::uint8_t>(static_cast<unsigned>(state.kind) | (is_interval ? interval_flag : 0U)));
  if (is_usage) {
    const core::Day first = state.place.first_day();
    writer.signed_number((first - near_day).count());
    if (is_interval) writer.number(static_cast<std::uint64_t>((state.place.last_day() - first).count()));
    writer.number(value_of(state.place.product));
    writer.number(value_of(state.place.resource));
  }
  if (state.kind != PairState::Kind::pending) writer.u32_ordered(state.content);
}

std::optional<PairState> decode_pair_state(OrganizationNumber organization, std::string_view value) {
  ByteReader reader(value);
  PairState state;
  state.organization = organization;
  const unsigned head = reader.u8();
  const bool is_interval = (head & interval_flag) != 0;
  state.kind = static_cast<PairState::Kind>(head & ~interval_flag);
  const bool is_usage = state.kind == PairState::Kind::usage;
  if (state.kind > PairState::Kind::correction || (is_interval && !is_usage)) reader.refuse();
  if (is_usage) {
    const auto first = read_day(reader);
    const std::uint64_t further_days = is_interval ? reader.number() : 0;
    if (!first || further_days > std::uint64_t{days_max}) return std::nullopt;
    state.place.time = core::TimePoint{*first};
    if (is_interval) state.place.until = core::TimePoint{*first + std::chrono::days{further_days + 1}};
    state.place.product = ProductNumber{reader.number32()};
    state.place.resource = ResourceNumber{reader.number32()};
  }
  if (state.kind != PairState::Kind::pending) state.content = reader.u32_ordered();
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
