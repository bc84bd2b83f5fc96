#include "store/embedded/pair_filter.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "tallystick/core/decimal.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint64_t bits_per_pair = 12;
constexpr std::uint64_t word_bits = 32;
constexpr unsigned probe_bits = 5;  // which of a word's bits
constexpr std::uint64_t layer_pairs_min = 1ULL << 22U;
constexpr std::uint64_t layer_growth = 4;
constexpr std::size_t fetched_ahead = 16;  // pairs; memory takes about as long as adding so many

// Of a pair's hash, which is keyed and uniform, one part finds the block and one the bits. The bits take the first
// part's lowest byte too: it decides nothing about the block as long as there are fewer than 2^56.
std::uint64_t block_part(const PairHash& pair) {
  std::uint64_t value = 0;
  std::memcpy(&value, pair.bytes.data(), sizeof value);
  return value;
}

std::uint64_t probe_part(const PairHash& pair) {
  std::uint32_t value = 0;
  std::memcpy(&value, pair.bytes.data() + sizeof(std::uint64_t), sizeof value);
  return (std::uint64_t{pair.bytes[0]} << word_bits) | value;
}

std::uint32_t bit_of(std::uint64_t probes, std::size_t word) {
  return 1U << ((probes >> (word * probe_bits)) & (word_bits - 1));
}

}  // namespace

PairFilter::Layer::Layer(std::uint64_t pairs)
    : pairs_max(pairs),
      blocks(pairs * bits_per_pair / (words_per_block * word_bits) + 1),
      words(new (std::nothrow) std::atomic<std::uint32_t>[blocks * words_per_block]()) {}

std::size_t PairFilter::Layer::first_word_of(const PairHash& pair) const {
  constexpr unsigned part_bits = 64;
  const auto block = static_cast<std::size_t>((core::uint128{block_part(pair)} * blocks) >> part_bits);
  return block * words_per_block;
}

bool PairFilter::Layer::may_hold(const PairHash& pair) const {
  const std::size_t first = first_word_of(pair);
  const std::uint64_t probes = probe_part(pair);
  for (std::size_t word = 0; word < words_per_block; ++word) {
    if ((words[first + word].load(std::memory_order_relaxed) & bit_of(probes, word)) == 0) return false;
  }
  return true;
}

bool PairFilter::Layer::add(const PairHash& pair) {
  const std::size_t first = first_word_of(pair);
  const std::uint64_t probes = probe_part(pair);
  bool is_new = false;
  for (std::size_t word = 0; word < words_per_block; ++word) {
    // No other adder writes in between. Who must see it is told so by set_complete, or adds itself.
    const std::uint32_t bits = words[first + word].load(std::memory_order_relaxed);
    const std::uint32_t bit = bit_of(probes, word);
    is_new |= (bits & bit) == 0;
    words[first + word].store(bits | bit, std::memory_order_relaxed);
  }
  return is_new;
}

PairFilter::PairFilter(std::uint64_t pairs_expected, std::uint64_t bytes_max) : bytes_max_(bytes_max) {
  const std::lock_guard lock(adding_);
  make_room(std::max(pairs_expected, layer_pairs_min), std::max(pairs_expected / 2, layer_pairs_min));
}

// A pair of which all bits are there already needs no more room: what a failed sealing added is added again, and so is
// what was sealed before a filling reads it.
void PairFilter::add(std::span<const PairHash> pairs) {
  const std::lock_guard lock(adding_);
  if (is_full()) return;
  Layer* layer = layers_[layer_count_ - 1].get();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs_left_ == 0) {
      make_room(layer->pairs_max * layer_growth, layer_pairs_min);
      if (is_full()) return;
      layer = layers_[layer_count_ - 1].get();
    }
    if (i + fetched_ahead < pairs.size())
      __builtin_prefetch(&layer->words[layer->first_word_of(pairs[i + fetched_ahead])], 1);
    if (layer->add(pairs[i])) --pairs_left_;
  }
}

std::uint64_t PairFilter::pairs_that_fit() const {
  const std::uint64_t blocks = (bytes_max_ - bytes()) / (words_per_block * sizeof(std::uint32_t));
  return blocks == 0 ? 0 : (blocks - 1) * words_per_block * word_bits / bits_per_pair;
}

// A layer for as many of the wanted pairs as fit, or the end where those are too few.
void PairFilter::make_room(std::uint64_t pairs_wanted, std::uint64_t pairs_min) {
  const std::size_t count = layer_count_;
  const std::uint64_t pairs = std::min(pairs_wanted, pairs_that_fit());
  if (count < layers_max && pairs >= pairs_min) {
    auto layer = std::make_unique<Layer>(pairs);
    if (layer->words) {
      pairs_left_ = pairs;
      layers_[count] = std::move(layer);
      layer_count_.store(count + 1, std::memory_order_release);
      return;
    }
  }
  is_full_.store(true, std::memory_order_release);
}

bool PairFilter::may_hold(const PairHash& pair) const {
  if (!is_complete_.load(std::memory_order_acquire) || is_full()) return true;
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
