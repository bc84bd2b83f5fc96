#include "store/embedded/rollup_rows.hpp"

#include <chrono>

#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint32_t months_per_year = 12;

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
  writer.u32_ordered(static_cast<std::uint32_t>(key.range));
  return bytes;
}

std::optional<RollupKey> read_rollup_key(std::string_view key) {
  ByteReader reader(key);
  RollupKey row;
  row.organization = OrganizationNumber{reader.u32_ordered()};
  row.product = ProductNumber{reader.u32_ordered()};
  row.month = reader.u32_ordered();
  row.range = ResourceRange{reader.u32_ordered()};
  return reader.is_done() ? std::optional(row) : std::nullopt;
}

}  // namespace tallystick::store::embedded
