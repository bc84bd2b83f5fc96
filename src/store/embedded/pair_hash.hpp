#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "store/embedded/stored_event.hpp"
#include "tallystick/core/event.hpp"

namespace tallystick::store::embedded {

using HashKey = std::array<std::uint8_t, 16>;

/// Keyed hashes of pairs and contents: SipHash-2-4, so that nobody who lacks the directory's key can make two collide.
class PairHasher {
 public:
  explicit PairHasher(const HashKey& key) : key_(key) {}

  [[nodiscard]] PairHash pair(const core::OrganizationId& organization, std::string_view source,
                              std::string_view id) const;
  [[nodiscard]] PairHash pair_of(const core::Event& event) const;
  [[nodiscard]] PairHash target_of(const core::VoidEvent& event) const;

  /// What a repeat is compared by: organization, type, subject, time, quantity and until, or a void's target
  /// (domain.md, "The small print", Events).
  [[nodiscard]] ContentHash content_of(const core::Event& event) const;

 private:
  HashKey key_;
};

}  // namespace tallystick::store::embedded
