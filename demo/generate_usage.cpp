// Writes the demo's month of usage, or what came before it, as NDJSON of CloudEvents.
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "demo/usage_history.hpp"
#include "demo/usage_month.hpp"
#include "tallystick/wire/event.hpp"

namespace {

using namespace tallystick;

constexpr std::string_view usage_text =
    "usage: tallystick_demo [--seed N] [--events N] [--history N] [--output DIR]\n"
    "  --seed N      the same number gives the same events on every machine (default 2026)\n"
    "  --events N    how many in all, 1 to 20000000 (default 200000)\n"
    "  --history N   instead of the month, N times four weeks before it, 1 to 30, with up to --events events each\n"
    "  --output DIR  one file for each customer, DIR/<customer>.ndjson; without it all go to standard output\n";

constexpr std::size_t events_max = 20'000'000;
constexpr std::size_t history_max = 30;

struct Options {
  std::uint64_t seed = 2026;
  std::size_t events = 200'000;
  std::size_t history = 0;  ///< stretches of four weeks; 0: the month itself
  std::optional<std::filesystem::path> output;
};

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

// Absent: not understood.
std::optional<Options> read_options(std::span<char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const std::string_view name = arguments[i];
    const std::string_view value = arguments[i + 1];
    if (name == "--output" && !value.empty()) {
      options.output = value;
    } else if (!(name == "--seed" && read_number(value, options.seed)) &&
               !(name == "--events" && read_number(value, options.events)) &&
               !(name == "--history" && read_number(value, options.history))) {
      return std::nullopt;
    }
  }
  const bool is_complete = arguments.size() % 2 == 0 && options.events >= 1 && options.events <= events_max &&
                           options.history <= history_max;
  return is_complete ? std::optional(options) : std::nullopt;
}

void write(const std::vector<demo::Delivery>& deliveries, std::ostream& out) {
  for (const auto& delivery : deliveries) out << wire::event_to_json(delivery.event) << '\n';
}

int generate(const Options& options) {
  std::size_t left = options.events;
  for (const auto& customer : demo::customers()) {
    const bool is_last = &customer == &demo::customers().back();
    const std::size_t count = is_last ? left : options.events * customer.event_share / 100;
    left -= count;
    const auto deliveries = options.history == 0 ? demo::usage_of(customer, options.seed, count)
                                                 : demo::history_of(customer, options.seed, options.history, count);
    if (!options.output) {
      write(deliveries, std::cout);
      continue;
    }
    const auto path = *options.output / (std::string(customer.key) + ".ndjson");
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    write(deliveries, file);
    file.close();
    if (!file) {
      std::cerr << "tallystick_demo: cannot write " << path.string()
                << "; is the folder there and the disk not full?\n";
      return 1;
    }
  }
  std::cout.flush();
  return std::cout ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char* const> arguments(argv + 1, static_cast<std::size_t>(argc - 1));
  if (arguments.size() == 1 && std::string_view(arguments.front()) == "--help") {
    std::cout << usage_text;
    return 0;
  }
  const auto options = read_options(arguments);
  if (!options) {
    std::cerr << usage_text;
    return 2;
  }
  return generate(*options);
}
