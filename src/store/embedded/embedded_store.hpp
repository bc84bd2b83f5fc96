#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "store/store.hpp"

namespace tallystick::store {

/// How the embedded store weighs memory against work.
struct EmbeddedSettings {
  /// Events that gather in memory before they are sorted and sealed in the background. A start replays at most about
  /// this many.
  std::uint64_t seal_after_events = 500'000;
  /// Events in memory at most, those being sealed included. Beyond it commits are refused as overloaded.
  std::uint64_t tail_events_max = 2'000'000;
  std::uint64_t block_cache_bytes = 256ULL << 20U;
  /// For the filter that knows which pairs are new without asking the disk: 1.5 bytes a pair. With more pairs than fit
  /// every event is looked up.
  std::uint64_t pair_filter_bytes_max = 512ULL << 20U;
  int background_threads = 2;
  /// Kept in a directory that is new and from then on the key by which (source, id) is hashed: unpredictable bytes, so
  /// that nobody can make two pairs collide. A directory that exists keeps its own.
  std::array<std::uint8_t, 16> new_hash_key{};
};

/// Whether there is a data directory that open_embedded_store made, of whatever format. Touches nothing.
[[nodiscard]] bool is_embedded_store(const std::filesystem::path& data_dir);

/// Opens the data directory, or makes a new one of an empty or missing directory, and replays what was not sealed.
/// The directory belongs to this process until the store and all of its snapshots are gone.
/// Errors: locked, not_ours, older_format, newer_format, corrupt, io.
[[nodiscard]] Stored<std::unique_ptr<Store>> open_embedded_store(const std::filesystem::path& data_dir,
                                                                 const EmbeddedSettings& settings);

}  // namespace tallystick::store
