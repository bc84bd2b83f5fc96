#include "store/embedded/commit_log.hpp"

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t record_version = 2;
// No event takes fewer bytes in a record: refuses a count that would only exhaust memory.
constexpr std::size_t event_bytes_min = 16;
// Most take less: a record is written without growing.
constexpr std::size_t event_bytes_usual = 64;
enum class EntryKind : std::uint8_t { usage = 0, voided_usage = 1, correction = 2, early_correction = 3 };
// In the first byte of each event's id: the kind, and whether another source than that of the event before follows.
constexpr unsigned kind_mask = 3;
constexpr unsigned has_source = 4;

class RecordWriter {
 public:
  explicit RecordWriter(std::string& record) : record_(record), writer_(record) {}

  void write(const LoggedUsage& event) {
    write_head(event.is_voided ? EntryKind::voided_usage : EntryKind::usage, event);
    write_place(event.place);
    writer_.decimal(event.quantity);
  }

  void write(const LoggedVoid& event) {
    write_head(event.target_place ? EntryKind::correction : EntryKind::early_correction, event);
    writer_.raw(view_of(event.target));
    writer_.text(event.target_source);
    ids_.add(record_, event.target_id);
    if (event.target_place) write_place(*event.target_place);
  }

 private:
  template <class Logged>
  void write_head(EntryKind kind, const Logged& event) {
    const bool is_other_source = event.source != last_source_;
    ids_.add(record_, event.id,
             static_cast<std::uint8_t>(static_cast<unsigned>(kind) | (is_other_source ? has_source : 0U)));
    if (is_other_source) writer_.text(event.source);
    last_source_ = event.source;
    writer_.number(value_of(event.organization));
    writer_.raw(view_of(event.pair));
    writer_.u32_ordered(event.content);
  }

  // Times are told by their distance from the one before.
  void write_place(const EventPlace& place) {
    writer_.number(value_of(place.product));
    writer_.number(value_of(place.resource));
    writer_.signed_number((place.time - last_time_).count());
    last_time_ = place.time;
    writer_.optional_time(place.until);
  }

  std::string& record_;
  ByteWriter writer_;
  PackedTextWriter ids_;
  std::string_view last_source_;
  core::TimePoint last_time_;
};

class RecordReader {
 public:
  RecordReader(ByteReader& reader, TextArena& texts) : reader_(reader), ids_(texts) {}

  LoggedEvent read() {
    const auto [id, flags] = ids_.next(reader_);
    if ((flags & has_source) != 0) last_source_ = reader_.text();
    if (flags >= 2 * has_source) reader_.refuse();
    const auto kind = static_cast<EntryKind>(flags & kind_mask);
    if (kind == EntryKind::usage || kind == EntryKind::voided_usage) {
      auto event = read_head<LoggedUsage>(id);
      event.place = read_place();
      event.quantity = reader_.decimal();
      event.is_voided = kind == EntryKind::voided_usage;
      return event;
    }
    auto event = read_head<LoggedVoid>(id);
    event.target = read_hash(reader_);
    event.target_source = reader_.text();
    event.target_id = ids_.next(reader_).text;
    if (kind == EntryKind::correction) event.target_place = read_place();
    return event;
  }

 private:
  template <class Logged>
  Logged read_head(std::string_view id) {
    Logged event;
    event.id = id;
    event.source = last_source_;
    event.organization = OrganizationNumber{reader_.number32()};
    event.pair = read_hash(reader_);
    event.content = reader_.u32_ordered();
    return event;
  }

  EventPlace read_place() {
    EventPlace place;
    place.product = ProductNumber{reader_.number32()};
    place.resource = ResourceNumber{reader_.number32()};
    last_time_ += core::milliseconds{reader_.signed_number()};
    place.time = last_time_;
    place.until = reader_.optional_time();
    return place;
  }

  ByteReader& reader_;
  PackedTextReader ids_;
  std::string_view last_source_;
  core::TimePoint last_time_;
};

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
  record.reserve(events.size() * event_bytes_usual);
  ByteWriter writer(record);
  writer.u8(record_version);
  writer.number(events.size());
  RecordWriter entries(record);
  for (const LoggedEvent& event : events) {
    std::visit([&](const auto& logged) { entries.write(logged); }, event);
  }
  return record;
}

std::optional<std::vector<LoggedEvent>> decode_log_record(std::string_view record, TextArena& texts) {
  ByteReader reader(record);
  if (reader.u8() != record_version) return std::nullopt;
  const std::uint64_t count = reader.number();
  if (count > record.size() / event_bytes_min) return std::nullopt;
  std::vector<LoggedEvent> events;
  events.reserve(count);
  RecordReader entries(reader, texts);
  while (events.size() < count && reader.ok()) events.push_back(entries.read());
  if (!reader.is_done()) return std::nullopt;
  return events;
}

}  // namespace tallystick::store::embedded
