#include "app/secret.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>

namespace tallystick::app {
namespace {

// RFC 9106's choice for servers that cannot spare 2 GiB: 64 MiB, 3 passes.
constexpr std::size_t made_memory_kib = 65'536;
constexpr unsigned long long made_passes = 3;

constexpr std::uint64_t accepted_memory_kib_max = 262'144;
constexpr std::uint64_t accepted_passes_max = 4;
constexpr std::uint64_t accepted_lanes_max = 16;
constexpr std::uint64_t memory_kib_min_per_lane = 8;
constexpr std::size_t salt_bytes_min = 8;
constexpr std::size_t digest_bytes_min = 16;
constexpr std::size_t decoded_bytes_max = 64;

// Each computation fills 64 MiB or more: one at a time, so that log-ins cannot use up memory or all cores.
std::mutex& argon2_turn() {
  static std::mutex turn;
  return turn;
}

bool take_text(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

// A number without sign or leading zeros, as the hash function itself would write it.
std::optional<std::uint64_t> take_number(std::string_view& rest) {
  if (rest.empty() || rest.front() == '0') return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc{}) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return number;
}

bool is_base64_of_bytes(std::string_view text, std::size_t bytes_min) {
  std::array<unsigned char, decoded_bytes_max> decoded{};
  std::size_t bytes = 0;
  return sodium_base642bin(decoded.data(), decoded.size(), text.data(), text.size(), nullptr, &bytes, nullptr,
                           sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
         bytes >= bytes_min;
}

}  // namespace

std::string make_secret(const RandomBytes& random) {
  std::array<std::uint8_t, 32> bytes{};
  random(bytes);
  std::array<char, made_secret_bytes + 1> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero(bytes.data(), bytes.size());
  return std::string(text.data(), made_secret_bytes);
}

std::string hash_secret(std::string_view secret) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium found no source of random bytes");
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const std::lock_guard turn(argon2_turn());
  if (crypto_pwhash_str_alg(text.data(), secret.data(), secret.size(), made_passes, made_memory_kib * 1024,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return text.data();
}

bool verify_secret(std::string_view secret, const std::string& hash) {
  const std::lock_guard turn(argon2_turn());
  return crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
}

bool is_acceptable_secret_hash(std::string_view text) {
  std::string_view rest = text;
  if (!take_text(rest, "$argon2id$v=19$m=")) return false;
  const auto memory_kib = take_number(rest);
  if (!memory_kib || !take_text(rest, ",t=")) return false;
  const auto passes = take_number(rest);
  if (!passes || !take_text(rest, ",p=")) return false;
  const auto lanes = take_number(rest);
  if (!lanes || !take_text(rest, "$")) return false;
  const auto between = rest.find('$');
  if (between == std::string_view::npos) return false;
  return *memory_kib <= accepted_memory_kib_max && *passes <= accepted_passes_max && *lanes <= accepted_lanes_max &&
         *memory_kib >= memory_kib_min_per_lane * *lanes &&
         is_base64_of_bytes(rest.substr(0, between), salt_bytes_min) &&
         is_base64_of_bytes(rest.substr(between + 1), digest_bytes_min);
}

const std::string& unmatchable_secret_hash() {
  // A digest of zeros: finding a secret with it is finding a preimage.
  static const std::string hash = "$argon2id$v=19$m=" + std::to_string(made_memory_kib) +
                                  ",t=" + std::to_string(made_passes) + ",p=1$" + std::string(22, 'A') + "$" +
                                  std::string(43, 'A');
  return hash;
}

}  // namespace tallystick::app
