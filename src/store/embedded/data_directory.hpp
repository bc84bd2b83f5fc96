#pragma once
#include <filesystem>
#include <memory>

#include "store/store.hpp"

namespace tallystick::store::embedded {

/// A data directory that this process owns: no other process gets it while this object lives.
///
///     DIR/lock    held as long as the directory is in use
///     DIR/format  "tallystick 6": whose it is and which version wrote it
///     DIR/db/     RocksDB
///
/// While a new directory is being made, `format` is called `format.new`: one that was cut short is made anew. One of
/// format 4 or 5 only lacks rows (of billing, of people) and is brought to format 6 where it lies.
class DataDirectory {
 public:
  /// Takes hold of an existing, an empty or a missing directory. Errors: locked, not_ours,
  /// older_format, newer_format, corrupt, io.
  [[nodiscard]] static Stored<std::unique_ptr<DataDirectory>> take(const std::filesystem::path& path);
  /// Whether one of ours is there, complete; touches nothing.
  [[nodiscard]] static bool is_at(const std::filesystem::path& path);
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  /// Until finish_making there is nothing in it that must be kept.
  [[nodiscard]] bool is_new() const { return is_new_; }
  /// Durably makes a new directory one of ours, once its database is complete.
  [[nodiscard]] StoreStatus finish_making();

  /// Of an earlier format that this version brings to its own: until finish_upgrade what is new may be missing.
  [[nodiscard]] bool is_older() const { return is_older_; }
  /// Durably makes an older directory one of this format, once its database has all that is new.
  [[nodiscard]] StoreStatus finish_upgrade();

  [[nodiscard]] std::filesystem::path database() const { return path_ / "db"; }
  /// Where sealing writes its runs before they become part of the database. Emptied when the directory is taken.
  [[nodiscard]] std::filesystem::path sealing() const { return path_ / "sealing"; }

  /// Of all files, lock and format included.
  [[nodiscard]] std::uint64_t bytes_on_disk() const;

 private:
  DataDirectory(std::filesystem::path path, std::filesystem::path first_parent)
      : path_(std::move(path)), first_parent_(std::move(first_parent)) {}
  [[nodiscard]] StoreStatus refuse_foreign() const;
  [[nodiscard]] StoreStatus lock();
  [[nodiscard]] StoreStatus check_format();
  [[nodiscard]] StoreStatus start_making();
  [[nodiscard]] StoreStatus name_format();  // format.new becomes format, durably
  [[nodiscard]] StoreStatus empty_sealing();

  std::filesystem::path path_;
  std::filesystem::path first_parent_;  // was there before; those between are ours to make durable
  int lock_file_ = -1;
  bool is_new_ = false;
  bool is_older_ = false;
};

}  // namespace tallystick::store::embedded
