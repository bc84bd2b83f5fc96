#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "store/store.hpp"
#include "store/usage_events.hpp"

/// Short ways to say what was billed.
namespace tallystick::store::test {

/// `yyyy-MM-dd`; throws where it is no day.
[[nodiscard]] core::Day day(std::string_view text);
/// Contracts, invoices and digests are told apart by a number.
[[nodiscard]] core::Uuid uuid(std::uint64_t number);
[[nodiscard]] Digest digest(std::uint64_t number);

/// Every part that may be absent is there.
[[nodiscard]] core::Product full_product();
[[nodiscard]] core::Seller full_seller(const std::string& key);
[[nodiscard]] core::Contract full_contract(std::uint64_t number, const core::OrganizationId& organization = bank);

[[nodiscard]] FrozenText text(const std::string& json);

struct Closed {
  std::uint64_t contract = 1;
  std::string start = "2026-03-01";
  core::OrganizationId organization = bank;
  std::uint64_t book = 1;
};
[[nodiscard]] Billing::Period closed(const Closed& what);

struct Issued {
  std::uint64_t id = 1;
  std::uint64_t sequence = 1;
  std::string date = "2026-03-31";
  std::string amount = "100.00";
  std::string seller = "northwind";
  core::OrganizationId organization = bank;
};
[[nodiscard]] Invoice issued(const Issued& what);
/// A credit note for the invoice `credits`.
[[nodiscard]] Invoice credit_note(const Issued& what, std::uint64_t credits);

[[nodiscard]] ProductBook book(std::uint64_t number);

struct Paid {
  std::uint64_t invoice = 1;
  std::string key = "a";
  std::string amount = "10";
  std::string recorded_at = "2026-04-10T08:00:00Z";
};
[[nodiscard]] Payment paid(const Paid& what);

/// The value, or throws with the store's message.
template <class Value>
[[nodiscard]] Value take(Stored<Value> stored) {
  if (!stored) throw std::runtime_error(stored.error().message);
  return std::move(*stored);
}

}  // namespace tallystick::store::test
