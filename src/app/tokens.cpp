#include "app/tokens.hpp"

#include <chrono>
#include <utility>

#include "app/store_problem.hpp"
#include "app/token_hash.hpp"

namespace tallystick::app {
namespace {

constexpr std::chrono::hours expired_tokens_removed_every{1};

bool is_good(const TokenMemory::Known& token, core::TimePoint now) {
  return token.expires > now && token.client != nullptr;
}

Caller caller_of(const TokenMemory::Known& token, const store::TokenHash& hash) {
  const core::OAuthClient& client = *token.client;
  if (token.user == nullptr) return {client.id, client.organization, client.permissions, {}, hash};
  return {client.id, client.organization, token.user->permissions, token.user->id, hash};
}

}  // namespace

core::Problem bad_credentials() {
  return {core::ProblemKind::bad_credentials, "Invalid login credentials.", {}, 0};
}

Tokens::Tokens(store::Store& store, const CurrentCatalog& catalog, RandomBytes random)
    : store_(store), catalog_(catalog), random_(std::move(random)) {}

store::TokenFamily Tokens::new_family() const {
  store::TokenFamily family{};
  random_(family);
  return family;
}

Tokens::Issued Tokens::issue(const TokenHolder& holder, core::TimePoint now) {
  return save(make(holder, nullptr, now), now);
}

Tokens::Issued Tokens::issue_refreshable(const TokenHolder& holder, const RefreshLine& line, core::TimePoint now) {
  return save(make(holder, &line, now), now);
}

Tokens::IssuedOnce Tokens::exchange(const store::TokenHash& used, const TokenHolder& holder, const RefreshLine& line,
                                    core::TimePoint now) {
  Made made = make(holder, &line, now);
  const auto state = in_memory_.state(catalog_.get());
  const auto exchanged = store_.exchange_token(used, made.stored);
  if (!exchanged) return fail(problem_of(exchanged.error()));
  if (!*exchanged) return std::nullopt;
  if (auto noted = note_saved(made.stored.front(), state, now); !noted) return fail(std::move(noted.error()));
  return std::move(made.issued);
}

Tokens::IssuedOnce Tokens::issue_once(const store::TokenHash& name, core::TimePoint remembered_until,
                                      const TokenHolder& holder, core::TimePoint now) {
  auto known = find(name);
  if (!known) return fail(std::move(known.error()));
  if (*known) return std::nullopt;
  Made made = make(holder, nullptr, now);
  // Of no client or person, so that no change of the catalog makes it forgotten.
  store::Token remembered;
  remembered.hash = name;
  remembered.expires = remembered_until;
  remembered.use = store::TokenUse::spent;
  made.stored.push_back(std::move(remembered));
  auto issued = save(std::move(made), now);
  if (!issued) return fail(std::move(issued.error()));
  return std::move(*issued);
}

Status<core::Problem> Tokens::end_family(const store::TokenFamily& family) {
  const auto ended = store_.end_family(family);
  in_memory_.forget_all();
  if (!ended) return fail(problem_of(ended.error()));
  return {};
}

Result<std::optional<store::Token>, core::Problem> Tokens::find(const store::TokenHash& hash) const {
  auto found = store_.find_token(hash);
  if (!found) return fail(problem_of(found.error()));
  return std::move(*found);
}

Result<Caller, core::Problem> Tokens::authenticate(std::string_view text, core::TimePoint now) const {
  if (text.size() != made_secret_bytes) return fail(bad_credentials());
  const store::TokenHash hash = hash_token(text);
  const auto catalog = catalog_.get();
  std::optional<TokenMemory::Known> token = in_memory_.find(hash, catalog);
  if (!token) {
    const auto state = in_memory_.state(catalog);
    auto stored = find(hash);
    if (!stored) return fail(std::move(stored.error()));
    if (!*stored) return fail(bad_credentials());
    token = in_memory_.add(**stored, state);
  }
  if (!is_good(*token, now)) return fail(bad_credentials());
  return caller_of(*token, hash);
}

std::optional<Caller> Tokens::recall(std::string_view text, core::TimePoint now) const {
  if (text.size() != made_secret_bytes) return std::nullopt;
  const store::TokenHash hash = hash_token(text);
  const auto catalog = catalog_.get();
  const auto token = in_memory_.find(hash, catalog);
  if (!token || !is_good(*token, now)) return std::nullopt;
  return caller_of(*token, hash);
}

Tokens::Made Tokens::make(const TokenHolder& holder, const RefreshLine* line, core::TimePoint now) const {
  Made made;
  made.issued = {make_secret(random_), holder.client.token_seconds};
  store::Token token;
  token.hash = hash_token(made.issued.access_token);
  token.client_id = holder.client.id;
  token.expires = now + std::chrono::seconds(holder.client.token_seconds);
  token.secret_hash = fingerprint_of(holder.client, holder.user);
  if (holder.user != nullptr) token.user_id = holder.user->id;
  if (line != nullptr) token.family = line->family;
  made.stored.push_back(token);
  if (line == nullptr) return made;

  made.issued.refresh_token = make_secret(random_);
  token.hash = hash_token(made.issued.refresh_token);
  token.use = store::TokenUse::refresh;
  token.expires = now + std::chrono::days(refresh_days);
  token.client_was_authenticated = line->client_was_authenticated;
  made.stored.push_back(std::move(token));
  return made;
}

Tokens::Issued Tokens::save(Made made, core::TimePoint now) {
  const auto state = in_memory_.state(catalog_.get());
  if (const auto saved = store_.save_tokens(made.stored); !saved) return fail(problem_of(saved.error()));
  if (auto noted = note_saved(made.stored.front(), state, now); !noted) return fail(std::move(noted.error()));
  return std::move(made.issued);
}

Status<core::Problem> Tokens::note_saved(const store::Token& access, const TokenMemory::State& saved_under,
                                         core::TimePoint now) {
  in_memory_.add(access, saved_under);
  if (const auto removed = remove_expired(now); !removed) return fail(problem_of(removed.error()));
  return {};
}

store::StoreStatus Tokens::remove_expired(core::TimePoint now) {
  const std::lock_guard lock(removing_mutex_);
  if (now < next_removal_) return {};
  next_removal_ = now + expired_tokens_removed_every;
  if (auto removed = store_.remove_expired_tokens(now); !removed) return fail(std::move(removed.error()));
  return {};
}

}  // namespace tallystick::app
