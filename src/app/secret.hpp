#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace tallystick::app {

/// Fills a buffer with unpredictable bytes; main passes the system's generator.
using RandomBytes = std::function<void(std::span<std::uint8_t>)>;

/// A new secret or token: 32 random bytes as base64url, 43 characters.
[[nodiscard]] std::string make_secret(const RandomBytes& random);
inline constexpr std::size_t made_secret_bytes = 43;

/// argon2id in its standard text form. Costs about 100 ms and 64 MiB; std::bad_alloc without that memory. At most one
/// argon2id computation runs in the process at a time, the others wait.
[[nodiscard]] std::string hash_secret(std::string_view secret);

/// Whether `hash` was made from `secret`. Costs what the hash's own parameters say; waits as hash_secret does.
[[nodiscard]] bool verify_secret(std::string_view secret, const std::string& hash);

/// Whether a text is an argon2id hash within the limits of interface.md (256 MiB, 4 passes).
[[nodiscard]] bool is_acceptable_secret_hash(std::string_view text);

/// A hash of the cost of hash_secret that no known secret fits: an unknown client's log-in is verified against it, so
/// that its answer takes as long as that to a wrong secret.
[[nodiscard]] const std::string& unmatchable_secret_hash();

}  // namespace tallystick::app
