// What one's own organization used in a period.
#include <thread>

#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("START END, such as 2026-03-01T00:00:00Z 2026-04-01T00:00:00Z");
  const auto start = tallystick::core::parse_time(argv[1]);
  const auto end = tallystick::core::parse_time(argv[2]);
  if (!start || !end) return example::usage("two moments in ISO 8601");

  const tallystick::BillingApi billing(example::from_environment());
  const auto ask = billing.get_billing_reports_billableusage({*start, *end});
  auto report = ask.send();
  // A large report takes the service a while; the same question again gets it when it is ready.
  while (report && report->status == tallystick::wire::ReportStatus::in_progress) {
    std::this_thread::sleep_for(std::chrono::seconds(3));
    report = ask.send();
  }
  if (!report) return example::complain(report.error());

  for (const auto& usage : report->usages) {
    std::cout << usage.name << ": " << usage.total_usage << " of " << usage.resources.size() << " resources\n";
  }
}
