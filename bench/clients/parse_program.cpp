#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <vector>

#include "clients/bench_client.hpp"
#include "tallystick/wire/billing_usage_report.hpp"

// bench_client_parse FILE REPEATS: from the bytes of an answer to the model, and its release; milliseconds of each.
int main(int argc, char** argv) {
  using namespace tallystick;
  using Clock = std::chrono::steady_clock;
  if (argc != 3) bench::give_up("usage: bench_client_parse FILE REPEATS");
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const int repeats = std::atoi(argv[2]);
  const double cpu_before = bench::cpu_seconds();
  std::cout << R"({"each_ms":[)";
  std::size_t resources = 0;
  for (int left = repeats; left > 0; --left) {
    const auto begin = Clock::now();
    {
      const auto report = wire::from_json<wire::BillingUsageReport>(text);
      if (!report) bench::give_up(report.error().front().message);
      resources = 0;
      for (const auto& usage : report->usages) resources += usage.resources.size();
    }
    std::cout << std::chrono::duration<double, std::milli>(Clock::now() - begin).count() << (left > 1 ? "," : "");
  }
  const double cpu_ms = (bench::cpu_seconds() - cpu_before) * 1e3 / repeats;
  std::cout << R"(],"cpu_ms":)" << cpu_ms << R"(,"resources":)" << resources << "}\n";
  return 0;
}
