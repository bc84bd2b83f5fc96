#include "store/embedded/embedded_store.hpp"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/embedded/billing_rows.hpp"
#include "store/embedded/catalog_rows.hpp"
#include "store/embedded/commit_group.hpp"
#include "store/embedded/commit_log.hpp"
#include "store/embedded/database.hpp"
#include "store/embedded/dictionary.hpp"
#include "store/embedded/event_reading.hpp"
#include "store/embedded/live_tails.hpp"
#include "store/embedded/pair_filter.hpp"
#include "store/embedded/pair_filter_filling.hpp"
#include "store/embedded/pair_hash.hpp"
#include "store/embedded/presence_reading.hpp"
#include "store/embedded/sealing.hpp"
#include "store/embedded/token_rows.hpp"
#include "store/embedded/usage_reading.hpp"

namespace tallystick::store {
namespace embedded {
namespace {

constexpr std::string_view hash_key_row = "hash_key";

// Everything that a snapshot shares with its store and that must outlive both.
struct Foundation {
  std::shared_ptr<Database> database;
  std::shared_ptr<Dictionary> dictionary;
  PairHasher hasher;
};

class EmbeddedSnapshot final : public UsageSnapshot {
 public:
  EmbeddedSnapshot(std::shared_ptr<const Foundation> foundation, const LiveTails& tails)
      : foundation_(std::move(foundation)) {
    const std::shared_lock lock(tails.mutex);
    sequence_ = tails.last_sequence();
    if (tails.sealing) tails_.push_back(tails.sealing);
    tails_.push_back(tails.active);
    snapshot_ = tails.before_sealed_runs ? tails.before_sealed_runs : foundation_->database->snapshot();
  }

  StoreStatus usage(const core::OrganizationId& organization, core::Period range, const IsPooled& is_pooled,
                    const UseProduct& use) const override {
    auto sources = sources_of(organization, range);
    if (!sources) return {};
    return UsageReading(std::move(*sources), range).read(is_pooled, use);
  }

  StoreStatus presence(const core::OrganizationId& organization, core::Period range, const UseDay& use) const override {
    auto sources = sources_of(organization, range);
    if (!sources) return {};
    return PresenceReading(std::move(*sources), range).read(use);
  }

  StoreStatus events(const core::OrganizationId& organization, core::Period range, const UseEvent& use) const override {
    auto sources = sources_of(organization, range);
    if (!sources) return {};
    return EventReading(std::move(*sources)).read(range, use);
  }

  Stored<std::optional<core::Period>> days_with_events(const core::OrganizationId& organization) const override {
    core::Period always{core::event_time_min, core::TimePoint::max()};
    auto sources = sources_of(organization, always);
    if (!sources) return std::nullopt;
    return EventReading(std::move(*sources)).days();
  }

  Stored<std::vector<std::string_view>> names_of(std::span<const core::ResourceNumber> resources) const override {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(resources.size());
    for (const core::ResourceNumber resource : resources) numbers.push_back(value_of(resource));
    auto names = foundation_->dictionary->table(Dictionary::Kind::resource).names_of(numbers);
    if (!names) return fail(foundation_->database->corrupt("usage of a resource without a name"));
    return std::move(*names);
  }

 private:
  // Absent where nothing can have been used. Cuts off what lies before the first event that there may be: keys of rows
  // count days from there.
  std::optional<UsageSources> sources_of(const core::OrganizationId& organization, core::Period& range) const {
    range.start = std::max(range.start, core::event_time_min);
    const auto number = foundation_->dictionary->find(organization);
    if (!number || range.is_empty()) return std::nullopt;
    UsageSources sources{*foundation_->database,
                         snapshot_.get(),
                         *foundation_->dictionary,
                         foundation_->hasher,
                         organization,
                         *number,
                         {}};
    for (const auto& tail : tails_) sources.tails.push_back(tail->view(*number, sequence_));
    return sources;
  }

  std::shared_ptr<const Foundation> foundation_;
  std::vector<std::shared_ptr<const Tail>> tails_;
  std::uint64_t sequence_ = 0;
  SharedSnapshot snapshot_;
};

class EmbeddedStore final : public Store {
 public:
  EmbeddedStore(std::shared_ptr<const Foundation> foundation, const EmbeddedSettings& settings)
      : foundation_(std::move(foundation)),
        settings_(settings),
        catalog_(foundation_->database),
        tokens_(foundation_->database),
        billing_(foundation_->database) {}

  /// Replays the log; then the store may be used.
  StoreStatus start() {
    if (auto read = read_watermark(); !read) return read;
    if (auto replayed = replay(); !replayed) return replayed;
    filter_ = std::make_unique<PairFilter>(2 * tails_.watermark.events_stored, settings_.pair_filter_bytes_max);
    filter_->add(tails_.active->pairs());
    filling_ = std::make_unique<PairFilterFilling>(foundation_->database, *filter_);
    sealing_ = std::make_unique<Sealing>(foundation_->database, tails_);
    if (tails_.active->size() >= settings_.seal_after_events) sealing_->begin();
    return {};
  }

  Stored<std::vector<BatchOutcome>> commit(std::span<const EventBatch> batches) override {
    if (auto failure = sealing_->take_failure()) return fail(std::move(*failure));
    if (auto taken = make_room(batches); !taken) return fail(taken.error());

    Database& database = *foundation_->database;
    std::vector<std::shared_ptr<const Tail>> tails;
    {
      const std::shared_lock lock(tails_.mutex);
      tails = {tails_.active, tails_.sealing};
    }
    CommitGroup group(batches, foundation_->hasher, std::move(tails));
    if (auto found = group.look_up(database, *foundation_->dictionary, *filter_); !found) return fail(found.error());
    std::vector<BatchOutcome> outcomes = group.decide();
    DictionaryAdditions names(*foundation_->dictionary);
    group.number(names);
    if (group.events().empty()) return outcomes;

    rocksdb::WriteBatch batch;
    names.write(database, batch);
    // A batch in memory takes every row; a failure comes back from writing it.
    static_cast<void>(
        batch.Put(database.family(Family::log), log_key(sequence_ + 1), encode_log_record(group.events())));
    if (auto written = database.write(batch); !written) return fail(written.error());
    ++sequence_;
    names.publish();
    filter_->add(group.pairs());
    tails_.active->append(sequence_, group.events());
    if (tails_.active->size() >= settings_.seal_after_events) sealing_->begin();
    return outcomes;
  }

  std::unique_ptr<UsageSnapshot> snapshot() const override {
    return std::make_unique<EmbeddedSnapshot>(foundation_, tails_);
  }

  Stored<bool> organization_has_usage(const core::OrganizationId& organization) const override {
    return foundation_->dictionary->find(organization).has_value();
  }
  Stored<bool> product_has_usage(std::string_view product_key) const override {
    return foundation_->dictionary->find_product(product_key).has_value();
  }

  Stored<core::Catalog> load_catalog() const override { return catalog_.load_catalog(); }
  StoreStatus save_catalog(const CatalogChange& change) override { return catalog_.save_catalog(change); }
  Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const override {
    return catalog_.contract_first_applied(id);
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
    return billing_.save_signing_key(key);
  }

  Stored<std::optional<core::OAuthClient>> load_operator() const override { return catalog_.load_operator(); }
  StoreStatus save_operator(const core::OAuthClient& client) override { return catalog_.save_operator(client); }
  StoreStatus save_tokens(std::span<const Token> tokens) override { return tokens_.save_tokens(tokens); }
  Stored<bool> exchange_token(const TokenHash& used, std::span<const Token> issued) override {
    return tokens_.exchange_token(used, issued);
  }
  StoreStatus end_family(const TokenFamily& family) override { return tokens_.end_family(family); }
  Stored<std::optional<Token>> find_token(const TokenHash& hash) const override { return tokens_.find_token(hash); }
  Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now) override {
    return tokens_.remove_expired_tokens(now);
  }

  StoreStatus check_files() const override {
    Database& database = *foundation_->database;
    const rocksdb::Status checked = database.rocks().VerifyChecksum(rocksdb::ReadOptions());
    if (!checked.ok()) return fail(database.error("check files", checked));
    return {};
  }

  StoreFigures figures() const override {
    StoreFigures figures;
    {
      const std::shared_lock lock(tails_.mutex);
      figures.tail_events = tails_.size();
      figures.events_stored = tails_.watermark.events_stored + figures.tail_events;
    }
    figures.bytes_on_disk = foundation_->database->directory().bytes_on_disk();
    return figures;
  }

 private:
  StoreStatus read_watermark() {
    Database& database = *foundation_->database;
    const auto value = database.get(Family::watermark, watermark_key);
    if (!value) return fail(value.error());
    if (!*value) return {};
    const auto watermark = decode_watermark(**value);
    if (!watermark) return fail(database.corrupt("a watermark of an unknown form"));
    tails_.watermark = *watermark;
    sequence_ = watermark->sequence;
    return {};
  }

  StoreStatus replay() {
    Database& database = *foundation_->database;
    // What a crash between sealing and forgetting left behind.
    const rocksdb::Status forgotten = database.rocks().DeleteRange(
        rocksdb::WriteOptions(), database.family(Family::log), log_key(0), log_key(sequence_ + 1));
    if (!forgotten.ok()) return fail(database.error("forget the sealed log", forgotten));
    const std::unique_ptr<rocksdb::Iterator> row(
        database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(Family::log)));
    TextArena texts;
    for (row->Seek(log_key(sequence_ + 1)); row->Valid(); row->Next()) {
      texts.clear();
      const auto sequence = sequence_of(view_of(row->key()));
      const auto events = decode_log_record(view_of(row->value()), texts);
      if (sequence != sequence_ + 1 || !events) return fail(database.corrupt("a log with a gap"));
      sequence_ = *sequence;
      tails_.active->append(sequence_, *events);
    }
    if (!row->status().ok()) return fail(database.error("replay the log", row->status()));
    return {};
  }

  // Memory is bounded: a group that does not fit waits for sealing, outside.
  StoreStatus make_room(std::span<const EventBatch> batches) {
    std::uint64_t events = 0;
    for (const EventBatch batch : batches) events += batch.size();
    std::uint64_t held = 0;
    {
      const std::shared_lock lock(tails_.mutex);
      held = tails_.size();
    }
    // A group that is larger than the limit by itself is taken when nothing else is there.
    if (held == 0 || held + events <= settings_.tail_events_max) return {};
    sealing_->begin();
    return fail(StoreError{StoreError::Kind::overloaded,
                           std::to_string(held) + " events wait in memory to be sealed, at most " +
                               std::to_string(settings_.tail_events_max) + " may; try again in a few seconds"});
  }

  std::shared_ptr<const Foundation> foundation_;
  EmbeddedSettings settings_;
  CatalogRows catalog_;
  TokenRows tokens_;
  BillingRows billing_;
  LiveTails tails_;
  std::uint64_t sequence_ = 0;  // of the last group
  std::unique_ptr<PairFilter> filter_;
  std::unique_ptr<PairFilterFilling> filling_;
  std::unique_ptr<Sealing> sealing_;
};

// The key of a directory that is being made is durable before the directory counts as ours.
Stored<HashKey> hash_key_of(Database& database, const EmbeddedSettings& settings) {
  if (database.directory().is_new()) {
    rocksdb::WriteBatch batch;
    static_cast<void>(batch.Put(
        database.family(Family::meta), slice_of(hash_key_row),
        rocksdb::Slice(reinterpret_cast<const char*>(settings.new_hash_key.data()), settings.new_hash_key.size())));
    if (auto written = database.write(batch); !written) return fail(written.error());
    if (auto made = database.directory().finish_making(); !made) return fail(made.error());
    return settings.new_hash_key;
  }
  const auto row = database.get(Family::meta, hash_key_row);
  if (!row) return fail(row.error());
  HashKey key{};
  if (!*row || (*row)->size() != key.size()) return fail(database.corrupt("no key for its hashes"));
  std::copy((*row)->begin(), (*row)->end(), key.begin());
  return key;
}

}  // namespace
}  // namespace embedded

bool is_embedded_store(const std::filesystem::path& data_dir) {
  return embedded::DataDirectory::is_at(data_dir);
}

Stored<std::unique_ptr<Store>> open_embedded_store(const std::filesystem::path& data_dir,
                                                   const EmbeddedSettings& settings) {
  using namespace embedded;
  auto directory = DataDirectory::take(data_dir);
  if (!directory) return fail(directory.error());
  auto database = Database::open(std::move(*directory), settings);
  if (!database) return fail(database.error());
  if ((*database)->directory().is_older()) {
    if (auto upgraded = (*database)->directory().finish_upgrade(); !upgraded) return fail(upgraded.error());
  }
  const auto key = hash_key_of(**database, settings);
  if (!key) return fail(key.error());
  auto dictionary = Dictionary::load(**database);
  if (!dictionary) return fail(dictionary.error());
  auto store = std::make_unique<EmbeddedStore>(
      std::make_shared<const Foundation>(Foundation{*database, *dictionary, PairHasher(*key)}), settings);
  if (auto started = store->start(); !started) return fail(started.error());
  return store;
}

}  // namespace tallystick::store
