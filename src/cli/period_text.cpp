#include "cli/period_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/display_width.hpp"
#include "cli/table.hpp"

namespace tallystick::cli {
namespace {

std::string name_of(const std::optional<std::string>& name, const std::optional<wire::BillingProduct>& product) {
  if (name) return *name;
  return product ? field_text(product->name) : "";
}

Cell unit_of(const std::optional<wire::BillingProduct>& product) {
  return product ? cell(product->unit_of_measure) : Cell();
}

Sheet charge_sheet(const wire::BillingContractPeriodDetail& period) {
  return {.name = "Charges",
          .columns = {{"period_id"},
                      {"period_start"},
                      {"period_end"},
                      {"status"},
                      {"charge"},
                      {"part_number"},
                      {"unit"},
                      {"prepaid_quantity"},
                      {"fairuse_quantity"},
                      {"actual_quantity"},
                      {"overage_quantity"},
                      {"overage_rate"},
                      {"overage_charge"},
                      {"currency"},
                      {"converted_tokens"},
                      {"units_per_token"}},
          .rows = [&period](const documents::AddRow& add) {
            for (const wire::BillingCharge& charge : period.charges.value_or(std::vector<wire::BillingCharge>())) {
              const auto& currency = charge.overage_currency;
              add({cell(period.id), cell(period.date_start), cell(period.date_end), cell(period.status),
                   name_of(charge.name, charge.product), charge.product ? cell(charge.product->sku) : Cell(),
                   unit_of(charge.product), figure(charge.prepaid_quantity), figure(charge.fairuse_quantity),
                   figure(charge.actual_quantity), figure(charge.overage_quantity),
                   figure(charge.overage_rate, currency), figure(charge.overage_charge, currency), cell(currency),
                   figure(charge.converted_token_count), figure(charge.token_conversion_rate)});
            }
          }};
}

Sheet wallet_sheet(const wire::BillingContractPeriodDetail& period) {
  return {.name = "Wallets",
          .columns = {{"wallet"},
                      {"unit"},
                      {"starting"},
                      {"increase"},
                      {"decrease"},
                      {"consumed"},
                      {"ending"},
                      {"overage"},
                      {"overage_rate"},
                      {"overage_charge"},
                      {"currency"}},
          .rows = [&period](const documents::AddRow& add) {
            for (const wire::BillingWallet& wallet : period.wallets.value_or(std::vector<wire::BillingWallet>())) {
              const auto& currency = wallet.balance_overage_currency;
              add({name_of(wallet.name, wallet.product), cell(wallet.unit_of_measure), figure(wallet.starting_balance),
                   figure(wallet.balance_increase), figure(wallet.balance_decrease), figure(wallet.balance_consumption),
                   figure(wallet.ending_balance), figure(wallet.balance_overage),
                   figure(wallet.balance_overage_rate, currency), figure(wallet.balance_overage_charge, currency),
                   cell(currency)});
            }
          }};
}

std::string title_of(const wire::BillingContractPeriodDetail& period) {
  return "Billing period " + days_text(period.date_start, period.date_end);
}

std::string head_text(const wire::BillingContractPeriodDetail& period) {
  std::string text = title_of(period);
  if (period.status) text += ", " + printable(period.status->text());
  if (period.id) text += " (" + printable(*period.id) + ")";
  return text + "\n\n";
}

std::string charges_table(const std::vector<wire::BillingCharge>& charges, const Output& output) {
  if (charges.empty()) return "Nothing is charged.\n";
  const bool has_tokens =
      std::ranges::any_of(charges, [](const auto& charge) { return charge.converted_token_count.has_value(); });
  std::vector<Column> columns{{"CHARGE"},       {"UNIT"},          {"PREPAID", true}, {"FAIR USE", true},
                              {"ACTUAL", true}, {"OVERAGE", true}, {"RATE", true},    {"OVERAGE CHARGE", true},
                              {"CURRENCY"}};
  if (has_tokens) columns.insert(columns.end(), {{"TOKENS", true}, {"PER TOKEN", true}});
  Table table(std::move(columns));
  const Numbers number(output);
  for (const wire::BillingCharge& charge : charges) {
    const auto& currency = charge.overage_currency;
    std::vector<std::string> cells{name_of(charge.name, charge.product),
                                   charge.product ? field_text(charge.product->unit_of_measure) : "",
                                   number(charge.prepaid_quantity),
                                   number(charge.fairuse_quantity),
                                   number(charge.actual_quantity),
                                   number(charge.overage_quantity),
                                   number(charge.overage_rate, currency),
                                   number(charge.overage_charge, currency),
                                   field_text(currency)};
    if (has_tokens) {
      cells.push_back(number(charge.converted_token_count));
      cells.push_back(number(charge.token_conversion_rate));
    }
    const bool has_overage = charge.overage_quantity && charge.overage_quantity != core::Decimal();
    table.add_row(std::move(cells), has_overage ? Table::Row::stands_out : Table::Row::plain);
  }
  return table.to_string({output.width, output.colours});
}

std::string wallets_table(const std::vector<wire::BillingWallet>& wallets, const Output& output) {
  if (wallets.empty()) return "";
  Table table({{"WALLET"},
               {"UNIT"},
               {"STARTING", true},
               {"INCREASE", true},
               {"DECREASE", true},
               {"CONSUMED", true},
               {"ENDING", true},
               {"OVERAGE", true},
               {"RATE", true},
               {"OVERAGE CHARGE", true},
               {"CURRENCY"}});
  const Numbers number(output);
  for (const wire::BillingWallet& wallet : wallets) {
    const auto& currency = wallet.balance_overage_currency;
    table.add_row({name_of(wallet.name, wallet.product), field_text(wallet.unit_of_measure),
                   number(wallet.starting_balance), number(wallet.balance_increase), number(wallet.balance_decrease),
                   number(wallet.balance_consumption), number(wallet.ending_balance), number(wallet.balance_overage),
                   number(wallet.balance_overage_rate, currency), number(wallet.balance_overage_charge, currency),
                   field_text(currency)});
  }
  return "\n" + table.to_string({output.width, output.colours});
}

}  // namespace

Result<std::string, Failure> period_detail_text(const wire::BillingContractPeriodDetail& period, const Output& output) {
  if (output.format == Format::json) return wire::to_json(period) + "\n";
  if (output.format == Format::csv) return csv_text(charge_sheet(period));
  if (output.format == Format::xlsx) {
    return workbook_text(title_of(period), std::array{charge_sheet(period), wallet_sheet(period)}, output);
  }
  return head_text(period) + charges_table(period.charges.value_or(std::vector<wire::BillingCharge>()), output) +
         wallets_table(period.wallets.value_or(std::vector<wire::BillingWallet>()), output);
}

}  // namespace tallystick::cli
