#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "tallystick/core/aggregate.hpp"

namespace tallystick::store::embedded {

/// The folds of one product's resources while they are added up. Resources that come in rising order, as rows do, cost
/// no look-up; one that comes out of order does, from then on.
class ResourceFolds {
 public:
  struct Entry {
    core::ResourceNumber resource{};
    core::AggregateFold fold;
  };

  /// The resource's fold, empty where it is new; valid until the next call.
  [[nodiscard]] core::AggregateFold& of(core::ResourceNumber resource) {
    if (!is_indexed_ && (entries_.empty() || entries_.back().resource < resource)) {
      return entries_.emplace_back(Entry{resource, {}}).fold;
    }
    return !is_indexed_ && entries_.back().resource == resource ? entries_.back().fold : look_up(resource);
  }

  /// In the order in which they came. Some may be empty.
  [[nodiscard]] std::span<Entry> entries() { return entries_; }
  void clear();

 private:
  core::AggregateFold& look_up(core::ResourceNumber resource);

  std::vector<Entry> entries_;
  boost::unordered_flat_map<core::ResourceNumber, std::uint32_t> index_;  // of entries_, once is_indexed_
  bool is_indexed_ = false;
};

}  // namespace tallystick::store::embedded
