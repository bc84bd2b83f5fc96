#include "store/embedded/commit_group.hpp"

#include <optional>

namespace tallystick::store::embedded {
namespace {

constexpr std::size_t prefetched_ahead = 16;  // events; memory takes about as long as looking at so many

}  // namespace

CommitGroup::CommitGroup(std::span<const EventBatch> batches, const PairHasher& hasher,
                         std::vector<std::shared_ptr<const Tail>> tails)
    : hasher_(hasher), tails_(std::move(tails)) {
  std::size_t events = 0;
  for (const EventBatch batch : batches) events += batch.size();
  hashed_.reserve(events);
  for (const EventBatch batch : batches) {
    batch_sizes_.push_back(batch.size());
    for (const core::Event& event : batch) {
      Hashed hashed{&event, hasher.pair_of(event), {}};
      if (const auto* correction = std::get_if<core::VoidEvent>(&event)) {
        hashed.target = hasher.target_of(*correction);
        has_voids_ = true;
      }
      hashed_.push_back(hashed);
    }
  }
}

StoreStatus CommitGroup::look_up(Database& database, const Dictionary& dictionary, const PairFilter& filter) {
  std::vector<std::pair<OrganizationNumber, PairHash>> wanted;
  const auto look_up = [&](const core::Event& event, const PairHash& pair) {
    // Nearly all events are new, and the filter says so.
    if (!filter.may_hold(pair)) return;
    for (const auto& tail : tails_) {
      if (const auto known = tail ? tail->find(pair) : std::nullopt) {
        stored_.emplace(pair, *known);
        return;
      }
    }
    // Of an organization without a number nothing was ever stored.
    if (const auto number = dictionary.find(core::organization_of(event))) wanted.emplace_back(*number, pair);
  };
  for (std::size_t i = 0; i < hashed_.size(); ++i) {
    if (i + prefetched_ahead < hashed_.size()) filter.prefetch(hashed_[i + prefetched_ahead].pair);
    const Hashed& hashed = hashed_[i];
    look_up(*hashed.event, hashed.pair);
    if (std::holds_alternative<core::VoidEvent>(*hashed.event)) look_up(*hashed.event, hashed.target);
  }
  return find_pairs(database, std::move(wanted), stored_);
}

std::vector<BatchOutcome> CommitGroup::decide() {
  std::vector<BatchOutcome> outcomes;
  accepted_.reserve(hashed_.size());
  decided_.reserve(hashed_.size());
  std::span<const Hashed> rest(hashed_);
  for (const std::size_t size : batch_sizes_) {
    outcomes.push_back(decide_batch(rest.first(size)));
    rest = rest.subspan(size);
  }
  return outcomes;
}

BatchOutcome CommitGroup::decide_batch(std::span<const Hashed> batch) {
  BatchOutcome outcome;
  const std::size_t accepted_before = accepted_.size();
  std::vector<std::pair<PairHash, std::optional<PairState>>> undo;
  const auto set = [&](const PairHash& pair, const PairState& state) {
    const auto [entry, is_new] = decided_.try_emplace(pair, state);
    // Only a void can make a batch be refused.
    if (has_voids_) undo.emplace_back(pair, is_new ? std::nullopt : std::optional(entry->second));
    if (!is_new) entry->second = state;
  };

  for (std::uint32_t index = 0; index < batch.size(); ++index) {
    const Hashed& hashed = batch[index];
    const ContentHash content = hasher_.content_of(*hashed.event);
    const PairState* known = find(hashed.pair);
    if (known != nullptr && known->kind != PairState::Kind::pending) {
      if (known->content == content) {
        ++outcome.duplicates;
      } else {
        outcome.conflicts.push_back(index);
      }
      continue;
    }
    const bool is_void = std::holds_alternative<core::VoidEvent>(*hashed.event);
    const PairState* target = is_void ? find(hashed.target) : nullptr;
    if (target != nullptr && target->kind == PairState::Kind::correction) {
      outcome.refused_voids.push_back(index);
      continue;
    }
    const bool is_target_known = target != nullptr && target->kind == PairState::Kind::usage;
    accepted_.push_back({&hashed, content, known != nullptr, is_target_known});
    if (is_void && target == nullptr) set(hashed.target, {PairState::Kind::pending, {}, 0, {}});
    set(hashed.pair, {is_void ? PairState::Kind::correction : PairState::Kind::usage, {}, content, {}});
  }

  outcome.accepted = accepted_.size() - accepted_before;
  if (!outcome.refused_voids.empty()) {
    outcome = {0, 0, {}, std::move(outcome.refused_voids)};
    accepted_.resize(accepted_before);
    // From the last change to the first, so that each pair ends as it was before the batch.
    for (; !undo.empty(); undo.pop_back()) {
      const auto& [pair, before] = undo.back();
      if (before) {
        decided_[pair] = *before;
      } else {
        decided_.erase(pair);
      }
    }
  }
  return outcome;
}

void CommitGroup::number(DictionaryAdditions& names) {
  logged_.reserve(accepted_.size());
  for (const Accepted& accepted : accepted_) {
    logged_.push_back(std::visit([&](const auto& event) -> LoggedEvent { return log(accepted, event, names); },
                                 *accepted.hashed->event));
  }
}

std::vector<PairHash> CommitGroup::pairs() const {
  std::vector<PairHash> pairs;
  pairs.reserve(accepted_.size());
  for (const Accepted& accepted : accepted_) {
    pairs.push_back(accepted.hashed->pair);
    const bool is_void = std::holds_alternative<core::VoidEvent>(*accepted.hashed->event);
    if (is_void && !accepted.is_target_known) pairs.push_back(accepted.hashed->target);
  }
  return pairs;
}

LoggedUsage CommitGroup::log(const Accepted& accepted, const core::UsageEvent& event, DictionaryAdditions& names) {
  LoggedUsage logged;
  logged.organization = names.number_of(event.organization);
  logged.pair = accepted.hashed->pair;
  logged.content = accepted.content;
  logged.source = event.source;
  logged.id = event.id;
  logged.place = {names.number_of_product(event.product), names.number_of_resource(event.resource), event.time,
                  event.until};
  logged.quantity = event.quantity;
  logged.is_voided = accepted.is_awaited;
  // A void later in the group finds its target's place here.
  if (has_voids_) decided_[logged.pair].place = logged.place;
  return logged;
}

LoggedVoid CommitGroup::log(const Accepted& accepted, const core::VoidEvent& event, DictionaryAdditions& names) const {
  LoggedVoid logged;
  logged.organization = names.number_of(event.organization);
  logged.pair = accepted.hashed->pair;
  logged.content = accepted.content;
  logged.source = event.source;
  logged.id = event.id;
  logged.target = accepted.hashed->target;
  logged.target_source = event.target_source;
  logged.target_id = event.target_id;
  if (accepted.is_target_known) logged.target_place = find(logged.target)->place;
  return logged;
}

const PairState* CommitGroup::find(const PairHash& pair) const {
  if (const auto decided = decided_.find(pair); decided != decided_.end()) return &decided->second;
  const auto stored = stored_.find(pair);
  return stored == stored_.end() ? nullptr : &stored->second;
}

}  // namespace tallystick::store::embedded
