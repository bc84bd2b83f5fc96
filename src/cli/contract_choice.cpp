#include "cli/contract_choice.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "cli/all_pages.hpp"
#include "cli/contract_text.hpp"
#include "cli/date_range.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::cli {
namespace {

using Periods = std::vector<wire::BillingContractPeriod>;

bool is_number(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Failure no_such_period(const std::string& text, const Periods& periods) {
  std::string message = "the contract has no billing period " + text;
  if (!periods.empty() && periods.front().date_start && periods.back().date_end) {
    message += "; those that have begun are from " + core::to_string(*periods.front().date_start) + " to " +
               core::to_string(*periods.back().date_end);
  } else {
    message += ": none has begun";
  }
  return {ExitCode::not_found, std::move(message)};
}

Result<std::string, Failure> id_of(const wire::BillingContractPeriod& period) {
  if (period.id) return *period.id;
  return fail(Failure{ExitCode::failed, "the service tells no id of this billing period"});
}

Result<std::string, Failure> period_of_index(const wire::BillingContract& contract, const Periods& periods,
                                             const std::string& text) {
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  const std::uint64_t last = index_of_last_period(contract);
  if (error != std::errc() || index < last || index - last >= periods.size()) {
    return fail(no_such_period(text, periods));
  }
  return id_of(periods[periods.size() - 1 - (index - last)]);
}

Result<std::string, Failure> period_of_days(const Periods& periods, const DayRange& days, const std::string& text) {
  const bool is_day = days.first == days.last;
  Periods found;
  for (const wire::BillingContractPeriod& period : periods) {
    if (!period.date_start || !period.date_end) continue;
    const bool begins_inside = *days.first <= *period.date_start && *period.date_start <= *days.last;
    const bool contains = *period.date_start <= *days.first && *days.last <= *period.date_end;
    if (is_day ? contains : begins_inside) found.push_back(period);
  }
  if (found.empty()) return fail(no_such_period(text, periods));
  if (found.size() == 1) return id_of(found.front());
  std::string message = "several billing periods begin in " + text + ": name one by a day in it:";
  for (const wire::BillingContractPeriod& period : found) {
    message += "\n  " + core::to_string(*period.date_start) + " to " + core::to_string(*period.date_end);
  }
  return fail(Failure{ExitCode::bad_input, std::move(message)});
}

}  // namespace

Result<wire::BillingContractListing, Failure> all_contracts(const BillingApi& api, BillingApi::ContractQuery query) {
  query.page = large_pages();
  return all_pages(api.get_billing_contracts(query));
}

Result<wire::BillingContract, Failure> find_contract(const BillingApi& api, const std::string& text) {
  if (core::Uuid::parse(text)) {
    auto contract = api.get_billing_contract(text).send();
    if (!contract) return fail(failure_of(contract.error()));
    return *std::move(contract);
  }
  BillingApi::ContractQuery query;
  query.external_number = text;
  auto listing = all_contracts(api, std::move(query));
  if (!listing) return fail(listing.error());
  std::vector<wire::BillingContract> found;
  for (const wire::BillingContract& contract : listing->entities.value_or(std::vector<wire::BillingContract>())) {
    if (contract.external_number == text) found.push_back(contract);
  }
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) {
    return fail(Failure{ExitCode::not_found, "no contract has the id or the number \"" + text + "\""});
  }
  std::string ids;
  for (const wire::BillingContract& contract : found) ids += (ids.empty() ? "" : ", ") + contract.id.value_or("");
  return fail(Failure{ExitCode::bad_input,
                      "several contracts have the number \"" + text + "\": name one by its id (" + ids + ")"});
}

Result<std::string, Failure> find_period(const wire::BillingContract& contract, const std::string& text) {
  if (const auto id = core::Uuid::parse(text)) return id->to_string();
  const Periods periods = contract.billing_periods.value_or(Periods());
  if (is_number(text)) return period_of_index(contract, periods, text);
  const auto days = parse_day_range(text, std::nullopt);
  if (!days) {
    return fail(Failure{ExitCode::bad_input,
                        "\"" + text +
                            "\" is no billing period: give its id, the month in which it begins like 2026-03, a day in "
                            "it like 2026-03-15, or 0 for the active one, 1 for the last completed one"});
  }
  return period_of_days(periods, *days, text);
}

}  // namespace tallystick::cli
