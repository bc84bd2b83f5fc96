#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/applied_changes.hpp"
#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/problem.hpp"

namespace tallystick::app {

/// A part of a plan that holds only while an organization, or a product, has no usage. One of the two is set.
struct UsageCondition {
  std::optional<core::OrganizationId> organization;
  std::optional<std::string> product;
  core::Fault fault;  ///< what to answer where it has
};

/// What it takes to make the catalog what a document says.
struct CatalogPlan {
  core::Catalog result;                ///< the whole catalog afterwards, known entities in their old places
  store::CatalogChange change;         ///< the difference, for the store
  AppliedChanges changes;              ///< the difference, for people
  std::vector<core::Fault> conflicts;  ///< with what is stored, whatever usage there is; none: it may go on
  std::vector<UsageCondition> conditions;

  [[nodiscard]] bool changes_nothing() const {
    return changes.created.empty() && changes.updated.empty() && changes.removed.empty();
  }
};

/// Puts a checked document over the catalog in force. The document's clients and users carry the hashes, and its SAML
/// issuers the certificates, that will be stored.
/// `prune`: what it lacks is removed, else kept.
[[nodiscard]] CatalogPlan plan_catalog(const core::CatalogDocument& document, const core::Catalog& current, bool prune);

}  // namespace tallystick::app
