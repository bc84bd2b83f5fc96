#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/billing_records.hpp"
#include "tallystick/core/aggregate.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/presence.hpp"
#include "tallystick/core/result.hpp"

/// The port between use cases and whatever keeps the data. tests/store/conformance states what every adapter must do.
namespace tallystick::store {

/// Why the store could not do what was asked. Always about the store itself, never about the caller's data.
struct StoreError {
  enum class Kind {
    io,            ///< reading or writing failed
    locked,        ///< another process owns the directory
    not_ours,      ///< the directory holds something else
    older_format,  ///< written by an earlier version, in a form that this one does not read
    newer_format,  ///< written by a later version
    corrupt,       ///< what was read breaks the store's own rules
    overloaded,    ///< sealing fell behind; nothing was written, the same call may succeed later
  };
  Kind kind = Kind::io;
  std::string message;  ///< what happened, where, and what to do next
};

template <class Value>
using Stored = Result<Value, StoreError>;
using StoreStatus = Status<StoreError>;

// ---- usage events ---------------------------------------------------------------------------------------------------

/// What became of one batch. Either refused_voids is not empty and nothing of the batch was stored, or
/// accepted + duplicates + conflicts.size() is the number of its events.
struct BatchOutcome {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
  std::vector<std::uint32_t> conflicts;      ///< indexes of events whose pair is known with other content
  std::vector<std::uint32_t> refused_voids;  ///< indexes of voids whose target is known to be a void
};

/// One caller's events, checked already (core::check_event). Borrowed for the length of the call.
using EventBatch = std::span<const core::Event>;

/// What one product was used for outside of intervals, resource by resource, in no particular order.
struct ProductUsage {
  std::string_view product;  ///< key in the catalog
  std::span<const core::ResourceUsage> resources;
};

/// A usage event that counts. Texts are borrowed.
struct CountingEvent {
  std::string_view product;  ///< key in the catalog
  core::ResourceNumber resource{};
  core::MeteredEvent event;
};

/// The usage at one moment; later commits do not change what it says. Names in its answers live as long as it does, and
/// its numbers of resources are its own. May be used from any thread, by one thread at a time.
///
/// An event without `until` is a moment and counts in `usage` alone; one with `until` is an interval and counts in
/// `presence` alone. Voided events are as if they had never been.
class UsageSnapshot {
 public:
  UsageSnapshot() = default;
  UsageSnapshot(const UsageSnapshot&) = delete;
  UsageSnapshot& operator=(const UsageSnapshot&) = delete;
  virtual ~UsageSnapshot() = default;

  /// Whether the resources of a product, given by its key, are to be taken for one.
  using IsPooled = std::function<bool(std::string_view)>;
  /// Takes the usage of one product; what it is given lives until it returns.
  using UseProduct = std::function<void(const ProductUsage&)>;
  /// Calls `use` for every product with at least one moment of the organization in [range.start, range.end), with each
  /// such resource's aggregate over exactly that range. Of a product that is pooled there is one aggregate, of all
  /// resources: its number and its last quantity mean nothing. Pools are read at a cost that does not grow with the
  /// resources. On an error some products may have been handed over.
  [[nodiscard]] virtual StoreStatus usage(const core::OrganizationId& organization, core::Period range,
                                          const IsPooled& is_pooled, const UseProduct& use) const = 0;

  /// Takes the products with presence on one day; what it is given lives until it returns.
  using UseDay = std::function<void(core::Day, std::span<const core::ProductPresence>)>;
  /// Calls `use` for every day, in order, on which an interval of the organization covers a moment of the range: with
  /// each such product's presence, clipped to the range and merged, products in no particular order.
  [[nodiscard]] virtual StoreStatus presence(const core::OrganizationId& organization, core::Period range,
                                             const UseDay& use) const = 0;

  /// Takes one event; what it is given lives until it returns.
  using UseEvent = std::function<void(const CountingEvent&)>;
  /// Calls `use` once for every event of the organization that covers a moment of the range and was not voided, moments
  /// and intervals, in no particular order: read from the events themselves, whatever totals the store keeps beside
  /// them. By these `tallystick verify` measures `usage` and `presence`.
  [[nodiscard]] virtual StoreStatus events(const core::OrganizationId& organization, core::Period range,
                                           const UseEvent& use) const = 0;
  /// The whole days from the first moment that an event of the organization covers to the last one, voided events
  /// included; absent where there is no event. Cheap.
  [[nodiscard]] virtual Stored<std::optional<core::Period>> days_with_events(
      const core::OrganizationId& organization) const = 0;

  /// The names of resources that this snapshot's answers number, in the same order.
  [[nodiscard]] virtual Stored<std::vector<std::string_view>> names_of(
      std::span<const core::ResourceNumber> resources) const = 0;
};

// ---- tokens ---------------------------------------------------------------------------------------------------------

using TokenHash = std::array<std::uint8_t, 32>;

enum class TokenUse {
  access,   ///< shown with requests
  refresh,  ///< exchanged once for new tokens
  spent,    ///< good for nothing any more, and kept so that it is recognized when it is shown again
};

/// What has the same log-in of a person as its origin: random bytes; all zero: a family of none.
using TokenFamily = std::array<std::uint8_t, 16>;

/// A token that was handed out; the token itself is not kept.
struct Token {
  TokenHash hash{};
  std::string client_id;
  core::TimePoint expires;
  /// Fingerprint of the secrets with which it was obtained, the client's and the person's: a changed one ends the
  /// token.
  std::string secret_hash;
  TokenUse use = TokenUse::access;
  std::string user_id;  ///< the person for whom it was obtained; empty: the client for itself
  /// Of refresh tokens: whether the client proved its secret. One that did not (PKCE) need not prove it to refresh.
  bool client_was_authenticated = true;
  TokenFamily family{};
  friend bool operator==(const Token&, const Token&) = default;
};

// ---- catalog --------------------------------------------------------------------------------------------------------

/// Entities to write (whole, by their key) and to remove. Keys: organization id, trust (trustee, trustor), client id,
/// product key, contract id, seller key, user id, SAML issuer (organization, issuer).
struct CatalogChange {
  core::Catalog put;  ///< of the settings those that are set replace what is stored
  std::vector<core::OrganizationId> removed_organizations;
  std::vector<core::Trust> removed_trusts;  ///< compared by trustee and trustor
  std::vector<std::string> removed_clients;
  std::vector<std::string> removed_products;
  std::vector<core::Uuid> removed_contracts;
  std::vector<std::string> removed_sellers;
  std::vector<std::string> removed_users;
  std::vector<std::pair<core::OrganizationId, std::string>> removed_saml;  ///< organization and issuer
  core::TimePoint applied_at;                                              ///< kept for contracts that are new
  /// Clients and people whose tokens are forgotten in the same write.
  std::vector<std::string> tokens_ended_of;
  std::vector<std::string> tokens_ended_of_users;
};

// ---- the port -------------------------------------------------------------------------------------------------------

/// Sizes that operators watch.
struct StoreFigures {
  std::uint64_t events_stored = 0;  ///< accepted for ever, voids included
  std::uint64_t tail_events = 0;    ///< in memory, not sealed yet
  std::uint64_t bytes_on_disk = 0;
};

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// Stores a group of batches as one durable write and says what became of each, in order. When it returns, the
  /// accepted events survive kill -9 and a power cut, and every later snapshot counts them. Batches see the effect of
  /// those before them in the group. On an error nothing of the group was stored. One thread at a time.
  [[nodiscard]] virtual Stored<std::vector<BatchOutcome>> commit(std::span<const EventBatch> group) = 0;

  /// Cheap; any thread, at any time.
  [[nodiscard]] virtual std::unique_ptr<UsageSnapshot> snapshot() const = 0;

  /// Whether an event of the organization, or of the product in any organization, was ever stored.
  [[nodiscard]] virtual Stored<bool> organization_has_usage(const core::OrganizationId& organization) const = 0;
  [[nodiscard]] virtual Stored<bool> product_has_usage(std::string_view product_key) const = 0;

  /// The whole catalog, each kind in the order in which its entities were first put.
  [[nodiscard]] virtual Stored<core::Catalog> load_catalog() const = 0;
  /// Durable, whole or not at all.
  [[nodiscard]] virtual StoreStatus save_catalog(const CatalogChange& change) = 0;
  /// When a contract was first put; absent: it is not there. A removed contract that comes again comes anew.
  [[nodiscard]] virtual Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const = 0;

  /// Durable, whole or not at all. False, and nothing is written: one of the periods is closed already, a later book is
  /// for a period that is not closed, one of the invoices is there already, its sequence is not the next of its seller,
  /// or a credit note is for an invoice that is not there. What the step itself closes or issued before counts as
  /// there. Credits of a credit note join the settlement of its invoice in the same step.
  [[nodiscard]] virtual Stored<bool> save_billing(const Billing& billing) = 0;
  /// The last sequence that a seller's invoices have; 0: none yet.
  [[nodiscard]] virtual Stored<std::uint64_t> last_invoice_sequence(std::string_view seller) const = 0;

  /// Closed periods of an organization, by their start, then by contract; ones with the latest book.
  [[nodiscard]] virtual Stored<std::vector<ClosedPeriod>> closed_periods(
      const core::OrganizationId& organization) const = 0;
  /// Absent: it is not closed.
  [[nodiscard]] virtual Stored<std::optional<ClosedPeriodTexts>> closed_period_texts(const core::Uuid& contract,
                                                                                     core::Day start) const = 0;
  /// Absent: no period was closed with it.
  [[nodiscard]] virtual Stored<std::optional<ProductBook>> product_book(const Digest& digest) const = 0;

  /// Invoices and credit notes of an organization, by date, then by id.
  [[nodiscard]] virtual Stored<std::vector<SettledInvoice>> invoices(
      const core::OrganizationId& organization) const = 0;
  [[nodiscard]] virtual Stored<std::optional<SettledInvoice>> find_invoice(const core::Uuid& id) const = 0;
  [[nodiscard]] virtual Stored<std::optional<FrozenText>> invoice_text(const core::Uuid& id) const = 0;

  /// Durable. The payment that is stored under this invoice and idempotency key: the one given where the key was new,
  /// else the earlier one, and then nothing is written. Absent: there is no such invoice.
  [[nodiscard]] virtual Stored<std::optional<Payment>> save_payment(const Payment& payment) = 0;
  /// By the time at which they were recorded, then by key.
  [[nodiscard]] virtual Stored<std::vector<Payment>> payments(const core::Uuid& invoice) const = 0;

  /// Every organization with closed periods or invoices, by id.
  [[nodiscard]] virtual Stored<std::vector<core::OrganizationId>> billed_organizations() const = 0;

  /// 32 random bytes that sign addresses of documents; absent before they are saved. Not part of the catalog.
  [[nodiscard]] virtual Stored<std::optional<std::array<std::uint8_t, 32>>> load_signing_key() const = 0;
  [[nodiscard]] virtual StoreStatus save_signing_key(const std::array<std::uint8_t, 32>& key) = 0;

  /// The client that operates this server, absent before save_operator. Not part of the catalog.
  [[nodiscard]] virtual Stored<std::optional<core::OAuthClient>> load_operator() const = 0;
  [[nodiscard]] virtual StoreStatus save_operator(const core::OAuthClient& client) = 0;

  /// All or none, durable. Any thread.
  [[nodiscard]] virtual StoreStatus save_tokens(std::span<const Token> tokens) = 0;
  /// Makes the refresh token `used` a spent one and saves `issued` in one durable write. False, and nothing is saved,
  /// where `used` is not there or no refresh token (any more): one is exchanged once, however many ask at a time. Any
  /// thread.
  [[nodiscard]] virtual Stored<bool> exchange_token(const TokenHash& used, std::span<const Token> issued) = 0;
  /// Forgets every token of the family, spent ones too. Durable. Any thread.
  [[nodiscard]] virtual StoreStatus end_family(const TokenFamily& family) = 0;
  [[nodiscard]] virtual Stored<std::optional<Token>> find_token(const TokenHash& hash) const = 0;
  /// Forgets tokens whose time has come; returns how many.
  [[nodiscard]] virtual Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now) = 0;

  /// Reads all that is on disk and holds it to its checksums. Errors: corrupt, io.
  [[nodiscard]] virtual StoreStatus check_files() const = 0;

  [[nodiscard]] virtual StoreFigures figures() const = 0;
};

}  // namespace tallystick::store
