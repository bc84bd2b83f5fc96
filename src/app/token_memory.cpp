#include "app/token_memory.hpp"

#include <utility>

#include "app/token_hash.hpp"

namespace tallystick::app {
namespace {

constexpr std::size_t tokens_in_memory_max = 10'000;

// The holder of a token, where it is still who it was when the token was made.
TokenMemory::Known holder_of(const store::Token& token, const CatalogSnapshot& catalog) {
  const TokenMemory::Known of_no_use{token.expires};
  if (token.use != store::TokenUse::access) return of_no_use;
  const core::OAuthClient* client = catalog.client(token.client_id);
  if (client == nullptr) return of_no_use;
  const core::User* user = nullptr;
  if (!token.user_id.empty()) {
    user = catalog.user(token.user_id);
    if (user == nullptr || user->organization != client->organization) return of_no_use;
  }
  if (fingerprint_of(*client, user) != token.secret_hash) return of_no_use;
  return {token.expires, client, user};
}

}  // namespace

TokenMemory::State TokenMemory::state(Catalog in_force) const {
  const std::lock_guard lock(mutex_);
  return {std::move(in_force), endings_};
}

std::optional<TokenMemory::Known> TokenMemory::find(const store::TokenHash& hash, const Catalog& in_force) {
  const std::lock_guard lock(mutex_);
  begin_anew_with(in_force);
  const auto found = tokens_.find(hash);
  return found == tokens_.end() ? std::nullopt : std::optional(found->second);
}

TokenMemory::Known TokenMemory::add(const store::Token& token, const State& read_under) {
  const Known known = holder_of(token, *read_under.in_force);
  const std::lock_guard lock(mutex_);
  if (read_under.endings != endings_) return known;
  begin_anew_with(read_under.in_force);
  if (tokens_.size() >= tokens_in_memory_max) tokens_.clear();
  tokens_.emplace(token.hash, known);
  return known;
}

void TokenMemory::forget_all() {
  const std::lock_guard lock(mutex_);
  ++endings_;
  tokens_.clear();
}

void TokenMemory::begin_anew_with(const Catalog& in_force) {
  if (catalog_ == in_force) return;
  tokens_.clear();
  catalog_ = in_force;
}

}  // namespace tallystick::app
