#include "demo/usage_month.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>

#include "demo/people.hpp"
#include "demo/random.hpp"

namespace tallystick::demo {
namespace {

using namespace std::chrono;
using core::Decimal;
using core::TimePoint;
using core::UsageEvent;

constexpr sys_days first_day{2026y / March / 1};
constexpr std::size_t days_in_month = 31;
constexpr std::size_t repeat_every = 200;
constexpr std::size_t void_every = 600;

// How busy people are by the hour of their day, out of 100.
constexpr std::array<unsigned, 24> office_hours{0,  0,  0,  0,  0,  1,  4,  18, 60, 95, 100, 96,
                                                70, 84, 98, 96, 90, 70, 34, 14, 8,  4,  1,   0};

// What an event is about, and how many of each there are.
enum class Kind { user, station, edge, channels, requests, messages, archive };
constexpr std::array<unsigned, 7> kind_weights{430, 110, 80, 60, 200, 90, 30};

bool is_weekend(std::size_t day) {
  const weekday name{first_day + days{day}};
  return name == Saturday || name == Sunday;
}

// Someone, or a telephone on a desk, that is there on some days of the month.
struct Presence {
  std::size_t who = 0;
  std::size_t day = 0;
};

struct Employee {
  std::string address;
  std::size_t licence = 0;                 // 0: CX 1
  std::size_t licence_after = 0;           // from changes_on on
  std::size_t changes_on = days_in_month;  // a day; days_in_month: never
  int shift_hours = 0;                     // earlier or later than the others
  std::bitset<days_in_month> present;
};

class Month {
 public:
  Month(const Customer& customer, std::uint64_t seed)
      : customer_(customer), random_(seed + customer.organization.bytes[0]) {
    for (auto& address : make_addresses(random_, customer.users, customer.domain)) hire(std::move(address));
    for (const auto site : customer.sites) {
      install(site, "station-", customer.stations_per_site, 4, stations_);
      install(site, "edge-", customer.edges_per_site, 2, edges_);
    }
    for (std::size_t who = 0; who < employees_.size(); ++who) note_presence(who, employees_[who].present, at_work_);
    for (std::size_t station = 0; station < stations_.size(); ++station) note_presence(station, desk_days(), in_use_);
  }

  std::vector<Delivery> deliveries(std::size_t count) {
    const std::size_t repeats = count / repeat_every;
    const std::size_t voids = count / void_every;
    std::vector<Delivery> all;
    all.reserve(count);
    while (all.size() + repeats + voids < count) all.push_back(deliver(measure()));
    const std::size_t originals = all.size();
    for (std::size_t i = 0; i < repeats; ++i) all.push_back(repeat(all[random_.below(originals)]));
    for (std::size_t i = 0; i < voids; ++i) all.push_back(take_back(all[random_.below(originals)]));
    std::ranges::stable_sort(all, {}, &Delivery::arrives);
    return all;
  }

 private:
  void hire(std::string address) {
    Employee employee;
    employee.address = std::move(address);
    employee.licence = random_.weighted(customer_.licence_weights);
    employee.licence_after = employee.licence;
    if (employee.licence < 2 && random_.percent(7)) {
      employee.licence_after = employee.licence + 1;
      employee.changes_on = random_.below(days_in_month);
    }
    employee.shift_hours = static_cast<int>(random_.between(-2, 2));
    const bool works_weekends = random_.percent(customer_.weekend_percent);
    const std::size_t starts = random_.percent(5) ? random_.below(days_in_month) : 0;
    const std::size_t leaves = random_.percent(4) ? 1 + random_.below(days_in_month) : days_in_month;
    const std::size_t holiday = random_.percent(30) ? random_.below(days_in_month) : days_in_month;
    const std::size_t back = holiday + 3 + random_.below(8);
    for (std::size_t day = starts; day < leaves; ++day) {
      const bool on_holiday = holiday <= day && day < back;
      const bool works = is_weekend(day) ? works_weekends && random_.percent(55) : random_.percent(96);
      employee.present.set(day, works && !on_holiday);
    }
    employees_.push_back(std::move(employee));
  }

  void install(std::string_view site, std::string_view what, std::size_t count, std::size_t digits,
               std::vector<std::string>& devices) {
    for (std::size_t number = 1; number <= count; ++number) {
      std::string text = std::to_string(number);
      text.insert(0, digits - std::min(digits, text.size()), '0');
      devices.push_back(std::string(what).append(site).append("-").append(text));
    }
  }

  std::bitset<days_in_month> desk_days() {
    std::bitset<days_in_month> used;
    for (std::size_t day = 0; day < days_in_month; ++day) {
      used.set(day, random_.percent(is_weekend(day) ? customer_.weekend_percent / 2 : 80));
    }
    return used;
  }

  static void note_presence(std::size_t who, const std::bitset<days_in_month>& days, std::vector<Presence>& presences) {
    for (std::size_t day = 0; day < days_in_month; ++day) {
      if (days.test(day)) presences.push_back({who, day});
    }
  }

  UsageEvent measure() {
    switch (static_cast<Kind>(random_.weighted(kind_weights))) {
      case Kind::user:
        return user_at_work();
      case Kind::station: {
        const Presence desk = random_.pick(in_use_);
        return event("acd/", "phone-stations", stations_[desk.who], working_time(desk.day, 0));
      }
      case Kind::edge:
        return event("edge/", "edge-devices", random_.pick(edges_), any_time());
      case Kind::channels:
        return channels_in_use();
      case Kind::requests: {
        UsageEvent measured = event("api-gateway/", "api-requests", random_.pick(customer_.api_clients), any_time());
        measured.quantity = Decimal::from_integer(random_.between(20, 4'000));
        return measured;
      }
      case Kind::messages: {
        UsageEvent measured = event("messaging/", "sms-segments", random_.pick(customer_.message_senders),
                                    working_time(random_.below(days_in_month), 1));
        measured.quantity = Decimal::from_integer(random_.between(1, 6));
        return measured;
      }
      case Kind::archive:
        break;
    }
    return archive_size();
  }

  UsageEvent user_at_work() {
    static constexpr std::array<std::string_view, 3> licences{"cx-1-named", "cx-2-named", "cx-3-named"};
    const Presence shift = random_.pick(at_work_);
    const Employee& employee = employees_[shift.who];
    const std::size_t licence = shift.day < employee.changes_on ? employee.licence : employee.licence_after;
    return event("acd/", licences[licence], employee.address, working_time(shift.day, employee.shift_hours));
  }

  // The most channels of an edge that were busy at once in the quarter of an hour before.
  UsageEvent channels_in_use() {
    UsageEvent measured = event("edge/", "trunk-channels", random_.pick(edges_), {});
    const std::size_t day = random_.below(days_in_month);
    const unsigned hour = static_cast<unsigned>(random_.below(24));
    measured.time = customer_.zone.utc(first_day + days{day} + hours{hour} + minutes{15 * random_.between(0, 3)});
    const std::int64_t busy =
        is_weekend(day) ? office_hours[hour] * customer_.weekend_percent / 100 : office_hours[hour];
    measured.quantity =
        Decimal::from_integer(1 + customer_.channels_per_edge * busy * random_.between(55, 92) / 10'000);
    return measured;
  }

  // Archives only grow in the month of the demo, a little unevenly.
  UsageEvent archive_size() {
    const Archive& archive = random_.pick(customer_.archives);
    UsageEvent measured = event("storage-meter/", "recording-storage", archive.name, {});
    const std::int64_t hour = random_.between(0, static_cast<std::int64_t>(days_in_month) * 24 - 1);
    measured.time = customer_.zone.utc(first_day + hours{hour});
    const std::int64_t noise = random_.between(0, archive.growth_per_day / 24);
    const std::int64_t thousandths = archive.size_at_start + archive.growth_per_day * hour / 24 + noise;
    measured.quantity = Decimal::from_units(core::int128{thousandths} * (Decimal::one_units / 1'000));
    return measured;
  }

  UsageEvent event(std::string_view system, std::string_view product, std::string_view resource, TimePoint time) {
    return {.source = std::string(system).append(customer_.region),
            .id = core::Uuid::from_random(random_.bytes()).to_string(),
            .organization = customer_.organization,
            .product = std::string(product),
            .resource = std::string(resource),
            .time = time,
            .quantity = Decimal::from_integer(1),
            .until = std::nullopt};
  }

  milliseconds a_while(milliseconds shortest, milliseconds longest) {
    return milliseconds{random_.between(shortest.count(), longest.count())};
  }

  TimePoint working_time(std::size_t day, int shift_hours) {
    const auto hour = static_cast<int>(random_.weighted(office_hours)) + shift_hours;
    return customer_.zone.utc(first_day + days{day} + hours{hour} + a_while(0ms, 1h - 1ms));
  }

  TimePoint any_time() { return customer_.zone.utc(first_day + a_while(0ms, days{days_in_month} - 1ms)); }

  Delivery deliver(UsageEvent measured) {
    milliseconds delay = a_while(200ms, 45s);
    if (random_.percent(1)) {
      // Was kept by a system that was cut off; the month before was not over everywhere when the demo's began.
      delay = a_while(26h, days{9});
      if (random_.percent(10)) measured.time = first_day - a_while(1ms, 40h);
    }
    const TimePoint arrives = measured.time + delay;
    return {arrives, std::move(measured)};
  }

  // The sender did not hear the answer and sends once more.
  Delivery repeat(Delivery sent) {
    sent.arrives += a_while(1s, 30h);
    return sent;
  }

  Delivery take_back(const Delivery& sent) {
    core::VoidEvent correction{.source = "billing-desk/" + std::string(customer_.region),
                               .id = core::Uuid::from_random(random_.bytes()).to_string(),
                               .organization = customer_.organization,
                               .target_source = core::source_of(sent.event),
                               .target_id = core::id_of(sent.event)};
    return {sent.arrives + a_while(1h, 72h), std::move(correction)};
  }

  const Customer& customer_;
  Random random_;
  std::vector<Employee> employees_;
  std::vector<std::string> stations_;
  std::vector<std::string> edges_;
  std::vector<Presence> at_work_;
  std::vector<Presence> in_use_;
};

}  // namespace

core::Period demo_month() {
  return {first_day, first_day + days{days_in_month}};
}

std::vector<Delivery> usage_of(const Customer& customer, std::uint64_t seed, std::size_t count) {
  return Month(customer, seed).deliveries(count);
}

}  // namespace tallystick::demo
