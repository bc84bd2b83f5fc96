#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "store/embedded/database.hpp"
#include "store/embedded/tail.hpp"

namespace tallystick::store::embedded {

/// Up to where the log is sealed.
struct Watermark {
  std::uint64_t sequence = 0;       ///< of the last group that was sealed
  std::uint64_t seals = 0;          ///< how often
  std::uint64_t events_stored = 0;  ///< in all that is sealed, voids included
};
inline constexpr std::string_view watermark_key = "watermark";
[[nodiscard]] std::string encode_watermark(const Watermark& watermark);
[[nodiscard]] std::optional<Watermark> decode_watermark(std::string_view value);

/// What is not sealed yet. Whoever takes a database snapshot with the mutex held sees each event either there or in a
/// tail: while sealed runs become part of the database, which takes milliseconds, readers share the snapshot that was
/// taken before, and with it still need their tail. The mutex is never held for long.
struct LiveTails {
  mutable std::shared_mutex mutex;
  std::shared_ptr<Tail> active = std::make_shared<Tail>();
  std::shared_ptr<Tail> sealing;  ///< complete, being sealed; may be absent
  Watermark watermark;
  SharedSnapshot before_sealed_runs;  ///< absent while no runs are about to become part of the database

  // All of these with the mutex held.
  [[nodiscard]] std::uint64_t size() const { return active->size() + (sealing ? sealing->size() : 0); }
  [[nodiscard]] std::uint64_t last_sequence() const {
    return std::max({watermark.sequence, sealing ? sealing->last_sequence() : 0, active->last_sequence()});
  }
};

}  // namespace tallystick::store::embedded
