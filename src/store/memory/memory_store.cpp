#include "store/memory/memory_store.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

#include "store/memory/memory_billing.hpp"
#include "tallystick/core/aggregate.hpp"

namespace tallystick::store {
namespace {

// What makes an event one event: its pair within its organization.
using Pair = std::tuple<core::OrganizationId, std::string, std::string>;

Pair pair_of(const core::Event& event) {
  return {core::organization_of(event), core::source_of(event), core::id_of(event)};
}
Pair target_of(const core::VoidEvent& event) {
  return {event.organization, event.target_source, event.target_id};
}

// An event without `until` covers the moment of its time.
core::Period covered_by(const core::UsageEvent& event) {
  return {event.time, event.until.value_or(event.time + core::milliseconds{1})};
}

// Only ever grows, so that a snapshot is a number of events. Addresses of its elements are stable.
struct Events {
  std::mutex mutex;
  std::deque<core::Event> accepted;
  std::deque<std::string> resources;  // by their numbers
  std::map<std::string_view, core::ResourceNumber> resource_numbers;

  void append(const core::Event& event) {
    accepted.push_back(event);
    const auto* usage = std::get_if<core::UsageEvent>(&event);
    if (usage == nullptr || resource_numbers.contains(usage->resource)) return;
    const core::ResourceNumber number{static_cast<std::uint32_t>(resources.size())};
    resource_numbers.emplace(resources.emplace_back(usage->resource), number);
  }
};

class MemorySnapshot final : public UsageSnapshot {
 public:
  MemorySnapshot(std::shared_ptr<Events> events, std::size_t count) : events_(std::move(events)), count_(count) {}

  StoreStatus usage(const core::OrganizationId& organization, core::Period range, const IsPooled& is_pooled,
                    const UseProduct& use) const override {
    const auto folds = folds_of(organization, range, is_pooled);
    if (!folds) return fail(folds.error());
    for (const auto& [product, resources] : *folds) {
      std::vector<core::ResourceUsage> usage;
      for (const auto& [resource, fold] : resources) usage.push_back({resource, fold.aggregate()});
      use({product, usage});
    }
    return {};
  }

  StoreStatus presence(const core::OrganizationId& organization, core::Period range, const UseDay& use) const override {
    for (const auto& [day, pieces_of] : present_days(organization, range)) {
      std::vector<core::ProductPresence> products;
      for (const auto& [product, pieces] : pieces_of) products.push_back({product, pieces});
      use(day, products);
    }
    return {};
  }

  StoreStatus events(const core::OrganizationId& organization, core::Period range, const UseEvent& use) const override {
    std::vector<CountingEvent> touching;
    {
      const std::lock_guard lock(events_->mutex);
      for (const core::UsageEvent* event : counting(organization)) {
        if (!range.intersection(covered_by(*event))) continue;
        touching.push_back({event->product,
                            events_->resource_numbers.at(event->resource),
                            {.time = event->time,
                             .until = event->until,
                             .quantity = event->quantity,
                             .source = event->source,
                             .id = event->id}});
      }
    }
    for (const CountingEvent& event : touching) use(event);
    return {};
  }

  Stored<std::optional<core::Period>> days_with_events(const core::OrganizationId& organization) const override {
    const std::lock_guard lock(events_->mutex);
    std::optional<core::Period> days;
    for (std::size_t at = 0; at < count_; ++at) {
      const auto* event = std::get_if<core::UsageEvent>(&events_->accepted[at]);
      if (event == nullptr || event->organization != organization) continue;
      const core::Period covered = covered_by(*event);
      const core::TimePoint start{core::day_of(covered.start)};
      const core::TimePoint end{core::day_of(covered.end - core::milliseconds{1}) + std::chrono::days{1}};
      days = days ? core::Period{std::min(days->start, start), std::max(days->end, end)} : core::Period{start, end};
    }
    return days;
  }

  Stored<std::vector<std::string_view>> names_of(std::span<const core::ResourceNumber> resources) const override {
    const std::lock_guard lock(events_->mutex);
    std::vector<std::string_view> names;
    names.reserve(resources.size());
    for (const core::ResourceNumber resource : resources) {
      names.emplace_back(events_->resources.at(static_cast<std::size_t>(resource)));
    }
    return names;
  }

 private:
  using ProductPieces = std::map<std::string_view, std::vector<core::Presence>>;
  using Folds = std::map<std::string_view, std::map<core::ResourceNumber, core::AggregateFold>>;

  Stored<Folds> folds_of(const core::OrganizationId& organization, core::Period range,
                         const IsPooled& is_pooled) const {
    const std::lock_guard lock(events_->mutex);
    Folds folds;
    for (const core::UsageEvent* event : counting(organization)) {
      if (event->until || !range.contains(event->time)) continue;
      const core::ResourceNumber resource =
          is_pooled(event->product) ? core::ResourceNumber{} : events_->resource_numbers.at(event->resource);
      const auto added = folds[event->product][resource].add(
          {.time = event->time, .until = {}, .quantity = event->quantity, .source = event->source, .id = event->id});
      if (!added) {
        return fail(StoreError{StoreError::Kind::corrupt, "the quantities of resource " + event->resource +
                                                              " of product " + event->product +
                                                              " are too large to be added up"});
      }
    }
    return folds;
  }

  // The organization's usage events that no void took out. The lock is held.
  [[nodiscard]] std::vector<const core::UsageEvent*> counting(const core::OrganizationId& organization) const {
    const auto first = events_->accepted.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(count_);
    std::set<Pair> voided;
    for (auto event = first; event != last; ++event) {
      if (const auto* correction = std::get_if<core::VoidEvent>(&*event)) voided.insert(target_of(*correction));
    }
    std::vector<const core::UsageEvent*> counting;
    for (auto event = first; event != last; ++event) {
      const auto* usage = std::get_if<core::UsageEvent>(&*event);
      if (usage == nullptr || usage->organization != organization || voided.contains(pair_of(*event))) continue;
      counting.push_back(usage);
    }
    return counting;
  }

  [[nodiscard]] std::map<core::Day, ProductPieces> present_days(const core::OrganizationId& organization,
                                                                const core::Period& range) const {
    const std::lock_guard lock(events_->mutex);
    std::map<core::Day, ProductPieces> days;
    for (const core::UsageEvent* event : counting(organization)) {
      const auto part = event->until ? range.intersection({event->time, *event->until}) : std::nullopt;
      if (!part) continue;
      const core::ResourceNumber resource = events_->resource_numbers.at(event->resource);
      for (core::Day day = core::day_of(part->start); core::TimePoint{day} < part->end; day += std::chrono::days{1}) {
        if (const auto piece = core::presence_on(day, resource, *part)) days[day][event->product].push_back(*piece);
      }
    }
    for (auto& [day, products] : days) {
      for (auto& [product, pieces] : products) core::merge_presence(pieces);
    }
    return days;
  }

  std::shared_ptr<Events> events_;
  std::size_t count_;
};

// Entities by key in the order in which they were first put.
template <class Entity, class SameKey>
void put_all(std::vector<Entity>& stored, const std::vector<Entity>& put, SameKey same_key) {
  for (const Entity& entity : put) {
    const auto known =
        std::find_if(stored.begin(), stored.end(), [&](const Entity& other) { return same_key(other, entity); });
    if (known == stored.end()) {
      stored.push_back(entity);
    } else {
      *known = entity;
    }
  }
}

class MemoryStore final : public Store {
 public:
  Stored<std::vector<BatchOutcome>> commit(std::span<const EventBatch> group) override {
    const std::lock_guard lock(events_->mutex);
    std::vector<BatchOutcome> outcomes;
    for (const EventBatch batch : group) outcomes.push_back(commit_batch(batch));
    return outcomes;
  }

  std::unique_ptr<UsageSnapshot> snapshot() const override {
    const std::lock_guard lock(events_->mutex);
    return std::make_unique<MemorySnapshot>(events_, events_->accepted.size());
  }

  Stored<bool> organization_has_usage(const core::OrganizationId& organization) const override {
    return has_event([&](const core::Event& event) { return core::organization_of(event) == organization; });
  }
  Stored<bool> product_has_usage(std::string_view product_key) const override {
    return has_event([&](const core::Event& event) {
      const auto* usage = std::get_if<core::UsageEvent>(&event);
      return usage != nullptr && usage->product == product_key;
    });
  }

  Stored<core::Catalog> load_catalog() const override {
    const std::lock_guard lock(mutex_);
    return catalog_;
  }

  StoreStatus save_catalog(const CatalogChange& change) override {
    const std::lock_guard lock(mutex_);
    for (const auto& id : change.removed_organizations) {
      std::erase_if(catalog_.organizations, [&](const auto& known) { return known.id == id; });
    }
    for (const auto& trust : change.removed_trusts) {
      std::erase_if(catalog_.trusts, [&](const auto& known) { return same_trust(known, trust); });
    }
    for (const auto& id : change.removed_clients) {
      std::erase_if(catalog_.clients, [&](const auto& known) { return known.id == id; });
    }
    for (const auto& key : change.removed_products) {
      std::erase_if(catalog_.products, [&](const auto& known) { return known.key == key; });
    }
    for (const auto& id : change.removed_contracts) {
      std::erase_if(catalog_.contracts, [&](const auto& known) { return known.id == id; });
      first_applied_.erase(id);
    }
    for (const auto& key : change.removed_sellers) {
      std::erase_if(catalog_.sellers, [&](const auto& known) { return known.key == key; });
    }
    for (const auto& id : change.removed_users) {
      std::erase_if(catalog_.users, [&](const auto& known) { return known.id == id; });
    }
    for (const auto& [organization, issuer] : change.removed_saml) {
      std::erase_if(catalog_.saml, [&, of = organization, name = std::string_view(issuer)](const auto& known) {
        return known.organization == of && known.issuer == name;
      });
    }
    for (const auto& id : change.tokens_ended_of) {
      std::erase_if(tokens_, [&](const auto& entry) { return entry.second.client_id == id; });
    }
    for (const auto& id : change.tokens_ended_of_users) {
      std::erase_if(tokens_, [&](const auto& entry) { return entry.second.user_id == id; });
    }
    put_all(catalog_.organizations, change.put.organizations, [](auto& a, auto& b) { return a.id == b.id; });
    put_all(catalog_.trusts, change.put.trusts, same_trust);
    put_all(catalog_.clients, change.put.clients, [](auto& a, auto& b) { return a.id == b.id; });
    put_all(catalog_.products, change.put.products, [](auto& a, auto& b) { return a.key == b.key; });
    put_all(catalog_.contracts, change.put.contracts, [](auto& a, auto& b) { return a.id == b.id; });
    for (const auto& contract : change.put.contracts) first_applied_.try_emplace(contract.id, change.applied_at);
    put_all(catalog_.sellers, change.put.sellers, [](auto& a, auto& b) { return a.key == b.key; });
    put_all(catalog_.users, change.put.users, [](auto& a, auto& b) { return a.id == b.id; });
    put_all(catalog_.saml, change.put.saml,
            [](auto& a, auto& b) { return a.organization == b.organization && a.issuer == b.issuer; });
    const auto& settings = change.put.settings;
    if (settings.close_grace_hours) catalog_.settings.close_grace_hours = settings.close_grace_hours;
    return {};
  }
  Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const override {
    const std::lock_guard lock(mutex_);
    const auto applied = first_applied_.find(id);
    return applied == first_applied_.end() ? std::nullopt : std::optional(applied->second);
  }

  Stored<bool> save_billing(const Billing& billing) override { return billing_.save_billing(billing); }
  Stored<std::uint64_t> last_invoice_sequence(std::string_view seller) const override {
    return billing_.last_invoice_sequence(seller);
  }
  Stored<std::vector<ClosedPeriod>> closed_periods(const core::OrganizationId& organization) const override {
    return billing_.closed_periods(organization);
  }
  Stored<std::optional<ClosedPeriodTexts>> closed_period_texts(const core::Uuid& contract,
                                                               core::Day start) const override {
    return billing_.closed_period_texts(contract, start);
  }
  Stored<std::optional<ProductBook>> product_book(const Digest& digest) const override {
    return billing_.product_book(digest);
  }
  Stored<std::vector<SettledInvoice>> invoices(const core::OrganizationId& organization) const override {
    return billing_.invoices(organization);
  }
  Stored<std::optional<SettledInvoice>> find_invoice(const core::Uuid& id) const override {
    return billing_.find_invoice(id);
  }
  Stored<std::optional<FrozenText>> invoice_text(const core::Uuid& id) const override {
    return billing_.invoice_text(id);
  }
  Stored<std::optional<Payment>> save_payment(const Payment& payment) override {
    return billing_.save_payment(payment);
  }
  Stored<std::vector<Payment>> payments(const core::Uuid& invoice) const override { return billing_.payments(invoice); }
  Stored<std::vector<core::OrganizationId>> billed_organizations() const override {
    return billing_.billed_organizations();
  }
  Stored<std::optional<std::array<std::uint8_t, 32>>> load_signing_key() const override {
    return billing_.load_signing_key();
  }
  StoreStatus save_signing_key(const std::array<std::uint8_t, 32>& key) override {
    billing_.save_signing_key(key);
    return {};
  }

  Stored<std::optional<core::OAuthClient>> load_operator() const override {
    const std::lock_guard lock(mutex_);
    return operator_;
  }
  StoreStatus save_operator(const core::OAuthClient& client) override {
    const std::lock_guard lock(mutex_);
    operator_ = client;
    return {};
  }

  StoreStatus save_tokens(std::span<const Token> tokens) override {
    const std::lock_guard lock(mutex_);
    for (const Token& token : tokens) tokens_[token.hash] = token;
    return {};
  }
  Stored<bool> exchange_token(const TokenHash& used, std::span<const Token> issued) override {
    const std::lock_guard lock(mutex_);
    const auto found = tokens_.find(used);
    if (found == tokens_.end() || found->second.use != TokenUse::refresh) return false;
    found->second.use = TokenUse::spent;
    for (const Token& token : issued) tokens_[token.hash] = token;
    return true;
  }
  StoreStatus end_family(const TokenFamily& family) override {
    const std::lock_guard lock(mutex_);
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second.family == family; });
    return {};
  }
  Stored<std::optional<Token>> find_token(const TokenHash& hash) const override {
    const std::lock_guard lock(mutex_);
    const auto token = tokens_.find(hash);
    return token == tokens_.end() ? std::nullopt : std::optional(token->second);
  }
  Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now) override {
    const std::lock_guard lock(mutex_);
    return std::erase_if(tokens_, [now](const auto& entry) { return entry.second.expires <= now; });
  }

  StoreStatus check_files() const override { return {}; }

  StoreFigures figures() const override {
    const std::lock_guard lock(events_->mutex);
    return {.events_stored = events_->accepted.size(), .tail_events = events_->accepted.size(), .bytes_on_disk = 0};
  }

 private:
  static bool same_trust(const core::Trust& a, const core::Trust& b) {
    return a.trustee == b.trustee && a.trustor == b.trustor;
  }

  // The event stored under a pair, or earlier in the same batch; nullptr where there is none.
  static const core::Event* find(const std::map<Pair, const core::Event*>& pairs, const Pair& pair) {
    const auto known = pairs.find(pair);
    return known == pairs.end() ? nullptr : known->second;
  }

  BatchOutcome commit_batch(EventBatch batch) {
    BatchOutcome outcome;
    std::map<Pair, const core::Event*> in_batch;
    const auto known = [&](const Pair& pair) {
      const core::Event* stored = find(by_pair_, pair);
      return stored != nullptr ? stored : find(in_batch, pair);
    };
    std::vector<const core::Event*> accepted;
    for (std::uint32_t index = 0; index < batch.size(); ++index) {
      const core::Event& event = batch[index];
      if (const core::Event* earlier = known(pair_of(event))) {
        if (*earlier == event) {
          ++outcome.duplicates;
        } else {
          outcome.conflicts.push_back(index);
        }
        continue;
      }
      if (const auto* correction = std::get_if<core::VoidEvent>(&event)) {
        const core::Event* target = known(target_of(*correction));
        if (target != nullptr && std::holds_alternative<core::VoidEvent>(*target)) {
          outcome.refused_voids.push_back(index);
          continue;
        }
      }
      in_batch.emplace(pair_of(event), &event);
      accepted.push_back(&event);
    }
    if (!outcome.refused_voids.empty()) {
      outcome.duplicates = 0;
      outcome.conflicts.clear();
      return outcome;
    }
    for (const core::Event* event : accepted) {
      events_->append(*event);
      by_pair_.emplace(pair_of(*event), &events_->accepted.back());
    }
    outcome.accepted = accepted.size();
    return outcome;
  }

  template <class Predicate>
  bool has_event(Predicate predicate) const {
    const std::lock_guard lock(events_->mutex);
    return std::any_of(events_->accepted.begin(), events_->accepted.end(), predicate);
  }

  std::shared_ptr<Events> events_ = std::make_shared<Events>();
  std::map<Pair, const core::Event*> by_pair_;  // guarded by the events' mutex

  mutable std::mutex mutex_;  // guards what follows
  core::Catalog catalog_;
  std::map<core::Uuid, core::TimePoint> first_applied_;  // of the contracts
  std::optional<core::OAuthClient> operator_;
  std::map<TokenHash, Token> tokens_;

  MemoryBilling billing_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store() {
  return std::make_unique<MemoryStore>();
}

}  // namespace tallystick::store
