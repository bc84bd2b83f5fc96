#include "clients/bench_client.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/wire/json.hpp"

// bench_client_report: logs in, gets the report of BENCH_FROM to BENCH_TO, prints it. What a small program of a user
// is.
int main() {
  using namespace tallystick;
  const auto start = core::parse_time(bench::told("BENCH_FROM"));
  const auto end = core::parse_time(bench::told("BENCH_TO"));
  if (!start || !end) bench::give_up("BENCH_FROM and BENCH_TO are moments");
  const BillingApi billing(bench::told_configuration());
  const auto report = billing.get_billing_reports_billableusage({*start, *end}).send();
  if (!report) bench::give_up(report.error().message);
  std::cout << wire::to_json(*report) << "\n";
  return 0;
}
