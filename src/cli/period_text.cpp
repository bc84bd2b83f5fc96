#include "cli/period_text.hpp"

#include <algorithm>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/display_width.hpp"
#include "cli/table.hpp"
#include "wire/csv_record.hpp"

namespace tallystick::cli {
namespace {

const std::vector<std::string> charge_columns{
    "period_id",      "period_start",     "period_end",       "status",          "charge",           "part_number",
    "unit",           "prepaid_quantity", "fairuse_quantity", "actual_quantity", "overage_quantity", "overage_rate",
    "overage_charge", "currency",         "converted_tokens", "units_per_token"};

std::string name_of(const std::optional<std::string>& name, const std::optional<wire::BillingProduct>& product) {
  if (name) return *name;
  return product ? field_text(product->name) : "";
}

std::string charge_records(const wire::BillingContractPeriodDetail& period,
                           const std::vector<wire::BillingCharge>& charges) {
  std::string text;
  for (const wire::BillingCharge& charge : charges) {
    const auto& currency = charge.overage_currency;
    text += wire::csv_record(std::vector<std::string>{
        field_text(period.id), field_text(period.date_start), field_text(period.date_end), field_text(period.status),
        name_of(charge.name, charge.product), charge.product ? field_text(charge.product->sku) : "",
        charge.product ? field_text(charge.product->unit_of_measure) : "", field_text(charge.prepaid_quantity),
        field_text(charge.fairuse_quantity), field_text(charge.actual_quantity), field_text(charge.overage_quantity),
        field_text(charge.overage_rate, currency), field_text(charge.overage_charge, currency), field_text(currency),
        field_text(charge.converted_token_count), field_text(charge.token_conversion_rate)});
  }
  return text;
}

std::string head_text(const wire::BillingContractPeriodDetail& period) {
  std::string text = "Billing period " + days_text(period.date_start, period.date_end);
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

std::string period_detail_text(const wire::BillingContractPeriodDetail& period, const Output& output) {
  if (output.format == Format::json) return wire::to_json(period) + "\n";
  const auto charges = period.charges.value_or(std::vector<wire::BillingCharge>());
  if (output.format == Format::csv) return wire::csv_record(charge_columns) + charge_records(period, charges);
  return head_text(period) + charges_table(charges, output) +
         wallets_table(period.wallets.value_or(std::vector<wire::BillingWallet>()), output);
}

}  // namespace tallystick::cli
