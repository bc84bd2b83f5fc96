#include "store/embedded/rollup_slots.hpp"

#include <rocksdb/merge_operator.h>

#include <chrono>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

using std::chrono::days;

constexpr std::uint32_t months_per_year = 12;
constexpr std::uint8_t days_per_month_max = 31;

// What a slot leaves out because it follows from the rest.
enum Shape : std::uint8_t {
  one_event = 1,  // first, last, sum, max and last quantity are one event's
  tied = 2,       // the last quantity waits to be settled
};

std::uint8_t shape_of(const core::AggregateFold& fold) {
  if (fold.aggregate().count == 1) return one_event;
  return fold.last_is_tied() ? tied : 0;
}

void write_slot(ByteWriter& writer, core::Day month_start, const DaySlot& slot) {
  const core::ResourceAggregate& usage = slot.fold.aggregate();
  const std::uint8_t shape = shape_of(slot.fold);
  const core::TimePoint start{slot.day};
  writer.u8(static_cast<std::uint8_t>((slot.day - month_start).count()));
  writer.u8(shape);
  writer.number(static_cast<std::uint64_t>((usage.first_seen - start).count()));
  writer.decimal(usage.sum);
  if (shape == one_event) return;
  writer.number(static_cast<std::uint64_t>((usage.last_time - start).count()));
  writer.number(usage.count);
  writer.decimal(usage.max);
  writer.decimal(usage.last_quantity);
}

DaySlot read_slot(ByteReader& reader, core::Day month_start) {
  const std::uint8_t day = reader.u8();
  const std::uint8_t shape = reader.u8();
  if (day >= days_per_month_max || (shape != 0 && shape != one_event && shape != tied)) {
    reader.refuse();
  }
  DaySlot slot{month_start + days{day}, {}};
  const core::TimePoint start{slot.day};
  const auto moment = [&] {
    const core::milliseconds into_day{reader.number32()};
    if (into_day >= days{1}) reader.refuse();
    return start + into_day;
  };
  core::ResourceAggregate usage;
  usage.first_seen = moment();
  usage.sum = reader.decimal();
  if (shape == one_event) {
    usage.last_time = usage.first_seen;
    usage.count = 1;
    usage.max = usage.sum;
    usage.last_quantity = usage.sum;
  } else {
    usage.last_time = moment();
    usage.count = reader.number();
    usage.max = reader.decimal();
    usage.last_quantity = reader.decimal();
  }
  slot.fold = core::AggregateFold(usage, shape == tied);
  return slot;
}

// Both in the order of the days. False: a sum overflows.
bool merge_slots(const std::vector<DaySlot>& left, const std::vector<DaySlot>& right, std::vector<DaySlot>& merged) {
  merged.clear();
  auto a = left.begin();
  auto b = right.begin();
  while (a != left.end() || b != right.end()) {
    if (b == right.end() || (a != left.end() && a->day < b->day)) {
      merged.push_back(*a++);
    } else if (a == left.end() || b->day < a->day) {
      merged.push_back(*b++);
    } else {
      merged.push_back(*a++);
      if (!merged.back().fold.add((b++)->fold)) return false;
    }
  }
  return true;
}

class RollupMerge final : public rocksdb::AssociativeMergeOperator {
 public:
  bool Merge(const rocksdb::Slice& key, const rocksdb::Slice* existing, const rocksdb::Slice& value,
             std::string* merged, rocksdb::Logger*) const override {
    if (existing == nullptr) {
      merged->assign(value.data(), value.size());
      return true;
    }
    const auto row = read_rollup_key({key.data(), key.size()});
    thread_local std::vector<DaySlot> left;
    thread_local std::vector<DaySlot> right;
    thread_local std::vector<DaySlot> both;
    if (!row || !decode_slots(row->month, {existing->data(), existing->size()}, left) ||
        !decode_slots(row->month, {value.data(), value.size()}, right) || !merge_slots(left, right, both)) {
      return false;
    }
    *merged = encode_slots(row->month, both);
    return true;
  }
  const char* Name() const override { return "tallystick.rollup.2"; }
};

}  // namespace

std::uint32_t month_of(core::Day day) {
  const std::chrono::year_month_day date{day};
  return static_cast<std::uint32_t>(static_cast<int>(date.year())) * months_per_year +
         static_cast<unsigned>(date.month()) - 1;
}

core::Day first_day_of(std::uint32_t month) {
  return core::Day{std::chrono::year{static_cast<int>(month / months_per_year)} /
                   std::chrono::month{month % months_per_year + 1} / std::chrono::day{1}};
}

std::string rollup_key(const RollupKey& key) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.u32_ordered(value_of(key.organization));
  writer.u32_ordered(value_of(key.product));
  writer.u32_ordered(key.month);
  writer.u32_ordered(value_of(key.resource));
  return bytes;
}

std::optional<RollupKey> read_rollup_key(std::string_view key) {
  ByteReader reader(key);
  RollupKey row;
  row.organization = OrganizationNumber{reader.u32_ordered()};
  row.product = ProductNumber{reader.u32_ordered()};
  row.month = reader.u32_ordered();
  row.resource = ResourceNumber{reader.u32_ordered()};
  return reader.is_done() ? std::optional(row) : std::nullopt;
}

std::string encode_slots(std::uint32_t month, const std::vector<DaySlot>& slots) {
  std::string bytes;
  ByteWriter writer(bytes);
  const core::Day month_start = first_day_of(month);
  for (const DaySlot& slot : slots) write_slot(writer, month_start, slot);
  return bytes;
}

bool decode_slots(std::uint32_t month, std::string_view bytes, std::vector<DaySlot>& slots) {
  slots.clear();
  ByteReader reader(bytes);
  const core::Day month_start = first_day_of(month);
  while (reader.has_more()) slots.push_back(read_slot(reader, month_start));
  return reader.is_done();
}

std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge() {
  return std::make_shared<RollupMerge>();
}

}  // namespace tallystick::store::embedded
