#pragma once
#include <vector>

#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/problem.hpp"

namespace tallystick::app {

/// What of a change of the catalog would change what was billed: terms of closed periods, the removal of a contract
/// that has some, of a seller or an organization with invoices (docs/domain.md, "Closing"). The faults name places in
/// `document`. To be asked where no closing can slip in between: on the writer's thread.
[[nodiscard]] store::Stored<std::vector<core::Fault>> closed_past_conflicts(const store::Store& store,
                                                                            const store::CatalogChange& change,
                                                                            const core::CatalogDocument& document,
                                                                            const core::Catalog& current);

}  // namespace tallystick::app
