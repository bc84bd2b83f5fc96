#include "cli/contract_text.hpp"

#include <array>
#include <span>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/display_width.hpp"
#include "cli/table.hpp"

namespace tallystick::cli {
namespace {

std::vector<wire::BillingPlan> plans_of(const wire::BillingContract& contract) {
  return contract.plans.value_or(std::vector<wire::BillingPlan>());
}

std::vector<wire::BillingPlanItem> items_of(const wire::BillingPlan& plan) {
  return plan.items.value_or(std::vector<wire::BillingPlanItem>());
}

// A contract has one; it stands at each of its items.
std::optional<std::string> currency_of(const wire::BillingContract& contract) {
  for (const wire::BillingPlan& plan : plans_of(contract)) {
    for (const wire::BillingPlanItem& item : items_of(plan)) {
      if (item.currency_iso_code) return item.currency_iso_code;
    }
  }
  return std::nullopt;
}

std::string joined(const std::optional<std::vector<std::string>>& texts, const char* separator) {
  std::string all;
  if (!texts) return all;
  for (const std::string& text : *texts) all += (all.empty() ? "" : separator) + text;
  return all;
}

std::string name_of(const wire::BillingPlan& plan) {
  if (plan.name) return *plan.name;
  return plan.product ? field_text(plan.product->name) : "";
}

Sheet contract_sheet(std::span<const wire::BillingContract> contracts) {
  return {.name = "Contracts",
          .columns = {{"id"},
                      {"number"},
                      {"status"},
                      {"commercial_model"},
                      {"start"},
                      {"end"},
                      {"ramp_start"},
                      {"ramp_end"},
                      {"currency"},
                      {"periods"},
                      {"purchase_orders"},
                      {"bill_to"},
                      {"sold_to"},
                      {"end_customer"}},
          .rows = [contracts](const documents::AddRow& add) {
            for (const wire::BillingContract& contract : contracts) {
              add({cell(contract.id), cell(contract.external_number), cell(contract.status),
                   cell(contract.commercial_model), cell(contract.date_start), cell(contract.date_end),
                   cell(contract.date_ramp_start), cell(contract.date_ramp_end), cell(currency_of(contract)),
                   figure(contract.billing_periods ? contract.billing_periods->size() : 0),
                   joined(contract.purchase_order_numbers, "; "), party_text(contract.bill_to_customer),
                   party_text(contract.sold_to_customer), party_text(contract.end_customer)});
            }
          }};
}

Sheet item_sheet(const wire::BillingContract& contract) {
  return {.name = "Items",
          .columns = {{"contract_id"},
                      {"contract_number"},
                      {"plan_id"},
                      {"product"},
                      {"part_number"},
                      {"unit"},
                      {"item"},
                      {"type"},
                      {"function"},
                      {"description"},
                      {"from"},
                      {"to"},
                      {"quantity"},
                      {"price"},
                      {"discount"},
                      {"overage_price"},
                      {"currency"},
                      {"charged_through"}},
          .rows = [&contract](const documents::AddRow& add) {
            for (const wire::BillingPlan& plan : plans_of(contract)) {
              for (const wire::BillingPlanItem& item : items_of(plan)) {
                const auto& currency = item.currency_iso_code;
                add({cell(contract.id), cell(contract.external_number), cell(plan.id), name_of(plan),
                     plan.product ? cell(plan.product->sku) : Cell(), cell(item.unit_of_measure),
                     cell(item.item_number), cell(item.type), cell(item.function), cell(item.description),
                     cell(item.date_effective_start), cell(item.date_effective_end), figure(item.quantity),
                     figure(item.price, currency), figure(item.discount_amount, currency),
                     figure(item.overage_price, currency), cell(currency), cell(item.date_charged_through)});
              }
            }
          }};
}

// The periods with their indexes, the newest first.
template <class Take>
void for_each_period(const wire::BillingContract& contract, const Take& take) {
  if (!contract.billing_periods) return;
  std::uint64_t index = index_of_last_period(contract);
  const auto& periods = *contract.billing_periods;
  for (std::size_t i = periods.size(); i > 0; --i) take(index++, periods[i - 1]);
}

Sheet period_sheet(const wire::BillingContract& contract) {
  return {
      .name = "Periods",
      .columns = {{"index"}, {"period_start"}, {"period_end"}, {"status"}, {"id"}},
      .rows = [&contract](const documents::AddRow& add) {
        for_each_period(contract, [&](std::uint64_t index, const wire::BillingContractPeriod& period) {
          add({figure(index), cell(period.date_start), cell(period.date_end), cell(period.status), cell(period.id)});
        });
      }};
}

std::string letter_text(const wire::BillingContract& contract) {
  const std::string id = printable(field_text(contract.id));
  std::string text = "Contract ";
  text += contract.external_number ? printable(*contract.external_number) + " (" + id + ")" : id;
  if (contract.status) text += ", " + printable(contract.status->text());
  text += "\n" + days_text(contract.date_start, contract.date_end);
  if (const std::string ramp = days_text(contract.date_ramp_start, contract.date_ramp_end); !ramp.empty()) {
    text += ", ramp " + ramp;
  }
  if (contract.commercial_model) text += ", " + printable(*contract.commercial_model);
  if (const auto currency = currency_of(contract)) text += " in " + printable(*currency);
  text += "\n";
  const auto add = [&](const char* title, const std::string& value) {
    if (!value.empty()) text += title + (": " + printable(value)) + "\n";
  };
  add("Bill to", party_text(contract.bill_to_customer));
  add("Sold to", party_text(contract.sold_to_customer));
  add("End customer", party_text(contract.end_customer));
  add("Purchase orders", joined(contract.purchase_order_numbers, ", "));
  return text;
}

std::string items_table(const wire::BillingContract& contract, const Output& output) {
  Table table({{"PRODUCT"},
               {"ITEM"},
               {.title = "FROM", .is_whole = true},
               {.title = "TO", .is_whole = true},
               {"UNIT"},
               {"QUANTITY", true},
               {"PRICE", true},
               {"DISCOUNT", true},
               {"OVERAGE PRICE", true}});
  const Numbers number(output);
  bool is_empty = true;
  for (const wire::BillingPlan& plan : plans_of(contract)) {
    for (const wire::BillingPlanItem& item : items_of(plan)) {
      const auto& currency = item.currency_iso_code;
      table.add_row({name_of(plan), field_text(item.item_number), field_text(item.date_effective_start),
                     field_text(item.date_effective_end), field_text(item.unit_of_measure), number(item.quantity),
                     number(item.price, currency), number(item.discount_amount, currency),
                     number(item.overage_price, currency)});
      is_empty = false;
    }
  }
  return is_empty ? "It has no items.\n" : table.to_string({output.width, output.colours});
}

std::string periods_table(const wire::BillingContract& contract, const Output& output) {
  if (!contract.billing_periods || contract.billing_periods->empty()) return "No billing period has begun.\n";
  Table table({{"PERIOD", true},
               {.title = "FROM", .is_whole = true},
               {.title = "TO", .is_whole = true},
               {"STATUS"},
               {.title = "ID", .is_whole = true}});
  for_each_period(contract, [&](std::uint64_t index, const wire::BillingContractPeriod& period) {
    table.add_row({std::to_string(index), field_text(period.date_start), field_text(period.date_end),
                   field_text(period.status), field_text(period.id)});
  });
  return table.to_string({output.width, output.colours});
}

}  // namespace

std::uint64_t index_of_last_period(const wire::BillingContract& contract) {
  return contract.status && contract.status->known() == wire::ContractStatus::active ? 0 : 1;
}

Result<std::string, Failure> contracts_text(const wire::BillingContractListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  const auto contracts = listing.entities.value_or(std::vector<wire::BillingContract>());
  if (output.format == Format::csv) return csv_text(contract_sheet(contracts));
  if (output.format == Format::xlsx) return workbook_text("Contracts", std::array{contract_sheet(contracts)}, output);
  if (contracts.empty()) return "No contracts.\n";
  Table table({{"NUMBER"},
               {.title = "ID", .is_whole = true},
               {"STATUS"},
               {.title = "START", .is_whole = true},
               {.title = "END", .is_whole = true},
               {"CURRENCY"},
               {"PERIODS", true}});
  for (const wire::BillingContract& contract : contracts) {
    table.add_row({field_text(contract.external_number), field_text(contract.id), field_text(contract.status),
                   field_text(contract.date_start), field_text(contract.date_end), field_text(currency_of(contract)),
                   std::to_string(contract.billing_periods ? contract.billing_periods->size() : 0)});
  }
  return table.to_string({output.width, output.colours});
}

Result<std::string, Failure> contract_text(const wire::BillingContract& contract, const Output& output) {
  if (output.format == Format::json) return wire::to_json(contract) + "\n";
  if (output.format == Format::csv) return csv_text(item_sheet(contract));
  if (output.format == Format::xlsx) {
    Sheet contract_alone = contract_sheet({&contract, 1});
    contract_alone.name = "Contract";
    return workbook_text("Contract " + contract.external_number.value_or(contract.id.value_or("")),
                         std::array{contract_alone, item_sheet(contract), period_sheet(contract)}, output);
  }
  return letter_text(contract) + "\n" + items_table(contract, output) + "\n" + periods_table(contract, output);
}

}  // namespace tallystick::cli
