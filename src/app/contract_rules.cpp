#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>

#include "app/catalog_rules.hpp"

namespace tallystick::app {
namespace {

using core::Contract;

void check_tiers(DocumentFaults& faults, const DocumentPlace& place, const core::ContractItem& item) {
  const auto& tiers = item.overage_tiers;
  core::Decimal below;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const DocumentPlace tier = place / i;
    const bool is_last = i + 1 == tiers.size();
    if (is_last && tiers[i].up_to) {
      faults.add(tier / "up_to", "must not be given: the last tier is for all units above the others");
    } else if (!is_last && !tiers[i].up_to) {
      faults.add(tier / "up_to", "is required: the last tier alone has no end");
    } else if (!is_last && *tiers[i].up_to <= below) {
      faults.add(tier / "up_to", "must be above " + below.to_string());
    }
    if (tiers[i].up_to) below = std::max(below, *tiers[i].up_to);
    check_price(faults, tier / "price", tiers[i].price);
  }
}

void check_item(DocumentFaults& faults, const DocumentPlace& place, const core::ContractItem& item,
                const CatalogReferences& references) {
  const core::Product* product = check_product_reference(faults, place / "product", references, item.product);
  if (product != nullptr && product->rolls_up) {
    faults.add(place / "product", "rolls up into " + product->rolls_up->into + "; the item is for that one");
  }
  check_not_negative(faults, place / "prepay_quantity", item.prepay_quantity);
  if (item.prepay_price) check_price(faults, place / "prepay_price", *item.prepay_price);
  if (item.overage_price) check_price(faults, place / "overage_price", *item.overage_price);
  if (item.overage_price && !item.overage_tiers.empty()) {
    faults.add(place / "overage_tiers", "go instead of overage_price, not with it");
  }
  check_tiers(faults, place / "overage_tiers", item);
  if (item.bundle_quantity <= core::Decimal{}) faults.add(place / "bundle_quantity", "must be above 0");
  if (!item.notes.empty()) faults.check_text(place / "notes", item.notes, contract_notes_bytes_max);
}

void check_items(DocumentFaults& faults, const DocumentPlace& place, const std::vector<core::ContractItem>& items,
                 const CatalogReferences& references) {
  DeclaredKeys<std::string_view> declared;
  for (std::size_t i = 0; i < items.size(); ++i) {
    declared.check(faults, place / i / "product", place / i, items[i].product);
    check_item(faults, place / i, items[i], references);
  }
}

void check_dates(DocumentFaults& faults, const DocumentPlace& place, const Contract& contract) {
  // No event is older, and each period of a mistyped year would be closed, with an invoice, for ever.
  if (contract.effective < core::Day{}) faults.add(place / "effective", "is before 1970-01-01; no usage is older");
  if (contract.effective >= contract.end) {
    faults.add(place / "end", "must be after the effective date; it is the first day without the contract");
    return;
  }
  if (!contract.ramp) return;
  const core::Ramp& ramp = *contract.ramp;
  if (ramp.start < contract.effective) faults.add(place / "ramp" / "start", "is before the contract's effective date");
  if (ramp.end > contract.end) faults.add(place / "ramp" / "end", "is after the contract's end");
  if (ramp.start >= ramp.end) faults.add(place / "ramp" / "end", "must be after the ramp's start");
}

void check_amendments(DocumentFaults& faults, const DocumentPlace& place, const Contract& contract,
                      const CatalogReferences& references) {
  for (std::size_t i = 0; i < contract.amendments.size(); ++i) {
    const core::Amendment& amendment = contract.amendments[i];
    if (amendment.date <= contract.effective || amendment.date >= contract.end) {
      faults.add(place / i / "date", "must be after the contract's effective date and before its end");
    } else if (i > 0 && amendment.date <= contract.amendments[i - 1].date) {
      faults.add(place / i / "date", "must be after that of the amendment before it");
    }
    check_items(faults, place / i / "items", amendment.items, references);
  }
}

// Contracts of which no two of one organization overlap, so that each question costs one look.
class ContractsInTime {
 public:
  /// nullptr: none overlaps it.
  [[nodiscard]] const Contract* overlapped_by(const Contract& contract) const {
    // Of those that begin before its end, the last one ends last.
    auto other = by_start_.lower_bound({contract.organization, contract.end});
    if (other == by_start_.begin()) return nullptr;
    --other;
    const Contract& found = *other->second;
    return found.organization == contract.organization && found.end > contract.effective ? &found : nullptr;
  }
  void add(const Contract& contract) { by_start_.try_emplace({contract.organization, contract.effective}, &contract); }

 private:
  std::map<std::pair<core::OrganizationId, core::Day>, const Contract*> by_start_;
};

void check_overlaps(DocumentFaults& faults, const core::CatalogDocument& document) {
  std::unordered_set<core::Uuid> ids;
  ContractsInTime declared;
  for (std::size_t i = 0; i < document.contracts.size(); ++i) {
    const Contract& contract = document.contracts[i];
    if (!ids.insert(contract.id).second || contract.effective >= contract.end) continue;  // a fault already
    const Contract* other = declared.overlapped_by(contract);
    if (other == nullptr) {
      declared.add(contract);
      continue;
    }
    const DocumentPlace place = DocumentPlace() / "contracts";
    const auto other_index = static_cast<std::size_t>(other - document.contracts.data());
    faults.add(place / i / "effective", "the contract's days overlap those of " + (place / other_index).pointer() +
                                            ", and an organization has one contract at a time");
  }
}

// A product that gains a roll-up while a kept contract, which the document leaves as it is, has an item for it.
void check_items_left_alone(DocumentFaults& faults, const core::CatalogDocument& document,
                            const CatalogReferences& references) {
  std::map<std::string_view, const Contract*> contracts;
  const auto note_items = [&contracts](const std::vector<core::ContractItem>& items, const Contract* contract) {
    for (const core::ContractItem& item : items) contracts.try_emplace(item.product, contract);
  };
  for (const Contract* contract : references.kept_contracts) {
    note_items(contract->items, contract);
    for (const core::Amendment& amendment : contract->amendments) note_items(amendment.items, contract);
  }
  for (std::size_t i = 0; i < document.products.size(); ++i) {
    const auto found = contracts.find(document.products[i].key);
    if (!document.products[i].rolls_up || found == contracts.end()) continue;
    faults.add(DocumentPlace() / "products" / i / "rolls_up",
               "contract " + found->second->id.to_string() + " has an item for this product, and none is for a part");
  }
}

std::string days_of(const Contract& contract) {
  return "from " + core::to_string(contract.effective) + " until " + core::to_string(contract.end);
}

}  // namespace

void check_contracts(DocumentFaults& faults, const core::CatalogDocument& document,
                     const CatalogReferences& references) {
  DeclaredKeys<core::Uuid> declared;
  for (std::size_t i = 0; i < document.contracts.size(); ++i) {
    const Contract& contract = document.contracts[i];
    const DocumentPlace place = DocumentPlace() / "contracts" / i;
    declared.check(faults, place / "id", place, contract.id);
    check_organization_reference(faults, place / "organization", references, contract.organization);
    faults.check_text(place / "number", contract.number, catalog_text_bytes_max);
    check_currency(faults, place / "currency", contract.currency);
    check_dates(faults, place, contract);
    if (contract.minimum_monthly_amount) {
      check_price(faults, place / "minimum_monthly_amount", *contract.minimum_monthly_amount);
    }
    if (contract.billing_day && (*contract.billing_day < 1 || *contract.billing_day > 31)) {
      faults.add(place / "billing_day", "must be from 1 to 31");
    }
    check_invoice_terms(faults, place, contract.invoices, references);
    check_items(faults, place / "items", contract.items, references);
    check_amendments(faults, place / "amendments", contract, references);
  }
  check_overlaps(faults, document);
  check_items_left_alone(faults, document, references);
}

std::vector<core::Fault> overlaps_with_kept_contracts(const core::CatalogDocument& document,
                                                      const CatalogReferences& references) {
  ContractsInTime kept;
  for (const Contract* contract : references.kept_contracts) kept.add(*contract);
  DocumentFaults conflicts;
  for (std::size_t i = 0; i < document.contracts.size(); ++i) {
    const Contract* other = kept.overlapped_by(document.contracts[i]);
    if (other == nullptr) continue;
    conflicts.add(DocumentPlace() / "contracts" / i / "effective",
                  "the contract's days overlap those of contract " + other->id.to_string() + " (" + days_of(*other) +
                      "), which is stored; end that one earlier in the same document");
  }
  return conflicts.list();
}

}  // namespace tallystick::app
