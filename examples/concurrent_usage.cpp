// How many of one's resources used each concurrent product at once.
#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("START END, such as 2026-03-09T00:00:00Z 2026-03-14T00:00:00Z");
  const auto start = tallystick::core::parse_time(argv[1]);
  const auto end = tallystick::core::parse_time(argv[2]);
  if (!start || !end) return example::usage("two moments in ISO 8601");

  const tallystick::TallystickApi tallystick_server(example::from_environment());
  const auto report = tallystick_server.get_concurrent_usage({*start, *end}).send();
  if (!report) return example::complain(report.error());

  for (const auto& product : report->products) {
    std::cout << product.name << ": " << product.peak << " at once";
    if (!product.levels.empty()) std::cout << ", " << product.levels.back().count << " at the most";
    std::cout << '\n';
  }
}
