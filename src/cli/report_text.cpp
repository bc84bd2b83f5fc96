#include "cli/report_text.hpp"

#include <vector>

#include "cli/number_text.hpp"
#include "cli/table.hpp"
#include "wire/csv_record.hpp"

namespace tallystick::cli {
namespace {

std::string csv_text(const wire::BillingUsageReport& report) {
  std::string text = wire::csv_record(std::vector<std::string>{"product", "total", "resource", "first_seen"});
  for (const wire::BillingUsage& usage : report.usages) {
    if (usage.resources.empty())
      text += wire::csv_record(std::vector<std::string>{usage.name, usage.total_usage, "", ""});
    for (const wire::BillingUsageResource& resource : usage.resources) {
      text += wire::csv_record(
          std::vector<std::string>{usage.name, usage.total_usage, resource.name, core::to_string(resource.date)});
    }
  }
  return text;
}

std::string number(const std::string& decimal, const Output& output) {
  return output.is_terminal() ? with_thousands_separators(decimal) : decimal;
}

std::string table_text(const wire::BillingUsageReport& report, const Output& output, bool with_resources) {
  std::vector<Column> columns{{"PRODUCT"}, {"TOTAL", true}, {"RESOURCES", true}};
  if (with_resources) columns.insert(columns.end(), {{"RESOURCE"}, {"FIRST SEEN"}});
  Table table(columns);
  for (const wire::BillingUsage& usage : report.usages) {
    table.add_row(
        {usage.name, number(usage.total_usage, output), number(std::to_string(usage.resources.size()), output)});
    if (!with_resources) continue;
    for (const wire::BillingUsageResource& resource : usage.resources) {
      table.add_row({"", "", "", resource.name, core::to_string(resource.date)});
    }
  }
  return "Billable usage from " + core::to_string(report.start_date) + " to " + core::to_string(report.end_date) +
         "\n\n" +
         (report.usages.empty() ? std::string("Nothing was used.\n") : table.to_string({output.width, output.colours}));
}

}  // namespace

std::string report_text(const wire::BillingUsageReport& report, const Output& output, bool with_resources) {
  switch (output.format) {
    case Format::json:
      return wire::to_json(report) + "\n";
    case Format::csv:
      return csv_text(report);
    case Format::table:
      return table_text(report, output, with_resources);
    case Format::svg:
      break;
  }
  return {};
}

}  // namespace tallystick::cli
