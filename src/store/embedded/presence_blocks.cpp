#include "store/embedded/presence_blocks.hpp"

#include <limits>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t block_version = 1;

}  // namespace

std::string presence_block_key(const PresenceBlockKey& key) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u32_ordered(value_of(key.organization));
  writer.u32_ordered(static_cast<std::uint32_t>(key.day.time_since_epoch().count()));
  writer.u32_ordered(value_of(key.product));
  writer.u64_ordered(key.seal);
  writer.u32_ordered(key.number);
  return bytes;
}

std::optional<PresenceBlockKey> read_presence_block_key(std::string_view key) {
  ByteReader reader(key);
  PresenceBlockKey block;
  block.organization = OrganizationNumber{reader.u32_ordered()};
  block.day = core::Day{std::chrono::days{reader.u32_ordered()}};
  block.product = ProductNumber{reader.u32_ordered()};
  block.seal = reader.u64_ordered();
  block.number = reader.u32_ordered();
  return reader.is_done() ? std::optional(block) : std::nullopt;
}

// Each piece is told by its distance from the one before: steps of the resource, then milliseconds since the end of the
// same resource's last piece or since the day's start, then its length.
std::string encode_presence(std::span<const core::Presence> pieces) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u8(block_version);
  core::Presence last;
  for (const core::Presence& piece : pieces) {
    const std::uint32_t steps = value_of(piece.resource) - value_of(last.resource);
    writer.number(steps);
    writer.number(steps == 0 ? piece.start_ms - last.end_ms : piece.start_ms);
    writer.number(piece.length_ms());
    last = piece;
  }
  return bytes;
}

bool decode_presence(std::string_view bytes, std::vector<core::Presence>& pieces) {
  ByteReader reader(bytes);
  if (reader.u8() != block_version) return false;
  std::uint64_t resource = 0;
  std::uint64_t end_ms = 0;
  for (bool is_first = true; reader.has_more(); is_first = false) {
    const std::uint32_t steps = reader.number32();
    resource += steps;
    const std::uint64_t gap_ms = reader.number32();
    const std::uint64_t length_ms = reader.number32();
    // Pieces of one resource that touch would have been one.
    const bool touches = steps == 0 && gap_ms == 0 && !is_first;
    const std::uint64_t start_ms = steps == 0 ? end_ms + gap_ms : gap_ms;
    end_ms = start_ms + length_ms;
    if (touches || length_ms == 0 || end_ms > core::Presence::day_ms ||
        resource > std::numeric_limits<std::uint32_t>::max()) {
      return false;
    }
    pieces.push_back({core::ResourceNumber{static_cast<std::uint32_t>(resource)}, static_cast<std::uint32_t>(start_ms),
                      static_cast<std::uint32_t>(end_ms)});
  }
  return reader.is_done();
}

PresenceBlockReader::PresenceBlockReader(Database& database, const rocksdb::Snapshot* snapshot,
                                         OrganizationNumber organization, core::Day first)
    : database_(database), organization_(organization) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  row_.reset(database.rocks().NewIterator(options, database.family(Family::presence)));
  row_->Seek(presence_block_key({.organization = organization, .day = first}));
}

Stored<std::optional<core::Day>> PresenceBlockReader::next_day() const {
  const auto key = next_key();
  if (!key) return fail(key.error());
  return *key ? std::optional((*key)->day) : std::nullopt;
}

StoreStatus PresenceBlockReader::read_day(core::Day day, const PiecesOf& pieces_of) {
  while (true) {
    const auto key = next_key();
    if (!key) return fail(key.error());
    if (!*key || (*key)->day != day) return {};
    if (!decode_presence(view_of(row_->value()), pieces_of((*key)->product))) {
      return fail(database_.corrupt("a block of presence that is cut short or of an unknown form"));
    }
    row_->Next();
  }
}

Stored<std::optional<PresenceBlockKey>> PresenceBlockReader::next_key() const {
  if (!row_->Valid()) {
    if (!row_->status().ok()) return fail(database_.error("read presence", row_->status()));
    return std::nullopt;
  }
  const auto key = read_presence_block_key(view_of(row_->key()));
  if (!key) return fail(database_.corrupt("presence under an unknown key"));
  return key->organization == organization_ ? key : std::nullopt;
}

}  // namespace tallystick::store::embedded
