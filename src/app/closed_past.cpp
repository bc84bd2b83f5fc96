#include "app/closed_past.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "app/document_faults.hpp"
#include "tallystick/core/billing_period.hpp"

namespace tallystick::app {
namespace {

using Closed = std::vector<store::ClosedPeriod>;

/// The closed periods of contracts, each organization's read once.
class ClosedPeriodsByContract {
 public:
  explicit ClosedPeriodsByContract(const store::Store& store) : store_(store) {}

  store::Stored<Closed> of(const core::Contract& contract) {
    auto known = by_organization_.find(contract.organization);
    if (known == by_organization_.end()) {
      auto read = store_.closed_periods(contract.organization);
      if (!read) return fail(std::move(read.error()));
      known = by_organization_.emplace(contract.organization, std::move(*read)).first;
    }
    Closed closed;
    std::ranges::copy_if(known->second, std::back_inserter(closed),
                         [&](const store::ClosedPeriod& each) { return each.contract.id == contract.id; });
    return closed;
  }

 private:
  const store::Store& store_;
  std::map<core::OrganizationId, Closed> by_organization_;
};

std::string days_of(const store::ClosedPeriod& closed) {
  return core::to_string(closed.start) + " to " + core::to_string(closed.end - std::chrono::days{1});
}

std::optional<std::string> changed_past(const Closed& closed, const core::Contract& after) {
  for (const store::ClosedPeriod& each : closed) {
    const auto period = core::billing_period_containing(each.contract, each.start);
    if (period && after.organization == each.contract.organization &&
        core::agrees_on_period(each.contract, after, *period)) {
      continue;
    }
    return "contract " + after.id.to_string() + " would change its period " + days_of(each) +
           ", which is closed; a change is possible from " + core::to_string(closed.back().end) + " on";
  }
  return std::nullopt;
}

const core::Contract* find(const std::vector<core::Contract>& contracts, const core::Uuid& id) {
  const auto found = std::ranges::find(contracts, id, &core::Contract::id);
  return found == contracts.end() ? nullptr : &*found;
}

std::string stays(const std::string& what, const std::string& has) {
  return what + " has " + has + " and cannot be removed; keep it in the document, or apply without prune";
}

}  // namespace

store::Stored<std::vector<core::Fault>> closed_past_conflicts(const store::Store& store,
                                                              const store::CatalogChange& change,
                                                              const core::CatalogDocument& document,
                                                              const core::Catalog& current) {
  DocumentFaults conflicts;
  ClosedPeriodsByContract closed_periods(store);
  for (const core::Contract& after : change.put.contracts) {
    const core::Contract* before = find(current.contracts, after.id);
    const core::Contract* declared = find(document.contracts, after.id);
    if (before == nullptr || declared == nullptr) continue;
    const auto closed = closed_periods.of(*before);
    if (!closed) return fail(closed.error());
    if (auto message = changed_past(*closed, after)) {
      const auto index = static_cast<std::size_t>(declared - document.contracts.data());
      conflicts.add(DocumentPlace() / "contracts" / index, std::move(*message));
    }
  }
  for (const core::Uuid& id : change.removed_contracts) {
    const core::Contract* before = find(current.contracts, id);
    if (before == nullptr) continue;
    const auto closed = closed_periods.of(*before);
    if (!closed) return fail(closed.error());
    if (closed->empty()) continue;
    conflicts.add(DocumentPlace() / "contracts", stays("contract " + id.to_string(), "closed periods"));
  }
  for (const std::string& key : change.removed_sellers) {
    const auto last = store.last_invoice_sequence(key);
    if (!last) return fail(last.error());
    if (*last > 0) conflicts.add(DocumentPlace() / "sellers", stays("seller " + key, "invoices"));
  }
  for (const core::OrganizationId& id : change.removed_organizations) {
    const auto invoices = store.invoices(id);
    if (!invoices) return fail(invoices.error());
    if (!invoices->empty()) {
      conflicts.add(DocumentPlace() / "organizations", stays("organization " + id.to_string(), "invoices"));
    }
  }
  return conflicts.list();
}

}  // namespace tallystick::app
