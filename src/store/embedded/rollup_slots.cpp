#include "store/embedded/rollup_slots.hpp"

#include <rocksdb/merge_operator.h>

#include <algorithm>
#include <chrono>
#include <deque>

namespace tallystick::store::embedded {
namespace {

using std::chrono::days;

constexpr std::uint32_t months_per_year = 12;

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

// Folds all operands at once: what a row is made of is decoded once and encoded once, however many runs it lies in.
class RollupMerge final : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    if (in.existing_value == nullptr && in.operand_list.size() == 1) {
      out->existing_operand = in.operand_list.front();
      return true;
    }
    const auto row = read_rollup_key({in.key.data(), in.key.size()});
    if (!row) return false;
    MonthSlots slots(row->month);
    if (in.existing_value != nullptr && !slots.add({in.existing_value->data(), in.existing_value->size()})) {
      return false;
    }
    if (!add(in.operand_list, slots)) return false;
    out->new_value = slots.encode();
    return true;
  }

  bool PartialMergeMulti(const rocksdb::Slice& key, const std::deque<rocksdb::Slice>& operands, std::string* merged,
                         rocksdb::Logger*) const override {
    const auto row = read_rollup_key({key.data(), key.size()});
    if (!row) return false;
    MonthSlots slots(row->month);
    if (!add(operands, slots)) return false;
    *merged = slots.encode();
    return true;
  }

  const char* Name() const override { return "tallystick.rollup.3"; }

 private:
  template <class Operands>
  static bool add(const Operands& operands, MonthSlots& slots) {
    return std::ranges::all_of(operands, [&slots](const rocksdb::Slice& operand) {
      return slots.add({operand.data(), operand.size()});
    });
  }
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
  SlotReader reader(first_day_of(month), bytes);
  for (DaySlot slot; reader.next(slot);) slots.push_back(slot);
  return reader.is_done();
}

bool SlotReader::next(DaySlot& slot) {
  if (!reader_.has_more()) return false;
  const std::uint8_t day = reader_.u8();
  const std::uint8_t shape = reader_.u8();
  if (day >= days_per_month_max || shape > tied) reader_.refuse();
  slot.day = month_start_ + days{day};
  const core::TimePoint start{slot.day};
  const auto moment = [&] {
    const core::milliseconds into_day{reader_.number32()};
    if (into_day >= days{1}) reader_.refuse();
    return start + into_day;
  };
  core::ResourceAggregate usage;
  usage.first_seen = moment();
  usage.sum = reader_.decimal();
  if (shape == one_event) {
    usage.last_time = usage.first_seen;
    usage.count = 1;
    usage.max = usage.sum;
    usage.last_quantity = usage.sum;
  } else {
    usage.last_time = moment();
    usage.count = reader_.number();
    usage.max = reader_.decimal();
    usage.last_quantity = reader_.decimal();
  }
  slot.fold = core::AggregateFold(usage, shape == tied);
  return reader_.ok();
}

MonthSlots::MonthSlots(std::uint32_t month) : month_start_(first_day_of(month)) {}

bool MonthSlots::add(const DaySlot& slot) {
  return days_.at(static_cast<std::size_t>((slot.day - month_start_).count())).add(slot.fold).has_value();
}

bool MonthSlots::add(std::string_view slots) {
  SlotReader reader(month_start_, slots);
  for (DaySlot slot; reader.next(slot);) {
    if (!add(slot)) return false;
  }
  return reader.is_done();
}

std::string MonthSlots::encode() const {
  std::string bytes;
  ByteWriter writer(bytes);
  for (std::size_t day = 0; day < days_.size(); ++day) {
    if (days_[day].is_empty()) continue;
    write_slot(writer, month_start_, {month_start_ + days{static_cast<std::int64_t>(day)}, days_[day]});
  }
  return bytes;
}

std::shared_ptr<rocksdb::MergeOperator> make_rollup_merge() {
  return std::make_shared<RollupMerge>();
}

}  // namespace tallystick::store::embedded
