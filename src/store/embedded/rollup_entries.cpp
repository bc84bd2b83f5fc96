#include "store/embedded/rollup_entries.hpp"

namespace tallystick::store::embedded {
namespace {

using std::chrono::days;

// What an entry leaves out because it follows from the rest.
enum Shape : std::uint8_t {
  many_events = 0,
  one_event = 1,  // first, last, sum, max and last quantity are one event's
  tied = 2,       // of many; the last quantity waits to be settled
};
static_assert(tied == rollup_shape_max);

Shape shape_of(const core::AggregateFold& fold) {
  if (fold.aggregate().count == 1) return one_event;
  return fold.last_is_tied() ? tied : many_events;
}

}  // namespace

bool decode_entry(const RollupEntry& entry, core::Day month_start, core::AggregateFold& fold) {
  ByteReader reader(entry.bytes);
  const unsigned shape = reader.u8() >> RollupPosition::day_bits;
  static_cast<void>(reader.u8());
  const core::TimePoint start{month_start + days{entry.position.day()}};
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
    // Fewer events would be none of this shape, and an entry without any counts as absent.
    if (usage.count < 2) reader.refuse();
  }
  fold = core::AggregateFold(usage, shape == tied);
  return reader.is_done();
}

void RollupWriter::add(RollupPosition position, core::Day month_start, const core::AggregateFold& fold) {
  const core::ResourceAggregate& usage = fold.aggregate();
  const Shape shape = shape_of(fold);
  const core::TimePoint start{month_start + days{position.day()}};
  body_.clear();
  ByteWriter body(body_);
  body.number(static_cast<std::uint64_t>((usage.first_seen - start).count()));
  body.decimal(usage.sum);
  if (shape != one_event) {
    body.number(static_cast<std::uint64_t>((usage.last_time - start).count()));
    body.number(usage.count);
    body.decimal(usage.max);
    body.decimal(usage.last_quantity);
  }
  go_to(position.resource());
  ByteWriter row(row_);
  row.u8(static_cast<std::uint8_t>(position.day() | static_cast<unsigned>(shape) << RollupPosition::day_bits));
  row.u8(static_cast<std::uint8_t>(body_.size()));
  row.raw(body_);
}

void RollupWriter::copy(const RollupEntry& entry) {
  go_to(entry.position.resource());
  row_.append(entry.bytes);
}

std::string RollupWriter::take() {
  last_resource_ = 0;
  return std::exchange(row_, {});
}

void RollupWriter::clear() {
  row_.clear();
  last_resource_ = 0;
}

void RollupWriter::go_to(ResourceNumber resource) {
  ByteWriter(row_).number(value_of(resource) - last_resource_);
  last_resource_ = value_of(resource);
}

}  // namespace tallystick::store::embedded
