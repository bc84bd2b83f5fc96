#include "load/expected_usage.hpp"

#include <array>
#include <unordered_set>

namespace tallystick::bench {
namespace {

struct Answer {
  UsageQuestion question;
  std::array<std::int64_t, product_count> tenths{};
  std::array<std::unordered_set<std::uint32_t>, product_count> resources;

  void add(const LoadEvent& event) {
    if (event.time_ms < question.start_ms || event.time_ms >= question.end_ms) return;
    tenths[event.product] += event.quantity_tenths;
    resources[event.product].insert(event.resource);
  }

  [[nodiscard]] UsageTotals totals() const {
    UsageTotals totals;
    for (std::uint16_t product = 0; product < product_count; ++product) {
      if (!resources[product].empty()) totals[product] = {tenths[product], resources[product].size()};
    }
    return totals;
  }
};

}  // namespace

ExpectedUsage::ExpectedUsage(const Load& load, std::uint64_t size, std::span<const UsageQuestion> questions) {
  std::vector<Answer> answers;
  std::vector<std::vector<std::size_t>> asked(declared_organization_count);
  for (const UsageQuestion& question : questions) {
    asked.at(question.organization).push_back(answers.size());
    answers.emplace_back().question = question;
  }
  for (std::uint64_t position = 0; position < size; ++position) {
    if (load.is_repeat(position)) {
      ++duplicates_;
      continue;
    }
    ++accepted_;
    const LoadEvent event = load.at(position);
    for (const std::size_t answer : asked[event.organization]) answers[answer].add(event);
  }
  for (const Answer& answer : answers) totals_.push_back(answer.totals());
}

}  // namespace tallystick::bench
