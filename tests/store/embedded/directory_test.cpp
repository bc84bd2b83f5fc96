#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "store/billed.hpp"
#include "store/embedded/byte_codec.hpp"
#include "store/embedded/database.hpp"
#include "store/store_under_test.hpp"
#include "store/usage_events.hpp"

namespace tallystick::store::test {
namespace {

namespace fs = std::filesystem;
using Kind = StoreError::Kind;

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

Stored<std::unique_ptr<Store>> open(const fs::path& path) {
  return open_embedded_store(path, small_settings(1000));
}

void make_and_close(const fs::path& path) {
  commit(*open_or_throw(path, small_settings(1000)), {used({.id = "kept", .time = "2026-03-04T09:00:00Z"})});
}

bool keeps_its_event(const fs::path& path) {
  return commit(*open_or_throw(path, small_settings(1000)), {used({.id = "kept", .time = "2026-03-04T09:00:00Z"})})
             .duplicates == 1;
}

struct Refusal {
  std::string what;
  std::function<fs::path(const fs::path&)> prepare;  // returns the directory to open
  Kind kind;
  std::string says;  // part of the message
};

fs::path with_format(const fs::path& root, const std::string& text) {
  make_and_close(root / "data");
  write(root / "data" / "format", text);
  return root / "data";
}

// Permission bits do not bind root, who runs these tests in many places: an unwritable place is one below a regular
// file, or in a file system of the kernel's own, where nobody can make a directory.
const std::vector<Refusal>& refusals() {
  static const std::vector<Refusal> all{
      {"a file of someone else",
       [](const fs::path& root) {
         write(root / "holiday.jpg", "x");
         return root;
       },
       Kind::not_ours, "holiday.jpg"},
      {"a directory of someone else",
       [](const fs::path& root) {
         fs::create_directory(root / "db");
         return root;
       },
       Kind::not_ours, "db"},
      {"a regular file",
       [](const fs::path& root) {
         write(root / "file", "x");
         return root / "file";
       },
       Kind::not_ours, "not a directory"},
      {"below a regular file",
       [](const fs::path& root) {
         write(root / "file", "x");
         return root / "file" / "data";
       },
       Kind::io, "cannot create"},
      {"where the kernel takes no files", [](const fs::path&) { return fs::path("/proc/tallystick"); }, Kind::io,
       "cannot create"},
      {"a format that is not upgraded", [](const fs::path& root) { return with_format(root, "tallystick 3\n"); },
       Kind::older_format, "go on with the earlier one, or name a new directory"},
      {"the next format", [](const fs::path& root) { return with_format(root, "tallystick 7\n"); }, Kind::newer_format,
       "format 6"},
      {"a far later format", [](const fs::path& root) { return with_format(root, "tallystick 1000000\n"); },
       Kind::newer_format, "later"},
      {"another word", [](const fs::path& root) { return with_format(root, "abacus 2\n"); }, Kind::corrupt, "format"},
      {"an empty format", [](const fs::path& root) { return with_format(root, ""); }, Kind::corrupt, "format"},
      {"no number", [](const fs::path& root) { return with_format(root, "tallystick one\n"); }, Kind::corrupt,
       "format"},
      {"a number too many", [](const fs::path& root) { return with_format(root, "tallystick 6 7\n"); }, Kind::corrupt,
       "format"},
      {"format zero", [](const fs::path& root) { return with_format(root, "tallystick 0\n"); }, Kind::corrupt,
       "format"},
      {"a negative number", [](const fs::path& root) { return with_format(root, "tallystick -1\n"); }, Kind::corrupt,
       "format"},
      {"a number out of range", [](const fs::path& root) { return with_format(root, "tallystick 99999999999\n"); },
       Kind::corrupt, "format"},
      {"zero bytes", [](const fs::path& root) { return with_format(root, std::string(64, '\0')); }, Kind::corrupt,
       "format"},
      {"a format without a database",
       [](const fs::path& root) {
         make_and_close(root / "data");
         fs::remove_all(root / "data" / "db");
         return root / "data";
       },
       Kind::corrupt, "missing"},
  };
  return all;
}

TEST(DataDirectory, WhatIsNotAGoodDirectoryIsRefusedInClearWords) {
  for (const Refusal& refusal : refusals()) {
    const TemporaryDirectory root;
    const fs::path path = refusal.prepare(root.path());
    const auto opened = open(path);
    ASSERT_FALSE(opened) << refusal.what;
    EXPECT_EQ(opened.error().kind, refusal.kind) << refusal.what << ": " << opened.error().message;
    EXPECT_NE(opened.error().message.find(refusal.says), std::string::npos) << opened.error().message;
    EXPECT_NE(opened.error().message.find(path.filename().string()), std::string::npos) << opened.error().message;
  }
}

TEST(DataDirectory, ARefusedDirectoryIsLeftAsItWas) {
  const TemporaryDirectory root;
  write(root.path() / "holiday.jpg", "x");
  fs::create_directory(root.path() / "db");
  write(root.path() / "db" / "CURRENT", "theirs");
  ASSERT_FALSE(open(root.path()));
  EXPECT_TRUE(fs::exists(root.path() / "db" / "CURRENT"));
  EXPECT_FALSE(fs::exists(root.path() / "format"));
  EXPECT_FALSE(fs::exists(root.path() / "lock"));
}

TEST(DataDirectory, ASecondOwnerIsRefusedUntilTheFirstIsGone) {
  const TemporaryDirectory root;
  auto first = open(root.path());
  ASSERT_TRUE(first);
  const auto second = open(root.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::locked);
  EXPECT_NE(second.error().message.find("in use"), std::string::npos);
  first->reset();
  EXPECT_TRUE(open(root.path()));
}

TEST(DataDirectory, ASnapshotKeepsTheDirectoryInUse) {
  const TemporaryDirectory root;
  auto store = open(root.path());
  ASSERT_TRUE(store);
  commit(**store, {used({.id = "1", .time = "2026-03-04T09:00:00Z"})});
  auto snapshot = (*store)->snapshot();
  store->reset();
  EXPECT_EQ(seen(*snapshot, bank, {at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z")}).size(), 1U);
  EXPECT_EQ(open(root.path()).error().kind, Kind::locked);
  snapshot.reset();
  EXPECT_TRUE(open(root.path()));
}

TEST(DataDirectory, MissingParentsAreMade) {
  const TemporaryDirectory root;
  make_and_close(root.path() / "a" / "b" / "data");
  EXPECT_TRUE(keeps_its_event(root.path() / "a" / "b" / "data"));
}

TEST(DataDirectory, TheServersOwnFilesMayLieThere) {
  const TemporaryDirectory root;
  write(root.path() / "operator.json", "{}");
  make_and_close(root.path());
  EXPECT_TRUE(keeps_its_event(root.path()));
  EXPECT_TRUE(fs::exists(root.path() / "operator.json"));
}

TEST(DataDirectory, OneThatWasCutShortIsMadeAnew) {
  const TemporaryDirectory root;
  write(root.path() / "format.new", "tallystick 1\n");
  fs::create_directory(root.path() / "db");
  write(root.path() / "db" / "CURRENT", "half a database");
  make_and_close(root.path());
  EXPECT_TRUE(keeps_its_event(root.path()));
  EXPECT_FALSE(fs::exists(root.path() / "format.new"));
}

std::string format_of(const fs::path& path) {
  std::ifstream file(path / "format", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

core::Catalog catalog_of_format_4() {
  core::Catalog catalog;
  catalog.products = {full_product()};
  catalog.contracts = {full_contract(1), full_contract(2)};
  return catalog;
}

// With an event and a catalog, as an earlier tallystick left it: without rows of billing, and without the times at
// which contracts were first put.
void make_of_format_4(const fs::path& path) {
  make_and_close(path);
  {
    CatalogChange change;
    change.put = catalog_of_format_4();
    change.applied_at = at("2026-03-04T09:00:00Z");
    ASSERT_TRUE(open_or_throw(path, small_settings(1000))->save_catalog(change));
  }
  auto directory = take(embedded::DataDirectory::take(path));
  const auto database = take(embedded::Database::open(std::move(directory), small_settings(1000)));
  rocksdb::DB& rocks = database->rocks();
  ASSERT_TRUE(rocks.DropColumnFamily(database->family(embedded::Family::billing)).ok());
  const std::string first_times = {7};
  const std::string behind_first_times = {8};
  ASSERT_TRUE(rocks
                  .DeleteRange(rocksdb::WriteOptions(), database->family(embedded::Family::catalog), first_times,
                               behind_first_times)
                  .ok());
  write(path / "format", "tallystick 4\n");
}

TEST(DataDirectory, OneOfFormat4IsBroughtToFormat6WithAllThatIsInIt) {
  const TemporaryDirectory root;
  make_of_format_4(root.path());
  {
    const auto store = open_or_throw(root.path(), small_settings(1000));
    EXPECT_EQ(format_of(root.path()), "tallystick 6\n");
    EXPECT_EQ(take(store->load_catalog()), catalog_of_format_4());
    EXPECT_EQ(take(store->contract_first_applied(uuid(1))), core::TimePoint{});
    EXPECT_EQ(take(store->contract_first_applied(uuid(3))), std::nullopt);
    EXPECT_TRUE(take(store->billed_organizations()).empty());
    EXPECT_TRUE(take(store->save_billing(
        {.periods = {closed({.contract = 1})}, .invoices = {issued({.id = 1})}, .books = {}, .extended_books = {}})));
  }
  EXPECT_TRUE(keeps_its_event(root.path()));
  EXPECT_EQ(take(open_or_throw(root.path(), small_settings(1000))->invoices(bank)).size(), 1U);
  EXPECT_FALSE(fs::exists(root.path() / "format.new"));
}

TEST(DataDirectory, OneOfFormat5KeepsItsTokensAndTakesPeople) {
  const TemporaryDirectory root;
  make_and_close(root.path());
  Token old;
  old.hash.fill(1);
  old.client_id = "app";
  old.expires = at("2026-03-01T00:00:00Z");
  old.secret_hash = "fingerprint";
  {
    auto directory = take(embedded::DataDirectory::take(root.path()));
    const auto database = take(embedded::Database::open(std::move(directory), small_settings(1000)));
    std::string row;
    embedded::ByteWriter writer(row);
    writer.u8(1);
    writer.text(old.client_id);
    writer.time(old.expires);
    writer.text(old.secret_hash);
    const std::string key(old.hash.size(), 1);
    ASSERT_TRUE(
        database->rocks().Put(rocksdb::WriteOptions(), database->family(embedded::Family::tokens), key, row).ok());
    write(root.path() / "format", "tallystick 5\n");
  }
  CatalogChange change;
  change.put.users = {{"ana", bank, "ana@example.com", "$argon2id$x", {}}};
  {
    const auto store = open_or_throw(root.path(), small_settings(1000));
    EXPECT_EQ(format_of(root.path()), "tallystick 6\n");
    EXPECT_EQ(take(store->find_token(old.hash)), old);
    ASSERT_TRUE(store->save_catalog(change));
  }
  EXPECT_EQ(take(open_or_throw(root.path(), small_settings(1000))->load_catalog()).users, change.put.users);
  EXPECT_TRUE(keeps_its_event(root.path()));
}

// A crash may come when the rows are there and the format does not say so yet, or when its new text is half written.
TEST(DataDirectory, AnUpgradeThatWasCutShortIsMadeAnew) {
  const TemporaryDirectory root;
  make_and_close(root.path());
  write(root.path() / "format", "tallystick 4\n");
  write(root.path() / "format.new", "tally");
  EXPECT_TRUE(keeps_its_event(root.path()));
  EXPECT_EQ(format_of(root.path()), "tallystick 6\n");
  EXPECT_FALSE(fs::exists(root.path() / "format.new"));
}

// Whoever cannot see whether there is a format must not take the database for half-made and throw it away.
TEST(DataDirectory, NothingIsMadeAnewWhereTheFormatCannotBeLookedAt) {
  const TemporaryDirectory root;
  make_and_close(root.path());
  const fs::path format = root.path() / "format";
  fs::rename(format, root.path() / "format.new");
  fs::create_symlink(format, format);
  const auto opened = open(root.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Kind::io);
  fs::remove(format);
  fs::rename(root.path() / "format.new", format);
  EXPECT_TRUE(keeps_its_event(root.path()));
}

TEST(DataDirectory, ASlashAtTheEndNamesTheSameDirectory) {
  const TemporaryDirectory root;
  make_and_close(root.path() / "a" / "data/");
  EXPECT_TRUE(keeps_its_event(root.path() / "a" / "data"));
  EXPECT_TRUE(keeps_its_event(root.path() / "a" / "data" / "."));
}

TEST(DataDirectory, LeftoverRunsOfAnInterruptedSealingGo) {
  const TemporaryDirectory root;
  make_and_close(root.path());
  write(root.path() / "sealing" / "events.sst", "half a run");
  EXPECT_TRUE(keeps_its_event(root.path()));
  EXPECT_FALSE(fs::exists(root.path() / "sealing" / "events.sst"));
}

TEST(DataDirectory, KeepsTheHashKeyItWasMadeWith) {
  const TemporaryDirectory root;
  make_and_close(root.path());
  EmbeddedSettings other = small_settings(1000);
  other.new_hash_key.fill(0xFF);
  const auto store = open_or_throw(root.path(), other);
  EXPECT_EQ(commit(*store, {used({.id = "kept", .time = "2026-03-04T09:00:00Z"})}).duplicates, 1U);
}

TEST(DataDirectory, ADatabaseOfGarbageIsCorruptOrUnreadable) {
  const TemporaryDirectory root;
  make_and_close(root.path());
  write(root.path() / "db" / "CURRENT", "garbage\n");
  const auto opened = open(root.path());
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().kind == Kind::corrupt || opened.error().kind == Kind::io);
  EXPECT_NE(opened.error().message.find("db"), std::string::npos);
}

}  // namespace
}  // namespace tallystick::store::test
