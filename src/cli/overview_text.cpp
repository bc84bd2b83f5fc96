#include "cli/overview_text.hpp"

#include <array>
#include <span>
#include <utility>

#include "cli/cell_text.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/overview_estimate.hpp"
#include "cli/table.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::cli {
namespace {

std::string day_text(const std::optional<core::TimePoint>& time) {
  return time ? core::to_string(core::day_of(*time)) : "";
}

std::string decimal_text(const std::optional<core::Decimal>& decimal) {
  return decimal ? decimal->to_string() : "-";
}

using Answers = std::span<const OverviewAnswer>;

Sheet line_sheet(Answers answers) {
  return {.name = "Lines",
          .columns = {{"organization_id"}, {"organization"}, {"index"},         {"period_start"},
                      {"period_end"},      {"currency"},     {"product"},       {"part_number"},
                      {"grouping"},        {"unit"},         {"usage"},         {"prepay_quantity"},
                      {"bundle_quantity"}, {"prepay_price"}, {"overage_price"}, {"overage_estimate"},
                      {"amount_estimate"}, {"third_party"},  {"cancellable"},   {"notes"}},
          .rows = [answers](const documents::AddRow& add) {
            for (const OverviewAnswer& answer : answers) {
              if (!answer.result) continue;
              const wire::TrusteeBillingOverview& overview = *answer.result;
              const std::vector<LineEstimate> estimates = estimate_lines(overview);
              for (std::size_t i = 0; i < overview.usages.size(); ++i) {
                const wire::SubscriptionOverviewUsage& line = overview.usages[i];
                add({cell(answer.organization.id),
                     cell(answer.organization.name),
                     figure(answer.index),
                     cell(overview.billing_period_start_date),
                     cell(overview.billing_period_end_date),
                     overview.currency,
                     line.name,
                     line.part_number,
                     line.grouping,
                     line.unit_of_measure_type,
                     Figure{line.usage_quantity},
                     Figure{line.prepay_quantity},
                     figure(line.bundle_quantity),
                     figure(line.prepay_price),
                     figure(line.overage_price),
                     Figure{decimal_text(estimates[i].overage)},
                     Figure{amount_text(estimates[i].amount, overview.currency)},
                     cell(line.is_third_party),
                     cell(line.is_cancellable),
                     cell(line.usage_notes)});
              }
            }
          }};
}

Sheet overview_sheet(Answers answers) {
  return {.name = "Overviews",
          .columns = {{"organization_id"},
                      {"organization"},
                      {"index"},
                      {"period_start"},
                      {"period_end"},
                      {"subscription_type"},
                      {"currency"},
                      {"contract_start"},
                      {"contract_end"},
                      {"contract_amended"},
                      {"in_ramp_period"},
                      {"minimum_monthly_amount"},
                      {"lines"},
                      {"error"}},
          .rows = [answers](const documents::AddRow& add) {
            for (const OverviewAnswer& answer : answers) {
              documents::Row row{cell(answer.organization.id), cell(answer.organization.name), figure(answer.index)};
              if (answer.result) {
                const wire::TrusteeBillingOverview& overview = *answer.result;
                row.insert(row.end(), {cell(overview.billing_period_start_date), cell(overview.billing_period_end_date),
                                       overview.subscription_type.text(), overview.currency,
                                       cell(overview.contract_effective_date), cell(overview.contract_end_date),
                                       cell(overview.contract_amendment_date), cell(overview.in_ramp_period),
                                       figure(overview.minimum_monthly_amount), figure(overview.usages.size())});
              } else {
                row.resize(13);
                row.emplace_back(answer.result.error().message);
              }
              add(std::move(row));
            }
          }};
}

Result<std::string, Failure> workbook_of(Answers answers, const Output& output) {
  return workbook_text("Billing overviews", std::array{overview_sheet(answers), line_sheet(answers)}, output);
}

/// What stands above the lines.
std::string head_text(const OverviewAnswer& answer, const Output& output) {
  const wire::TrusteeBillingOverview& overview = *answer.result;
  std::string text = name_of(answer.organization) + "\nBilling period " + std::to_string(answer.index);
  if (const std::string period = period_text(overview); !period.empty()) text += ", " + period;
  if (overview.in_ramp_period.value_or(false)) text += ", in the ramp period";
  text += "\n" + printable(overview.subscription_type.text()) + " in " + printable(overview.currency);
  if (overview.contract_effective_date && overview.contract_end_date) {
    text += ", contract " + day_text(overview.contract_effective_date) + " to " + day_text(overview.contract_end_date);
  }
  if (overview.contract_amendment_date) text += ", amended " + day_text(overview.contract_amendment_date);
  if (overview.minimum_monthly_amount) {
    const std::string minimum = printable(*overview.minimum_monthly_amount);
    text += ", minimum " + (output.is_terminal() ? with_thousands_separators(minimum) : minimum) + " a month";
  }
  return text + "\n\n";
}

std::string table_text(const OverviewAnswer& answer, const Output& output) {
  const wire::TrusteeBillingOverview& overview = *answer.result;
  const auto number = [&](const std::string& text) {
    return output.is_terminal() ? with_thousands_separators(text) : text;
  };
  Table table({{"PRODUCT"},
               {"UNIT"},
               {"USAGE", true},
               {"PREPAID", true},
               {"PREPAY PRICE", true},
               {"OVERAGE*", true},
               {"OVERAGE PRICE", true},
               {"AMOUNT*", true}});
  const std::vector<LineEstimate> estimates = estimate_lines(overview);
  for (std::size_t i = 0; i < overview.usages.size(); ++i) {
    const wire::SubscriptionOverviewUsage& line = overview.usages[i];
    table.add_row(
        {line.name, line.unit_of_measure_type, number(line.usage_quantity), number(line.prepay_quantity),
         number(line.prepay_price.value_or("-")), number(decimal_text(estimates[i].overage)),
         number(line.overage_price.value_or("-")), number(amount_text(estimates[i].amount, overview.currency))},
        estimates[i].has_overage() ? Table::Row::stands_out : Table::Row::plain);
  }
  if (overview.usages.empty()) return head_text(answer, output) + "Nothing is contracted, and nothing was used.\n";
  return head_text(answer, output) + table.to_string({output.width, output.colours});
}

std::string json_of(const OverviewAnswer& answer) {
  return R"({"organization":)" + wire::to_json(answer.organization) + R"(,"index":)" + std::to_string(answer.index) +
         (answer.result ? R"(,"overview":)" + wire::to_json(*answer.result)
                        : R"(,"error":)" + error_json(answer.result.error())) +
         "}";
}

std::string json_array(const std::vector<OverviewAnswer>& answers) {
  std::string text;
  for (const OverviewAnswer& answer : answers) text += (text.empty() ? "" : ",\n ") + json_of(answer);
  return "[" + text + "]\n";
}

}  // namespace

std::string name_of(const wire::NamedEntity& organization) {
  const std::string id = organization.id.value_or("");
  const std::string name = printable(organization.name.value_or(""));
  if (name.empty()) return id.empty() ? "the own organization" : printable(id);
  return id.empty() ? name : name + " (" + printable(id) + ")";
}

std::string period_text(const wire::TrusteeBillingOverview& overview) {
  if (!overview.billing_period_start_date || !overview.billing_period_end_date) return "";
  return day_text(overview.billing_period_start_date) + " to " + day_text(overview.billing_period_end_date);
}

Result<std::string, Failure> overview_text(const OverviewAnswer& answer, const Output& output) {
  switch (output.format) {
    case Format::json:
      return wire::to_json(*answer.result) + "\n";
    case Format::csv:
      return csv_text(line_sheet({&answer, 1}));
    case Format::xlsx:
      return workbook_of({&answer, 1}, output);
    case Format::table:
      return table_text(answer, output).append(estimate_footnote);
    case Format::svg:
      break;
  }
  return std::string();
}

Result<std::string, Failure> overviews_text(const std::vector<OverviewAnswer>& answers, const Output& output) {
  if (output.format == Format::json) return json_array(answers);
  if (output.format == Format::csv) return csv_text(line_sheet(answers));
  if (output.format == Format::xlsx) return workbook_of(answers, output);
  std::string text;
  for (const OverviewAnswer& answer : answers) {
    if (answer.result) text += (text.empty() ? "" : "\n") + table_text(answer, output);
  }
  if (!text.empty()) text += estimate_footnote;
  return text;
}

}  // namespace tallystick::cli
