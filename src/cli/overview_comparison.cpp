#include "cli/overview_comparison.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/cell_text.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/overview_estimate.hpp"
#include "cli/overview_text.hpp"
#include "cli/table.hpp"
#include "core/exact_number.hpp"
#include "tallystick/core/currency.hpp"

namespace tallystick::cli {
namespace {

/// One product in one of the periods.
struct Side {
  std::string usage = "0";
  std::string amount;
};

struct ComparedLine {
  std::string name;
  std::string part_number;
  std::string unit;
  Side first;
  Side second;
  Difference usage;
  Difference amount;
};

std::string with_sign(const core::Decimal& number, const std::string& text) {
  return number > core::Decimal() ? "+" + text : text;
}

/// Lines by name and part number, the first period's in its order.
class Comparison {
 public:
  Comparison(const wire::TrusteeBillingOverview& first, const wire::TrusteeBillingOverview& second)
      : first_(first), second_(second) {
    take(first, &ComparedLine::first);
    take(second, &ComparedLine::second);
    const int digits = core::minor_digits(first.currency).value_or(0);
    for (ComparedLine& line : lines_) {
      line.usage = difference_of(line.first.usage, line.second.usage, 0);
      if (first.currency == second.currency) {
        line.amount = difference_of(line.first.amount, line.second.amount, digits);
      } else {
        line.amount = {"-", "-"};
      }
    }
  }

  [[nodiscard]] const std::vector<ComparedLine>& lines() const { return lines_; }

 private:
  void take(const wire::TrusteeBillingOverview& overview, Side ComparedLine::*side) {
    const std::vector<LineEstimate> estimates = estimate_lines(overview);
    for (std::size_t i = 0; i < overview.usages.size(); ++i) {
      const wire::SubscriptionOverviewUsage& usage = overview.usages[i];
      line_of(usage).*side = {usage.usage_quantity, amount_text(estimates[i].amount, overview.currency)};
    }
  }

  ComparedLine& line_of(const wire::SubscriptionOverviewUsage& usage) {
    const auto known = std::ranges::find_if(lines_, [&](const ComparedLine& line) {
      return line.name == usage.name && line.part_number == usage.part_number;
    });
    if (known != lines_.end()) return *known;
    ComparedLine& line = lines_.emplace_back();
    line.name = usage.name;
    line.part_number = usage.part_number;
    line.unit = usage.unit_of_measure_type;
    line.first.amount = amount_text(core::Decimal(), first_.currency);
    line.second.amount = amount_text(core::Decimal(), second_.currency);
    return line;
  }

  const wire::TrusteeBillingOverview& first_;
  const wire::TrusteeBillingOverview& second_;
  std::vector<ComparedLine> lines_;
};

// Calls `take(first, second)` for each organization whose two overviews are there.
template <class Take>
void for_each_pair(const std::vector<OverviewAnswer>& answers, const Take& take) {
  for (std::size_t i = 0; i + 1 < answers.size(); i += 2) {
    if (answers[i].result && answers[i + 1].result) take(answers[i], answers[i + 1]);
  }
}

Sheet comparison_sheet(const std::vector<OverviewAnswer>& answers) {
  return {.name = "Comparison",
          .columns = {{"organization_id"},
                      {"organization"},
                      {"product"},
                      {"part_number"},
                      {"unit"},
                      {"first_index"},
                      {"second_index"},
                      {"first_usage"},
                      {"second_usage"},
                      {"usage_difference"},
                      {"usage_percent"},
                      {"first_currency"},
                      {"second_currency"},
                      {"first_amount_estimate"},
                      {"second_amount_estimate"},
                      {"amount_difference"},
                      {"amount_percent"}},
          .rows = [&answers](const documents::AddRow& add) {
            for_each_pair(answers, [&](const OverviewAnswer& first, const OverviewAnswer& second) {
              const Comparison comparison(*first.result, *second.result);
              for (const ComparedLine& line : comparison.lines()) {
                add({cell(first.organization.id), cell(first.organization.name), line.name, line.part_number, line.unit,
                     figure(first.index), figure(second.index), Figure{line.first.usage}, Figure{line.second.usage},
                     Figure{line.usage.absolute}, Figure{line.usage.percent}, first.result->currency,
                     second.result->currency, Figure{line.first.amount}, Figure{line.second.amount},
                     Figure{line.amount.absolute}, Figure{line.amount.percent}});
              }
            });
          }};
}

std::string period_with_index(const OverviewAnswer& answer) {
  const std::string period = period_text(*answer.result);
  return "period " + std::to_string(answer.index) + (period.empty() ? "" : " (" + period + ")");
}

std::string table_text(const OverviewAnswer& first, const OverviewAnswer& second, const Output& output) {
  const auto number = [&](const std::string& text) {
    if (!output.is_terminal() || text.empty()) return text;
    return text.front() == '+' ? "+" + with_thousands_separators(std::string_view(text).substr(1))
                               : with_thousands_separators(text);
  };
  const std::string a = std::to_string(first.index);
  const std::string b = std::to_string(second.index);
  Table table({{"PRODUCT"},
               {"USAGE " + a, true},
               {"USAGE " + b, true},
               {"DIFFERENCE", true},
               {"%", true},
               {"AMOUNT* " + a, true},
               {"AMOUNT* " + b, true},
               {"DIFFERENCE", true},
               {"%", true}});
  const Comparison comparison(*first.result, *second.result);
  for (const ComparedLine& line : comparison.lines()) {
    table.add_row({line.name, number(line.first.usage), number(line.second.usage), number(line.usage.absolute),
                   line.usage.percent, number(line.first.amount), number(line.second.amount),
                   number(line.amount.absolute), line.amount.percent});
  }
  const std::string& currency = first.result->currency;
  const std::string& other = second.result->currency;
  return name_of(first.organization) + "\nAmounts in " + printable(currency) +
         (currency == other ? "" : " and " + printable(other)) + "; " + period_with_index(first) + " minus " +
         period_with_index(second) + "\n\n" + table.to_string({output.width, output.colours});
}

}  // namespace

Difference difference_of(const std::string& first, const std::string& second, int digits) {
  const auto a = core::Decimal::parse(first);
  const auto b = core::Decimal::parse(second);
  if (!a || !b) return {"-", "-"};
  const auto difference = a->minus(*b);
  if (!difference) return {"-", "-"};
  Difference told{with_sign(*difference, difference->to_string_with_places(digits)), "-"};
  if (b->is_zero()) return told;
  const core::Exact base = abs(core::exact(*b));
  const auto percent = core::rounded_half_up(core::exact(*difference) / base * 100, 1);
  if (percent) told.percent = with_sign(*percent, percent->to_string_with_places(1)) + "%";
  return told;
}

Result<std::string, Failure> comparison_text(const std::vector<OverviewAnswer>& answers, const Output& output) {
  if (output.format == Format::csv) return csv_text(comparison_sheet(answers));
  if (output.format == Format::xlsx) {
    return workbook_text("Billing overviews compared", std::array{comparison_sheet(answers)}, output);
  }
  std::string text;
  for_each_pair(answers, [&](const OverviewAnswer& first, const OverviewAnswer& second) {
    text += (text.empty() ? "" : "\n") + table_text(first, second, output);
  });
  if (!text.empty()) text += estimate_footnote;
  return text;
}

}  // namespace tallystick::cli
