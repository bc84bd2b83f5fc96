#include "store/embedded/resource_folds.hpp"

namespace tallystick::store::embedded {

void ResourceFolds::clear() {
  entries_.clear();
  index_.clear();
  is_indexed_ = false;
}

core::AggregateFold& ResourceFolds::look_up(core::ResourceNumber resource) {
  if (!is_indexed_) {
    index_.reserve(entries_.size());
    for (std::uint32_t at = 0; at < entries_.size(); ++at) index_.emplace(entries_[at].resource, at);
    is_indexed_ = true;
  }
  const auto [known, is_new] = index_.try_emplace(resource, static_cast<std::uint32_t>(entries_.size()));
  if (is_new) entries_.push_back({resource, {}});
  return entries_[known->second].fold;
}

}  // namespace tallystick::store::embedded
