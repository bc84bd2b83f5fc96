#include "demo/measurement.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "demo/calendar.hpp"

namespace tallystick::demo {
namespace {

using namespace std::chrono;
using core::Decimal;
using core::TimePoint;
using core::UsageEvent;

// How busy people are by the hour of their day, out of 100.
constexpr std::array<unsigned, 24> office_hours{0,  0,  0,  0,  0,  1,  4,  18, 60, 95, 100, 96,
                                                70, 84, 98, 96, 90, 70, 34, 14, 8,  4,  1,   0};

// What an event is about, and how many of each there are.
enum class Kind { user, call, copilot, station, edge, channels, requests, messages, archive };
constexpr std::array<unsigned, 9> kind_weights{300, 100, 30, 110, 80, 60, 200, 90, 30};

// Half a shift on a wall clock; people come and go up to `give` earlier or later.
struct HalfShift {
  minutes start;
  minutes end;
  minutes give;
};
constexpr HalfShift forenoon{8h + 15min, 12h, 25min};
constexpr HalfShift afternoon{13h, 17h, 25min};

}  // namespace

UsageEvent Measurement::measure() {
  switch (static_cast<Kind>(random_.weighted(kind_weights))) {
    case Kind::user:
      return user_at_work();
    case Kind::call:
      return call();
    case Kind::copilot:
      return copilot_session();
    case Kind::station:
      return station_in_use();
    case Kind::edge:
      return edge_in_use();
    case Kind::channels:
      return channels_in_use();
    case Kind::requests:
      return requests();
    case Kind::messages:
      return messages();
    case Kind::archive:
      break;
  }
  return archive_size();
}

UsageEvent Measurement::user_at_work() {
  static constexpr std::array<std::string_view, 3> licences{"cx-1-named", "cx-2-named", "cx-3-named"};
  const Attendance shift = random_.pick(workplace_.shifts());
  const Employee& employee = workplace_.employee(shift);
  const std::size_t licence = shift.day < employee.changes_on ? employee.licence : employee.licence_after;
  return event("acd/", licences[licence], employee.address, working_time(shift.day, employee.shift_hours));
}

// Short calls are more frequent than long ones: the shorter of two draws.
UsageEvent Measurement::call() {
  const Attendance shift = random_.pick(workplace_.shifts());
  const Employee& employee = workplace_.employee(shift);
  UsageEvent measured = event("acd/", "voice-minutes", employee.address, working_time(shift.day, employee.shift_hours));
  const milliseconds one = random_.duration(20s, 25min);
  const milliseconds other = random_.duration(20s, 25min);
  measured.until = measured.time + std::min(one, other);
  return measured;
}

UsageEvent Measurement::copilot_session() {
  const Attendance shift = random_.pick(workplace_.copilot_shifts());
  const Employee& employee = workplace_.employee(shift);
  const HalfShift& half = random_.percent(50) ? forenoon : afternoon;
  const TimePoint midnight = first_day + days{shift.day} + hours{employee.shift_hours};
  const milliseconds start = half.start + random_.duration(-half.give, half.give);
  const milliseconds end = half.end + random_.duration(-half.give, half.give);
  UsageEvent measured = event("copilot/", "copilot-concurrent", employee.address, customer_.zone.utc(midnight + start));
  measured.until = customer_.zone.utc(midnight + end);
  return measured;
}

UsageEvent Measurement::station_in_use() {
  const Attendance desk = random_.pick(workplace_.desks());
  return event("acd/", "phone-stations", workplace_.station(desk), working_time(desk.day, 0));
}

UsageEvent Measurement::edge_in_use() {
  const std::string& edge = random_.pick(workplace_.edges());
  return event("edge/", "edge-devices", edge, any_time());
}

// The most channels of an edge that were busy at once in the quarter of an hour before.
UsageEvent Measurement::channels_in_use() {
  UsageEvent measured = event("edge/", "trunk-channels", random_.pick(workplace_.edges()), {});
  const std::size_t day = random_.below(days_in_month);
  const unsigned hour = static_cast<unsigned>(random_.below(24));
  measured.time = customer_.zone.utc(first_day + days{day} + hours{hour} + minutes{15 * random_.between(0, 3)});
  const std::int64_t busy = is_weekend(day) ? office_hours[hour] * customer_.weekend_percent / 100 : office_hours[hour];
  measured.quantity = Decimal::from_integer(1 + customer_.channels_per_edge * busy * random_.between(55, 92) / 10'000);
  return measured;
}

UsageEvent Measurement::requests() {
  const std::string_view client = random_.pick(customer_.api_clients);
  UsageEvent measured = event("api-gateway/", "api-requests", client, any_time());
  measured.quantity = Decimal::from_integer(random_.between(20, 4'000));
  return measured;
}

UsageEvent Measurement::messages() {
  const std::string_view sender = random_.pick(customer_.message_senders);
  UsageEvent measured = event("messaging/", "sms-segments", sender, working_time(random_.below(days_in_month), 1));
  measured.quantity = Decimal::from_integer(random_.between(1, 6));
  return measured;
}

// Archives only grow in the month of the demo, a little unevenly.
UsageEvent Measurement::archive_size() {
  const Archive& archive = random_.pick(customer_.archives);
  UsageEvent measured = event("storage-meter/", "recording-storage", archive.name, {});
  const std::int64_t hour = random_.between(0, static_cast<std::int64_t>(days_in_month) * 24 - 1);
  measured.time = customer_.zone.utc(first_day + hours{hour});
  const std::int64_t noise = random_.between(0, archive.growth_per_day / 24);
  const std::int64_t thousandths = archive.size_at_start + archive.growth_per_day * hour / 24 + noise;
  measured.quantity = Decimal::from_units(core::int128{thousandths} * (Decimal::one_units / 1'000));
  return measured;
}

UsageEvent Measurement::event(std::string_view system, std::string_view product, std::string_view resource,
                              TimePoint time) {
  return {.source = std::string(system).append(customer_.region),
          .id = core::Uuid::from_random(random_.bytes()).to_string(),
          .organization = customer_.organization,
          .product = std::string(product),
          .resource = std::string(resource),
          .time = time,
          .quantity = Decimal::from_integer(1),
          .until = std::nullopt};
}

TimePoint Measurement::working_time(std::size_t day, int shift_hours) {
  const auto hour = static_cast<int>(random_.weighted(office_hours)) + shift_hours;
  return customer_.zone.utc(first_day + days{day} + hours{hour} + random_.duration(0ms, 1h - 1ms));
}

TimePoint Measurement::any_time() {
  return customer_.zone.utc(first_day + random_.duration(0ms, days{days_in_month} - 1ms));
}

}  // namespace tallystick::demo
