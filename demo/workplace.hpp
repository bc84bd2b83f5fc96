#pragma once
#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "demo/calendar.hpp"
#include "demo/customer.hpp"
#include "demo/random.hpp"

namespace tallystick::demo {

struct Employee {
  std::string address;
  std::size_t licence = 0;                 ///< 0: CX 1
  std::size_t licence_after = 0;           ///< from changes_on on
  std::size_t changes_on = days_in_month;  ///< a day; days_in_month: never
  int shift_hours = 0;                     ///< earlier or later than the others
  bool has_copilot = false;
  std::bitset<days_in_month> at_work;
};

/// Someone, or a telephone on a desk, that is there on a day.
struct Attendance {
  std::size_t who = 0;
  std::size_t day = 0;
};

/// The people and devices of a customer in the month of the demo, and the days on which they are there.
class Workplace {
 public:
  Workplace(const Customer& customer, Random& random);

  [[nodiscard]] const Employee& employee(const Attendance& shift) const { return employees_[shift.who]; }
  [[nodiscard]] const std::string& station(const Attendance& desk) const { return stations_[desk.who]; }
  [[nodiscard]] const std::vector<std::string>& edges() const { return edges_; }
  /// Each employee on each of their days.
  [[nodiscard]] const std::vector<Attendance>& shifts() const { return shifts_; }
  /// Those of employees who have a copilot.
  [[nodiscard]] const std::vector<Attendance>& copilot_shifts() const { return copilot_shifts_; }
  /// Each station on each day on which somebody sits there.
  [[nodiscard]] const std::vector<Attendance>& desks() const { return desks_; }

 private:
  void hire(const Customer& customer, Random& random, std::string address);

  std::vector<Employee> employees_;
  std::vector<std::string> stations_;
  std::vector<std::string> edges_;
  std::vector<Attendance> shifts_;
  std::vector<Attendance> copilot_shifts_;
  std::vector<Attendance> desks_;
};

}  // namespace tallystick::demo
