#include "store/embedded/commit_log.hpp"

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t record_version = 1;
// No event takes fewer bytes in a record: refuses a count that would only exhaust memory.
constexpr std::size_t event_bytes_min = 16;
enum class EntryKind : std::uint8_t { usage = 0, voided_usage = 1, correction = 2, early_correction = 3 };

template <class Logged>
void write_head(ByteWriter& writer, EntryKind kind, const Logged& event) {
  writer.u8(static_cast<std::uint8_t>(kind));
  writer.number(value_of(event.organization));
  writer.raw(view_of(event.pair));
  writer.u64_ordered(event.content);
  writer.text(event.source);
  writer.text(event.id);
}

template <class Logged>
Logged read_head(ByteReader& reader) {
  Logged event;
  event.organization = OrganizationNumber{reader.number32()};
  event.pair = read_hash(reader);
  event.content = reader.u64_ordered();
  event.source = reader.text();
  event.id = reader.text();
  return event;
}

void write_event(ByteWriter& writer, const LoggedUsage& event) {
  write_head(writer, event.is_voided ? EntryKind::voided_usage : EntryKind::usage, event);
  write_place(writer, event.place);
  writer.decimal(event.quantity);
}

void write_event(ByteWriter& writer, const LoggedVoid& event) {
  write_head(writer, event.target_place ? EntryKind::correction : EntryKind::early_correction, event);
  writer.raw(view_of(event.target));
  writer.text(event.target_source);
  writer.text(event.target_id);
  if (event.target_place) write_place(writer, *event.target_place);
}

LoggedEvent read_event(ByteReader& reader) {
  const auto kind = static_cast<EntryKind>(reader.u8());
  if (kind == EntryKind::usage || kind == EntryKind::voided_usage) {
    auto event = read_head<LoggedUsage>(reader);
    event.place = read_place(reader);
    event.quantity = reader.decimal();
    event.is_voided = kind == EntryKind::voided_usage;
    return event;
  }
  if (kind != EntryKind::correction && kind != EntryKind::early_correction) reader.refuse();
  auto event = read_head<LoggedVoid>(reader);
  event.target = read_hash(reader);
  event.target_source = reader.text();
  event.target_id = reader.text();
  if (kind == EntryKind::correction) event.target_place = read_place(reader);
  return event;
}

}  // namespace

std::string log_key(std::uint64_t sequence) {
  std::string key;
  ByteWriter(key).u64_ordered(sequence);
  return key;
}

std::optional<std::uint64_t> sequence_of(std::string_view log_key) {
  ByteReader reader(log_key);
  const std::uint64_t sequence = reader.u64_ordered();
  return reader.is_done() ? std::optional(sequence) : std::nullopt;
}

std::string encode_log_record(std::span<const LoggedEvent> events) {
  std::string record;
  ByteWriter writer(record);
  writer.u8(record_version);
  writer.number(events.size());
  for (const LoggedEvent& event : events) {
    std::visit([&](const auto& logged) { write_event(writer, logged); }, event);
  }
  return record;
}

std::optional<std::vector<LoggedEvent>> decode_log_record(std::string_view record) {
  ByteReader reader(record);
  if (reader.u8() != record_version) return std::nullopt;
  const std::uint64_t count = reader.number();
  if (count > record.size() / event_bytes_min) return std::nullopt;
  std::vector<LoggedEvent> events;
  events.reserve(count);
  while (events.size() < count && reader.ok()) events.push_back(read_event(reader));
  if (!reader.is_done()) return std::nullopt;
  return events;
}

}  // namespace tallystick::store::embedded
