#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/embedded/database.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/embedded/tail.hpp"
#include "store/store.hpp"

/// Sealed corrections. The roll-up counts voided events; whoever reads it computes the slots that a void touches anew,
/// from the events of their day, and finds them here.
///
///     key    0, organization, day, pair of the voided event      value  product, resource
///     key    1, organization, pair of the void                   value  the void as it was sent
namespace tallystick::store::embedded {

/// One day that a voided event touches.
struct VoidedDay {
  core::Day day;
  PairHash pair;
  ProductNumber product{};
  ResourceNumber resource{};
};

[[nodiscard]] std::string voided_day_key(OrganizationNumber organization, core::Day day, const PairHash& pair);
[[nodiscard]] std::string voided_day_value(const EventPlace& place);
[[nodiscard]] std::string void_key(OrganizationNumber organization, const PairHash& pair);
[[nodiscard]] std::string void_value(const TailVoid& correction);

/// Calls `use` with every sealed voided event and day of the organization, of the days [first, last].
[[nodiscard]] StoreStatus read_voided_days(Database& database, const rocksdb::Snapshot* snapshot,
                                           OrganizationNumber organization, core::Day first, core::Day last,
                                           const std::function<void(const VoidedDay&)>& use);

}  // namespace tallystick::store::embedded
