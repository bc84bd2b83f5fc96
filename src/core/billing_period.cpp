#include "tallystick/core/billing_period.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "core/items_in_force.hpp"
#include "tallystick/core/rating.hpp"

namespace tallystick::core {
namespace {

using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

unsigned billing_day_of(const Contract& contract) {
  return contract.billing_day.value_or(static_cast<unsigned>(year_month_day{contract.effective}.day()));
}

// The day on which the month's period begins: 31 becomes 28 in February and is 31 again in March.
Day billing_date(year_month month, unsigned billing_day) {
  const auto last = year_month_day_last{month.year(), std::chrono::month_day_last{month.month()}};
  return Day{month / std::min(std::chrono::day{billing_day}, last.day())};
}

year_month month_of(Day day) {
  const year_month_day date{day};
  return date.year() / date.month();
}

// How many periods a contract has that began before a day of it, without walking them.
std::uint64_t periods_begun(const Contract& contract, Day day) {
  const unsigned billing_day = billing_day_of(contract);
  const auto begun_in_months = [&](Day last) {
    const year_month month = month_of(last);
    const std::int64_t count = static_cast<int>(month.year()) * 12LL + static_cast<unsigned>(month.month());
    return billing_date(month, billing_day) <= last ? count : count - 1;
  };
  return static_cast<std::uint64_t>(begun_in_months(day) - begun_in_months(contract.effective)) + 1;
}

// The month from billing day to billing day that lies `back` months before the one with `day`.
BillingPeriod month_back(const Contract& contract, Day day, std::uint64_t back) {
  const unsigned billing_day = billing_day_of(contract);
  year_month month = month_of(day);
  if (billing_date(month, billing_day) > day) month -= months{1};
  month -= months{static_cast<int>(back)};
  const Day start = billing_date(month, billing_day);
  const Day end = billing_date(month + months{1}, billing_day);
  return {start, end, start, end};
}

// The period that lies `back` periods before the one with `day`; the caller knows that it exists.
BillingPeriod period_back(const Contract& contract, Day day, std::uint64_t back) {
  BillingPeriod period = month_back(contract, day, back);
  period.start = std::max(period.whole_start, contract.effective);
  period.end = std::min(period.whole_end, contract.end);
  return period;
}

using StretchesByProduct = std::map<std::string_view, std::vector<ItemStretch>>;

StretchesByProduct terms_in_force(const Contract& contract, const BillingPeriod& period) {
  StretchesByProduct terms;
  for (ItemInPeriod& item : items_in_force(contract, period)) {
    const std::string_view product = item.last().product;
    terms[product] = std::move(item.stretches);
  }
  return terms;
}

bool agree(const StretchesByProduct& before, const StretchesByProduct& after) {
  const auto same_stretch = [](const ItemStretch& a, const ItemStretch& b) {
    return a.days == b.days && *a.item == *b.item;
  };
  return std::equal(before.begin(), before.end(), after.begin(), after.end(), [&](const auto& a, const auto& b) {
    return a.first == b.first &&
           std::equal(a.second.begin(), a.second.end(), b.second.begin(), b.second.end(), same_stretch);
  });
}

}  // namespace

std::optional<BillingPeriod> billing_period_containing(const Contract& contract, Day day) {
  if (day < contract.effective || day >= contract.end) return std::nullopt;
  return period_back(contract, day, 0);
}

std::optional<IndexedPeriod> billing_period_at(std::span<const Contract> contracts, TimePoint now,
                                               std::uint64_t index) {
  const Day today = day_of(now);
  // Index 0 belongs to the period that contains now, whether there is one or not.
  std::uint64_t passed = 0;
  bool is_latest = true;
  for (std::size_t i = contracts.size(); i-- > 0;) {
    const Contract& contract = contracts[i];
    if (contract.effective > today) continue;
    const bool contains_now = today < contract.end;
    if (is_latest && !contains_now) passed = 1;
    is_latest = false;
    if (index < passed) return std::nullopt;
    const Day last = contains_now ? today : contract.end - std::chrono::days{1};
    const std::uint64_t count = periods_begun(contract, last);
    if (index - passed < count) return IndexedPeriod{&contract, period_back(contract, last, index - passed)};
    passed += count;
  }
  return std::nullopt;
}

std::vector<BillingPeriod> billing_periods_until(const Contract& contract, Day last) {
  std::vector<BillingPeriod> periods;
  Day start = contract.effective;
  while (start <= last && start < contract.end) {
    periods.push_back(period_back(contract, start, 0));
    start = periods.back().end;
  }
  return periods;
}

BillingPeriod billing_month_containing(const Contract& contract, Day day) {
  return month_back(contract, day, 0);
}

bool agrees_on_period(const Contract& before, const Contract& after, const BillingPeriod& period) {
  return before.id == after.id && before.organization == after.organization && before.currency == after.currency &&
         billing_period_containing(before, period.start) == period &&
         billing_period_containing(after, period.start) == period &&
         is_ramp_period(before, period) == is_ramp_period(after, period) &&
         before.minimum_monthly_amount == after.minimum_monthly_amount &&
         agree(terms_in_force(before, period), terms_in_force(after, period));
}

Uuid billing_period_id(const Contract& contract, const BillingPeriod& period) {
  return Uuid::from_name(contract.id, "billingperiod/" + to_string(period.start));
}

}  // namespace tallystick::core
