#include "store/embedded/pair_filter.hpp"

#include <algorithm>
#include <cstring>

#include "tallystick/core/decimal.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint64_t bits_per_pair = 12;
constexpr std::uint64_t word_bits = 32;
constexpr unsigned probe_bits = 5;  // which of a word's bits
constexpr std::uint64_t first_layer_pairs_min = 1ULL << 22U;
constexpr std::uint64_t layer_growth = 4;

// The halves of a pair's hash, which is keyed and uniform: one finds the block, one the bits.
std::uint64_t half(const PairHash& pair, std::size_t which) {
  std::uint64_t value = 0;
  std::memcpy(&value, pair.bytes.data() + which * sizeof value, sizeof value);
  return value;
}

std::uint32_t bit_of(std::uint64_t probes, std::size_t word) {
  return 1U << ((probes >> (word * probe_bits)) & (word_bits - 1));
}

}  // namespace

PairFilter::Layer::Layer(std::uint64_t pairs)
    : pairs_max(pairs),
      blocks(pairs * bits_per_pair / (words_per_block * word_bits) + 1),
      words(std::make_unique<std::atomic<std::uint32_t>[]>(blocks * words_per_block)) {}

std::size_t PairFilter::Layer::first_word_of(const PairHash& pair) const {
  constexpr unsigned half_bits = 64;
  const auto block = static_cast<std::size_t>((core::uint128{half(pair, 0)} * blocks) >> half_bits);
  return block * words_per_block;
}

bool PairFilter::Layer::may_hold(const PairHash& pair) const {
  const std::size_t first = first_word_of(pair);
  const std::uint64_t probes = half(pair, 1);
  for (std::size_t word = 0; word < words_per_block; ++word) {
    if ((words[first + word].load(std::memory_order_relaxed) & bit_of(probes, word)) == 0) return false;
  }
  return true;
}

void PairFilter::Layer::add(const PairHash& pair) {
  const std::size_t first = first_word_of(pair);
  const std::uint64_t probes = half(pair, 1);
  for (std::size_t word = 0; word < words_per_block; ++word) {
    // One adder at a time: what it read is what it adds to.
    std::atomic<std::uint32_t>& bits = words[first + word];
    bits.store(bits.load(std::memory_order_relaxed) | bit_of(probes, word), std::memory_order_relaxed);
  }
}

PairFilter::PairFilter(std::uint64_t pairs_expected, std::uint64_t bytes_max) : bytes_max_(bytes_max) {
  const std::lock_guard lock(adding_);
  pairs_left_ = std::max(pairs_expected, first_layer_pairs_min);
  if (!make_room()) is_full_.store(true, std::memory_order_release);
}

void PairFilter::add(std::span<const PairHash> pairs) {
  const std::lock_guard lock(adding_);
  for (const PairHash& pair : pairs) {
    if (is_full_.load(std::memory_order_relaxed)) return;
    if (pairs_left_ == 0) {
      pairs_left_ = layers_[layer_count_ - 1]->pairs_max * layer_growth;
      if (!make_room()) {
        is_full_.store(true, std::memory_order_release);
        return;
      }
    }
    layers_[layer_count_ - 1]->add(pair);
    --pairs_left_;
  }
}

// A layer for pairs_left_ pairs; false where there is no memory for it.
bool PairFilter::make_room() {
  const std::size_t count = layer_count_;
  if (count == layers_max || bytes() + pairs_left_ * bits_per_pair / 8 > bytes_max_) return false;
  layers_[count] = std::make_unique<Layer>(pairs_left_);
  layer_count_.store(count + 1, std::memory_order_release);
  return true;
}

bool PairFilter::may_hold(const PairHash& pair) const {
  if (!is_complete_.load(std::memory_order_acquire) || is_full_.load(std::memory_order_acquire)) return true;
  const std::size_t count = layer_count_.load(std::memory_order_acquire);
  for (std::size_t layer = 0; layer < count; ++layer) {
    if (layers_[layer]->may_hold(pair)) return true;
  }
  return false;
}

void PairFilter::prefetch(const PairHash& pair) const {
  const std::size_t count = layer_count_.load(std::memory_order_acquire);
  for (std::size_t layer = 0; layer < count; ++layer) {
    __builtin_prefetch(&layers_[layer]->words[layers_[layer]->first_word_of(pair)]);
  }
}

std::uint64_t PairFilter::bytes() const {
  std::uint64_t bytes = 0;
  const std::size_t count = layer_count_.load(std::memory_order_acquire);
  for (std::size_t layer = 0; layer < count; ++layer) {
    bytes += layers_[layer]->blocks * words_per_block * sizeof(std::uint32_t);
  }
  return bytes;
}

}  // namespace tallystick::store::embedded
