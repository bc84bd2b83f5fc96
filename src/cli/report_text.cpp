#include "cli/report_text.hpp"

#include <array>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/number_text.hpp"
#include "cli/table.hpp"

namespace tallystick::cli {
namespace {

// One record for each resource, so that a file by itself can be reconciled against the other side's list.
Sheet record_sheet(const wire::BillingUsageReport& report) {
  return {.name = "Usage",
          .columns = {{"product"}, {"total"}, {"resource"}, {"first_seen"}},
          .rows = [&report](const documents::AddRow& add) {
            for (const wire::BillingUsage& usage : report.usages) {
              if (usage.resources.empty()) add({usage.name, Figure{usage.total_usage}});
              for (const wire::BillingUsageResource& resource : usage.resources) {
                add({usage.name, Figure{usage.total_usage}, resource.name, resource.date});
              }
            }
          }};
}

// In a workbook a total stands once, so that sums of the column are right.
Sheet usage_sheet(const wire::BillingUsageReport& report) {
  return {.name = "Usage",
          .columns = {{"product"}, {"total"}, {"resources"}},
          .rows = [&report](const documents::AddRow& add) {
            for (const wire::BillingUsage& usage : report.usages) {
              add({usage.name, Figure{usage.total_usage}, figure(usage.resources.size())});
            }
          }};
}

Sheet resource_sheet(const wire::BillingUsageReport& report) {
  return {.name = "Resources",
          .columns = {{"product"}, {"resource"}, {"first_seen"}},
          .rows = [&report](const documents::AddRow& add) {
            for (const wire::BillingUsage& usage : report.usages) {
              for (const wire::BillingUsageResource& resource : usage.resources) {
                add({usage.name, resource.name, resource.date});
              }
            }
          }};
}

std::string title_of(const wire::BillingUsageReport& report) {
  return "Billable usage from " + core::to_string(report.start_date) + " to " + core::to_string(report.end_date);
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
  return title_of(report) + "\n\n" +
         (report.usages.empty() ? std::string("Nothing was used.\n") : table.to_string({output.width, output.colours}));
}

}  // namespace

Result<std::string, Failure> report_text(const wire::BillingUsageReport& report, const Output& output,
                                         bool with_resources) {
  switch (output.format) {
    case Format::json:
      return wire::to_json(report) + "\n";
    case Format::csv:
      return csv_text(record_sheet(report));
    case Format::table:
      return table_text(report, output, with_resources);
    case Format::xlsx:
      return workbook_text(title_of(report), std::array{usage_sheet(report), resource_sheet(report)}, output);
    case Format::svg:
      break;
  }
  return std::string();
}

}  // namespace tallystick::cli
