#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/verification.hpp"
#include "store/store.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::app {

/// Checks what was billed (docs/domain.md, "Closing" and "Invoices"): first every organization, then the series of
/// numbers, which organizations share.
class BillsCheck {
 public:
  /// Both must live longer.
  BillsCheck(const store::Store& store, Verification& verification) : store_(store), verification_(verification) {}

  /// Texts and books of products by their digests; a contract's closed periods follow each other from its beginning,
  /// and each is billed by an invoice of its own; amounts are the sums of what they bill, payments and credits those of
  /// their invoices.
  void check(const core::OrganizationId& organization);

  /// Numbers without gaps from 1 within each seller, each once.
  void check_series();

 private:
  using Invoices = std::map<core::Uuid, const store::SettledInvoice*>;

  void find(std::string where, std::string what, std::string found, std::string expected);
  void check_sequence(std::span<const store::ClosedPeriod> closed);
  void check_period(const store::ClosedPeriod& period, const Invoices& invoices);
  void check_book(const std::string& where, const store::Digest& digest);
  void check_text(const std::string& where, const std::string& what, const store::FrozenText& text);
  void check_invoice(const store::SettledInvoice& invoice);
  void check_credit_note(const store::SettledInvoice& note, const Invoices& invoices);
  void check_settlement(const store::SettledInvoice& invoice, std::span<const store::SettledInvoice> all);

  const store::Store& store_;
  Verification& verification_;
  std::map<std::string, std::vector<std::pair<std::uint64_t, std::string>>> series_;  // by seller
  std::set<store::Digest> checked_books_;
};

}  // namespace tallystick::app
