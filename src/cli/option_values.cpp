#include "cli/option_values.hpp"

#include <algorithm>
#include <array>

#include "cli/output.hpp"
#include "cli/profile_names.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/billing_invoice.hpp"

namespace tallystick::cli {
namespace {

using Values = std::vector<std::string> (*)(const Terminal& terminal);

template <class Enum>
std::vector<std::string> names_of(const Terminal& /*terminal*/) {
  std::vector<std::string> names;
  for (const auto& [value, name] : wire::EnumTexts<Enum>::values) names.emplace_back(name);
  return names;
}

std::vector<std::string> region_names(const Terminal& /*terminal*/) {
  std::vector<std::string> names;
  for (const auto& [name, host] : regions()) names.emplace_back(name);
  return names;
}

struct OptionRow {
  std::string_view command;  // empty: any that has no row of its own
  std::string_view option;
  Values values;
};

constexpr std::array<OptionRow, 10> rows{{
    {"report", "--format", [](const Terminal&) { return format_choices(FormatChoice::tables_and_drawings); }},
    {"", "--format", [](const Terminal&) { return format_choices(FormatChoice::tables); }},
    {"", "--region", region_names},
    {"", "--profile", profile_names},
    {"contracts", "--status", names_of<wire::ContractStatus>},
    {"invoices", "--status", names_of<wire::PaymentStatus>},
    {"invoice-document", "--type",
     [](const Terminal&) {
       return std::vector<std::string>{"pdf", "xlsx", "csv"};
     }},
    {"completion", "SHELL", [](const Terminal&) { return shell_names(); }},
    {"serve", "--log-format",
     [](const Terminal&) {
       return std::vector<std::string>{"text", "json"};
     }},
    {"serve", "--log-level",
     [](const Terminal&) {
       return std::vector<std::string>{"debug", "info", "warning", "error"};
     }},
}};

}  // namespace

std::vector<std::string> values_of_option(std::string_view command, std::string_view option, const Terminal& terminal) {
  const auto row = std::ranges::find_if(rows, [&](const OptionRow& candidate) {
    return candidate.option == option && (candidate.command.empty() || candidate.command == command);
  });
  return row == rows.end() ? std::vector<std::string>() : row->values(terminal);
}

const std::vector<std::string>& shell_names() {
  static const std::vector<std::string> names{"bash", "zsh", "fish"};
  return names;
}

}  // namespace tallystick::cli
