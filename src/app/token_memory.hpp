#pragma once
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "app/catalog_snapshot.hpp"
#include "store/store.hpp"

namespace tallystick::app {

/// Access tokens as the store has them while one catalog is in force: a change of the catalog may end tokens there, or
/// change their clients and people. Only the clock is looked at on each use. Any thread.
class TokenMemory {
 public:
  using Catalog = std::shared_ptr<const CatalogSnapshot>;

  struct Known {
    core::TimePoint expires;
    const core::OAuthClient* client = nullptr;  ///< in the catalog in force; nullptr: the token is of no use with it
    const core::User* user = nullptr;           ///< likewise; nullptr: the client for itself
  };

  /// What holds while a token is read from the store, or saved: what ends tokens meanwhile makes another state, and a
  /// token of a former one is not remembered.
  struct State {
    Catalog in_force;
    std::uint64_t endings = 0;
  };
  /// To be taken before a token is read or saved.
  [[nodiscard]] State state(Catalog in_force) const;

  [[nodiscard]] std::optional<Known> find(const store::TokenHash& hash, const Catalog& in_force);
  Known add(const store::Token& token, const State& read_under);
  /// Tokens were ended in the store.
  void forget_all();

 private:
  void begin_anew_with(const Catalog& in_force);

  struct Hasher {
    std::size_t operator()(const store::TokenHash& hash) const {
      std::size_t value = 0;
      std::memcpy(&value, hash.data(), sizeof value);
      return value;
    }
  };

  mutable std::mutex mutex_;
  Catalog catalog_;
  std::uint64_t endings_ = 0;
  std::unordered_map<store::TokenHash, Known, Hasher> tokens_;
};

}  // namespace tallystick::app
