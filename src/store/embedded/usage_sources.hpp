#pragma once
#include <rocksdb/db.h>

#include <vector>

#include "store/embedded/database.hpp"
#include "store/embedded/dictionary.hpp"
#include "store/embedded/pair_hash.hpp"
#include "store/embedded/stored_event.hpp"
#include "store/embedded/tail.hpp"

namespace tallystick::store::embedded {

/// From where an answer about one organization comes, all as of the same commit.
struct UsageSources {
  Database& database;
  const rocksdb::Snapshot* snapshot;
  const Dictionary& dictionary;
  const PairHasher& hasher;
  core::OrganizationId organization;
  OrganizationNumber number;
  std::vector<Tail::View> tails;
};

}  // namespace tallystick::store::embedded
