#include "app/product_book.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "app/frozen_text.hpp"
#include "tallystick/core/metering.hpp"

namespace tallystick::app {
namespace {

/// Bytes that differ where values differ: texts with their length in front, numbers in 16 bytes, absence as a byte.
class ExactBytes {
 public:
  void add(core::int128 number) {
    for (int shift = 0; shift < 128; shift += 8) {
      bytes_.push_back(static_cast<char>(static_cast<std::uint8_t>(static_cast<core::uint128>(number) >> shift)));
    }
  }
  void add(std::string_view text) {
    add(static_cast<core::int128>(text.size()));
    bytes_ += text;
  }
  void add(core::Decimal number) { add(number.units()); }
  void add(bool flag) { bytes_.push_back(flag ? '\1' : '\0'); }
  void add(const core::FairUse& grant) {
    add(grant.product);
    add(grant.each);
    add(grant.organization);
  }
  void add(const core::RollUp& roll_up) {
    add(std::string_view(roll_up.into));
    add(roll_up.units_per_token);
  }
  void add(const core::Metering& metering) {
    add(static_cast<core::int128>(metering.kind));
    add(metering.family);
    add(metering.rank);
    add(metering.step_seconds);
    add(metering.unit.has_value());
    if (metering.unit) add(static_cast<core::int128>(*metering.unit));
  }
  void add(const std::optional<std::string>& text) {
    add(text.has_value());
    if (text) add(std::string_view(*text));
  }
  void add(const std::optional<std::int64_t>& number) {
    add(number.has_value());
    if (number) add(static_cast<core::int128>(*number));
  }
  void add(const std::optional<core::Decimal>& number) {
    add(number.has_value());
    if (number) add(*number);
  }
  void add(const std::optional<core::RollUp>& roll_up) {
    add(roll_up.has_value());
    if (roll_up) add(*roll_up);
  }
  void add(const core::Product& product) {
    add(std::string_view(product.key));
    add(std::string_view(product.name));
    add(product.short_name);
    add(std::string_view(product.part_number));
    add(std::string_view(product.grouping));
    add(std::string_view(product.unit));
    add(product.metering);
    add(static_cast<core::int128>(product.list_price.size()));
    for (const auto& [currency, price] : product.list_price) {
      add(std::string_view(currency));
      add(price);
    }
    add(product.third_party);
    add(product.cancellable);
    add(static_cast<core::int128>(product.fair_use.size()));
    for (const core::FairUse& grant : product.fair_use) add(grant);
    add(product.rolls_up);
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

using ByKey = std::map<std::string_view, const core::Product*>;

ByKey by_key(const std::vector<core::Product>& products) {
  ByKey map;
  for (const core::Product& product : products) map.emplace(product.key, &product);
  return map;
}

// Whether events of the product mean what they meant (docs/domain.md, "Licence families").
bool means_the_same(const core::Product& before, const core::Product& after) {
  return before.metering.kind == after.metering.kind && before.metering.family == after.metering.family &&
         core::unit_of(before.metering) == core::unit_of(after.metering) && before.unit == after.unit;
}

// A key, and the keys of the products that the product names, and so on.
void note_with_named(std::set<std::string_view>& keys, const ByKey& products, std::string_view key) {
  const auto found = products.find(key);
  if (found == products.end() || !keys.insert(key).second) return;
  const core::Product& product = *found->second;
  if (product.rolls_up) note_with_named(keys, products, product.rolls_up->into);
  for (const core::FairUse& grant : product.fair_use) {
    if (grant.product) note_with_named(keys, products, *grant.product);
  }
}

}  // namespace

store::ProductBook book_of(std::vector<core::Product> products) {
  ExactBytes bytes;
  for (const core::Product& product : products) bytes.add(product);
  const store::Digest digest = sha256(bytes.bytes());
  return {digest, std::move(products)};
}

std::vector<core::Product> products_after_closing(const std::vector<core::Product>& book,
                                                  const std::vector<core::Product>& in_force) {
  const ByKey today = by_key(in_force);
  const ByKey closed = by_key(book);
  std::vector<core::Product> products;
  for (const core::Product& product : book) {
    const auto found = today.find(product.key);
    const bool is_kept = found == today.end() || means_the_same(product, *found->second);
    products.push_back(is_kept ? product : *found->second);
  }
  for (const core::Product& product : in_force) {
    if (!closed.contains(product.key)) products.push_back(product);
  }
  return products;
}

std::vector<core::Product> extended_book(const std::vector<core::Product>& book,
                                         const std::vector<core::Product>& after_closing,
                                         const std::set<std::string_view>& used) {
  const ByKey after = by_key(after_closing);
  std::set<std::string_view> changed;  // used ones that the book does not have, or has otherwise
  const ByKey closed = by_key(book);
  for (const std::string_view key : used) {
    const auto found = closed.find(key);
    const auto now = after.find(key);
    if (now != after.end() && (found == closed.end() || *found->second != *now->second)) changed.insert(key);
  }
  std::set<std::string_view> wanted;
  for (const std::string_view key : changed) note_with_named(wanted, after, key);

  std::vector<core::Product> products;
  for (const core::Product& product : after_closing) {
    const auto found = closed.find(product.key);
    if (found == closed.end()) {
      if (wanted.contains(product.key)) products.push_back(product);
    } else {
      products.push_back(changed.contains(product.key) ? product : *found->second);
    }
  }
  return products;
}

}  // namespace tallystick::app
