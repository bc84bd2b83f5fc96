// The micro-benchmarks by time: Google Benchmark, with all of its options.
#include <benchmark/benchmark.h>

#include <iostream>

#include "micro/micro_cases.hpp"
#include "micro/scratch_directory.hpp"

int main(int argc, char** argv) {
  try {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    const tallystick::bench::ScratchDirectory directory;
    for (const auto& each : tallystick::bench::micro_cases(directory.path())) {
      benchmark::RegisterBenchmark(each.name.c_str(), [each](benchmark::State& state) {
        for ([[maybe_unused]] auto iteration : state) each.run();
        state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * each.items));
      });
    }
    benchmark::RunSpecifiedBenchmarks();
    // The cases hold the store open: they go before its directory does.
    benchmark::ClearRegisteredBenchmarks();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench_micro: " << error.what() << "\n";
    return 1;
  }
}
