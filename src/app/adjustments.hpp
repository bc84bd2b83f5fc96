#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "store/store.hpp"
#include "tallystick/core/invoice_lines.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// What is still to be billed for closed periods in one currency.
struct Adjustments {
  std::string currency;
  core::Uuid contract;                   ///< the latest of those that are adjusted
  std::vector<core::InvoiceLine> lines;  ///< oldest period first; never empty
  /// Later books of periods for which usage of products came that theirs does not have.
  std::vector<store::ProductBook> books;
  std::vector<store::ExtendedBook> extended_books;
  /// The lines' products that the catalog no longer has, as they were.
  std::vector<core::Product> bygone_products;
};

/// Rates every closed period of an organization anew, with all its events, at its own prices (docs/domain.md,
/// "Closing"): what differs from what was billed, by currency. `usage` was taken before `catalog`. Problems:
/// storage_failed, overloaded, internal.
[[nodiscard]] Result<std::vector<Adjustments>, core::Problem> adjustments_of(const store::Store& store,
                                                                             const store::UsageSnapshot& usage,
                                                                             const CatalogSnapshot& catalog,
                                                                             const core::OrganizationId& organization);

/// Those of one currency; nullptr: there are none.
[[nodiscard]] const Adjustments* find_adjustments(std::span<const Adjustments> all, std::string_view currency);

/// The catalog with the bygone products of adjustments, for texts that show them; the same one where there are none.
[[nodiscard]] std::shared_ptr<const CatalogSnapshot> with_bygone_products(
    const std::shared_ptr<const CatalogSnapshot>& catalog, std::span<const Adjustments> all);

}  // namespace tallystick::app
