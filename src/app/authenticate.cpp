#include "app/authenticate.hpp"

#include <sodium.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "app/serial_worker.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

constexpr std::size_t tokens_in_memory_max = 10'000;
constexpr std::size_t tokens_being_saved_max = 1'024;
constexpr std::chrono::hours expired_tokens_removed_every{1};

core::Problem bad_credentials() {
  return {core::ProblemKind::bad_credentials, "Invalid login credentials.", {}, 0};
}

// A token is 256 random bits, which nobody can guess or find by its hash: a plain hash keeps a reader of the store from
// using it, and needs no key that would have to be kept.
store::TokenHash hash_token(std::string_view token) {
  store::TokenHash hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                     nullptr, 0);
  return hash;
}

// Tells apart the secrets that a client had one after the other: each stored hash has its own salt.
std::string fingerprint_of(std::string_view secret_hash) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(secret_hash.data()),
                     secret_hash.size(), nullptr, 0);
  return std::string(digest.begin(), digest.end());
}

struct TokenHasher {
  std::size_t operator()(const store::TokenHash& hash) const {
    std::size_t value = 0;
    std::memcpy(&value, hash.data(), sizeof value);
    return value;
  }
};

// Tokens as the store has them while one catalog is in force: a change of the catalog may end tokens there, or change
// their clients. Only the clock is looked at on each use.
class TokenMemory {
 public:
  using Catalog = std::shared_ptr<const CatalogSnapshot>;

  struct Known {
    core::TimePoint expires;
    const core::OAuthClient* client = nullptr;  // in the catalog in force; nullptr: the token is of no use with it
  };

  std::optional<Known> find(const store::TokenHash& hash, const Catalog& in_force) {
    const std::lock_guard lock(mutex_);
    begin_anew_with(in_force);
    const auto found = tokens_.find(hash);
    return found == tokens_.end() ? std::nullopt : std::optional(found->second);
  }
  // `in_force`: taken before the token was read or saved.
  Known add(const store::Token& token, const Catalog& in_force) {
    Known known{token.expires, in_force->client(token.client_id)};
    if (known.client != nullptr && fingerprint_of(known.client->secret_hash) != token.secret_hash) {
      known.client = nullptr;
    }
    const std::lock_guard lock(mutex_);
    begin_anew_with(in_force);
    if (tokens_.size() >= tokens_in_memory_max) tokens_.clear();
    tokens_.emplace(token.hash, known);
    return known;
  }

 private:
  void begin_anew_with(const Catalog& in_force) {
    if (catalog_ == in_force) return;
    tokens_.clear();
    catalog_ = in_force;
  }

  std::mutex mutex_;
  Catalog catalog_;
  std::unordered_map<store::TokenHash, Known, TokenHasher> tokens_;
};

}  // namespace

class Authentication::Impl {
 public:
  Impl(store::Store& store, const CurrentCatalog& catalog, RandomBytes random, VerifiedSecrets& secrets,
       Settings settings)
      : store_(store),
        catalog_(catalog),
        random_(std::move(random)),
        secrets_(secrets),
        saving_(tokens_being_saved_max),
        verifying_(settings.waiting_secrets_max) {}

  ~Impl() { is_stopping_ = true; }

  void issue(std::string client_id, std::string secret, core::TimePoint now, OnToken on_token) {
    const auto catalog = catalog_.get();
    const core::OAuthClient* client = catalog->client(client_id);
    // The worker may refuse the task, and then the answer is still ours to give.
    const auto answer = std::make_shared<OnToken>(std::move(on_token));
    if (client != nullptr && secrets_.remembers(client_id, client->secret_hash, secret)) {
      const bool is_taken = saving_.post([this, granted = *client, now, answer] { (*answer)(save(granted, now)); });
      if (!is_taken) (*answer)(fail(overloaded("Too many tokens are being saved.")));
      return;
    }
    const bool is_taken = verifying_.post(
        [this, catalog, client, id = std::move(client_id), given = std::move(secret), now, answer]() mutable {
          (*answer)(verify_and_save(id, client, given, now));
          sodium_memzero(given.data(), given.size());
        });
    if (!is_taken) (*answer)(fail(overloaded("Too many log-ins wait for their secret to be verified.")));
  }

  Result<Caller, core::Problem> authenticate(std::string_view text, core::TimePoint now) const {
    if (text.size() != made_secret_bytes) return fail(bad_credentials());
    const store::TokenHash hash = hash_token(text);
    const auto catalog = catalog_.get();
    std::optional<TokenMemory::Known> token = in_memory_.find(hash, catalog);
    if (!token) {
      auto stored = store_.find_token(hash);
      if (!stored) return fail(problem_of(stored.error()));
      if (!*stored) return fail(bad_credentials());
      token = in_memory_.add(**stored, catalog);
    }
    if (token->expires <= now || token->client == nullptr) return fail(bad_credentials());
    return caller_of(*token->client, hash);
  }

  std::optional<Caller> recall(std::string_view text, core::TimePoint now) const {
    if (text.size() != made_secret_bytes) return std::nullopt;
    const store::TokenHash hash = hash_token(text);
    const auto catalog = catalog_.get();
    const auto token = in_memory_.find(hash, catalog);
    if (!token || token->expires <= now || token->client == nullptr) return std::nullopt;
    return caller_of(*token->client, hash);
  }

 private:
  static Caller caller_of(const core::OAuthClient& client, const store::TokenHash& hash) {
    return {client.id, client.organization, client.permissions, hash};
  }

  // On the verifying thread. `client` is nullptr for an unknown id.
  Result<IssuedToken, core::Problem> verify_and_save(const std::string& id, const core::OAuthClient* client,
                                                     std::string_view secret, core::TimePoint now) {
    if (is_stopping_) return fail(overloaded("The server is stopping."));
    if (client == nullptr) {
      // The outcome is known; only the time that it takes is wanted.
      static_cast<void>(verify_secret(secret, unmatchable_secret_hash()));
      return fail(bad_credentials());
    }
    if (!secrets_.verify(id, client->secret_hash, secret)) return fail(bad_credentials());
    return save(*client, now);
  }

  // On either worker thread: waits for the disk.
  Result<IssuedToken, core::Problem> save(const core::OAuthClient& client, core::TimePoint now) {
    IssuedToken issued{make_secret(random_), client.token_seconds};
    store::Token token;
    token.hash = hash_token(issued.access_token);
    token.client_id = client.id;
    token.expires = now + std::chrono::seconds(client.token_seconds);
    token.secret_hash = fingerprint_of(client.secret_hash);
    const auto in_force = catalog_.get();
    if (const auto saved = store_.save_token(token); !saved) return fail(problem_of(saved.error()));
    in_memory_.add(token, in_force);
    if (const auto removed = remove_expired(now); !removed) return fail(problem_of(removed.error()));
    return issued;
  }

  store::StoreStatus remove_expired(core::TimePoint now) {
    const std::lock_guard lock(removing_mutex_);
    if (now < next_removal_) return {};
    next_removal_ = now + expired_tokens_removed_every;
    if (auto removed = store_.remove_expired_tokens(now); !removed) return fail(std::move(removed.error()));
    return {};
  }

  store::Store& store_;
  const CurrentCatalog& catalog_;
  const RandomBytes random_;
  VerifiedSecrets& secrets_;
  mutable TokenMemory in_memory_;
  std::mutex removing_mutex_;
  core::TimePoint next_removal_;
  std::atomic<bool> is_stopping_ = false;
  // Last, so that they end before what their tasks use.
  SerialWorker saving_;
  SerialWorker verifying_;
};

Authentication::Authentication(store::Store& store, const CurrentCatalog& catalog, RandomBytes random,
                               VerifiedSecrets& secrets, Settings settings)
    : impl_(std::make_unique<Impl>(store, catalog, std::move(random), secrets, settings)) {}
Authentication::~Authentication() = default;

void Authentication::issue_token(std::string client_id, std::string secret, core::TimePoint now, OnToken on_token) {
  impl_->issue(std::move(client_id), std::move(secret), now, std::move(on_token));
}

Result<Caller, core::Problem> Authentication::authenticate(std::string_view token, core::TimePoint now) const {
  return impl_->authenticate(token, now);
}

std::optional<Caller> Authentication::recall(std::string_view token, core::TimePoint now) const {
  return impl_->recall(token, now);
}

}  // namespace tallystick::app
