#include <iostream>

#include "tallystick/client/billing_api.hpp"
#include "tallystick/core/decimal.hpp"

// Asks the server at argv[1] for last month's usage. Exit code 0: the report, or the reason why there is none.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto start = tallystick::core::parse_time("2026-03-01T00:00:00Z");
  const auto end = tallystick::core::parse_time("2026-04-01T00:00:00Z");
  if (!start || !end) return 1;

  const tallystick::BillingApi billing(
      {.base_url = argv[1], .client_id = "partner", .client_secret = "secret", .attempts_max = 1});
  auto report = billing.get_billing_reports_billableusage({*start, *end}).send();
  if (report) {
    std::cout << tallystick::wire::to_json(*report) << '\n';
  } else if (report.error().kind == tallystick::ApiError::Kind::network) {
    std::cout << "no report: " << report.error().message << '\n';
  } else {
    return 1;
  }

  // The models work without a server.
  const auto read = tallystick::wire::from_json<tallystick::wire::BillingUsageReport>(
      R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z","usages":[
          {"name":"CX 3","totalUsage":"0.100000001","resources":[]}]})");
  if (!read) return 1;
  const auto total = tallystick::core::Decimal::parse(read->usages.at(0).total_usage);
  return total && total->to_string() == "0.100000001" ? 0 : 1;
}
