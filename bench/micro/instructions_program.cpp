// The same pieces under callgrind, a fixed number of times each: bench/instructions runs it so. Prints what each dump
// of callgrind is about.
#include <valgrind/callgrind.h>

#include <boost/json.hpp>
#include <iostream>

#include "micro/micro_cases.hpp"
#include "micro/scratch_directory.hpp"

namespace {

constexpr int runs = 5;

}  // namespace

int main() {
  try {
    const tallystick::bench::ScratchDirectory directory;
    for (const auto& each : tallystick::bench::micro_cases(directory.path())) {
      each.run();  // caches and memory are as they stay
      CALLGRIND_START_INSTRUMENTATION;
      CALLGRIND_ZERO_STATS;
      for (int i = 0; i < runs; ++i) each.run();
      CALLGRIND_DUMP_STATS_AT(each.name.c_str());
      CALLGRIND_STOP_INSTRUMENTATION;
      const boost::json::object line{{"name", each.name}, {"items", each.items * runs}};
      std::cout << boost::json::serialize(line) << std::endl;
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench_micro_instructions: " << error.what() << "\n";
    return 1;
  }
}
