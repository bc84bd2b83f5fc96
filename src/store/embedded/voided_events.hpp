#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "store/embedded/database.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/embedded/tail.hpp"
#include "store/store.hpp"

/// Sealed corrections. Roll-up and presence count voided events; whoever reads them computes what a void touches anew,
/// from the events of its day, and finds it here.
///
///     key    0, organization, day, pair of the voided event      value  product, resource, whether it has `until`
///     key    1, organization, pair of the void                   value  the void as it was sent
namespace tallystick::store::embedded {

/// One day that a voided event touches.
struct VoidedDay {
  core::Day day;
  PairHash pair;
  ProductNumber product{};
  ResourceNumber resource{};
  bool is_interval = false;  ///< the event has `until`
};

[[nodiscard]] std::string voided_day_key(OrganizationNumber organization, core::Day day, const PairHash& pair);
[[nodiscard]] std::string voided_day_value(const EventPlace& place);
[[nodiscard]] std::string void_key(OrganizationNumber organization, const PairHash& pair);
[[nodiscard]] std::string void_value(const TailVoid& correction);

/// Reads one organization's sealed voided events as of one snapshot.
class VoidedDayReader {
 public:
  VoidedDayReader(Database& database, const rocksdb::Snapshot* snapshot, OrganizationNumber organization);

  /// Calls `use` with every voided event and day, of the days [first, last].
  using UseVoided = std::function<void(const VoidedDay&)>;
  [[nodiscard]] StoreStatus read(core::Day first, core::Day last, const UseVoided& use);

 private:
  Database& database_;
  OrganizationNumber organization_;
  std::unique_ptr<rocksdb::Iterator> row_;
};

}  // namespace tallystick::store::embedded
