#include "app/verify_store.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "app/verify_bills.hpp"
#include "app/verify_usage.hpp"

namespace tallystick::app {
namespace {

struct UsedMonths {
  core::OrganizationId organization;
  std::vector<core::Period> months;
};

std::vector<core::Period> months_of(const core::Period& days) {
  std::vector<core::Period> months;
  for (core::TimePoint next = days.start; next < days.end; next = months.back().end) {
    months.push_back(month_containing(core::day_of(next)));
  }
  return months;
}

}  // namespace

Verification verify_store(const store::Store& store, const OnVerified& on_verified) {
  Verification verification;
  const auto find = [&](Finding finding) { verification.findings.push_back(std::move(finding)); };
  std::uint64_t total = 0;
  std::uint64_t done = 0;
  const auto step = [&] { on_verified(++done, total); };

  if (const auto checked = store.check_files(); !checked) {
    find(unreadable("data directory", "a file", checked.error()));
  }
  const auto usage = store.snapshot();
  std::vector<UsedMonths> used;
  const auto catalog = store.load_catalog();
  if (!catalog) {
    find(unreadable("catalog", "list of organizations", catalog.error()));
  } else {
    verification.organizations = catalog->organizations.size();
    for (const core::Organization& organization : catalog->organizations) {
      const auto days = usage->days_with_events(organization.id);
      if (!days) {
        find(unreadable("organization " + organization.id.to_string(), "list of events", days.error()));
      } else if (*days) {
        used.push_back({organization.id, months_of(**days)});
        total += used.back().months.size();
      }
    }
  }
  const auto billed = store.billed_organizations();
  if (!billed) {
    find(unreadable("bills", "list of billed organizations", billed.error()));
  } else {
    total += billed->size();
  }

  for (const UsedMonths& each : used) {
    for (const core::Period& month : each.months) {
      verify_usage(*usage, each.organization, month, verification);
      step();
    }
  }
  if (!billed) return verification;
  BillsCheck bills(store, verification);
  for (const core::OrganizationId& organization : *billed) {
    bills.check(organization);
    step();
  }
  bills.check_series();
  return verification;
}

}  // namespace tallystick::app
