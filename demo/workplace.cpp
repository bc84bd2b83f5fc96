#include "demo/workplace.hpp"

#include <algorithm>
#include <utility>

#include "demo/people.hpp"

namespace tallystick::demo {
namespace {

constexpr unsigned copilot_percent = 60;

void install(std::string_view site, std::string_view what, std::size_t count, std::size_t digits,
             std::vector<std::string>& devices) {
  for (std::size_t number = 1; number <= count; ++number) {
    std::string text = std::to_string(number);
    text.insert(0, digits - std::min(digits, text.size()), '0');
    devices.push_back(std::string(what).append(site).append("-").append(text));
  }
}

std::bitset<days_in_month> desk_days(const Customer& customer, Random& random) {
  std::bitset<days_in_month> used;
  for (std::size_t day = 0; day < days_in_month; ++day) {
    used.set(day, random.percent(is_weekend(day) ? customer.weekend_percent / 2 : 80));
  }
  return used;
}

void note_days(std::size_t who, const std::bitset<days_in_month>& days, std::vector<Attendance>& attendances) {
  for (std::size_t day = 0; day < days_in_month; ++day) {
    if (days.test(day)) attendances.push_back({who, day});
  }
}

}  // namespace

Workplace::Workplace(const Customer& customer, Random& random) {
  for (auto& address : make_addresses(random, customer.users, customer.domain)) {
    hire(customer, random, std::move(address));
  }
  for (const auto site : customer.sites) {
    install(site, "station-", customer.stations_per_site, 4, stations_);
    install(site, "edge-", customer.edges_per_site, 2, edges_);
  }
  for (std::size_t who = 0; who < employees_.size(); ++who) {
    note_days(who, employees_[who].at_work, shifts_);
    if (employees_[who].has_copilot) note_days(who, employees_[who].at_work, copilot_shifts_);
  }
  for (std::size_t station = 0; station < stations_.size(); ++station) {
    note_days(station, desk_days(customer, random), desks_);
  }
}

void Workplace::hire(const Customer& customer, Random& random, std::string address) {
  Employee employee;
  employee.address = std::move(address);
  employee.licence = random.weighted(customer.licence_weights);
  employee.licence_after = employee.licence;
  if (employee.licence < 2 && random.percent(7)) {
    employee.licence_after = employee.licence + 1;
    employee.changes_on = random.below(days_in_month);
  }
  employee.shift_hours = static_cast<int>(random.between(-2, 2));
  employee.has_copilot = random.percent(copilot_percent);
  const bool works_weekends = random.percent(customer.weekend_percent);
  const std::size_t starts = random.percent(5) ? random.below(days_in_month) : 0;
  const std::size_t leaves = random.percent(4) ? 1 + random.below(days_in_month) : days_in_month;
  const std::size_t holiday = random.percent(30) ? random.below(days_in_month) : days_in_month;
  const std::size_t back = holiday + 3 + random.below(8);
  for (std::size_t day = starts; day < leaves; ++day) {
    const bool on_holiday = holiday <= day && day < back;
    const bool works = is_weekend(day) ? works_weekends && random.percent(55) : random.percent(96);
    employee.at_work.set(day, works && !on_holiday);
  }
  employees_.push_back(std::move(employee));
}

}  // namespace tallystick::demo
