#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/contract.hpp"
#include "tallystick/core/decimal.hpp"
#include "tallystick/core/invoice_lines.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

/// What was billed, as the store keeps it: written once, never changed. Payments and credits join an invoice, they do
/// not change it.
namespace tallystick::store {

/// SHA-256.
using Digest = std::array<std::uint8_t, 32>;

/// A text that is frozen for ever, and the digest by which `tallystick verify` sees that it still is what it was.
struct FrozenText {
  std::string json;  ///< canonical: compact, members by name
  Digest sha256{};
  friend bool operator==(const FrozenText&, const FrozenText&) = default;
};

/// All products of the catalog as they were when periods were closed; kept once for however many periods.
struct ProductBook {
  Digest digest{};  ///< of its contents: the key
  std::vector<core::Product> products;
  friend bool operator==(const ProductBook&, const ProductBook&) = default;
};

/// A billing period that is closed. Its contract as it was then and the book of products price its adjustments.
struct ClosedPeriod {
  core::Contract contract;  ///< its id and organization are the period's
  core::Day start;
  core::Day end;
  core::TimePoint closed_at;
  Digest products{};     ///< the book's
  core::Uuid invoice{};  ///< on which it was billed
  friend bool operator==(const ClosedPeriod&, const ClosedPeriod&) = default;
};

/// The frozen answers of a closed period.
struct ClosedPeriodTexts {
  FrozenText overview;
  FrozenText detail;
  friend bool operator==(const ClosedPeriodTexts&, const ClosedPeriodTexts&) = default;
};

enum class InvoiceKind {
  period,       ///< a closed period, with the adjustments of earlier ones
  adjustments,  ///< late events after the last contract, or in a currency that no open period has
  credit_note,
};

/// What was paid and credited so far.
struct Settlement {
  core::Decimal paid;
  core::Decimal credited;  ///< positive
  friend bool operator==(const Settlement&, const Settlement&) = default;
};

/// An invoice without its text.
struct InvoiceEntry {
  core::Uuid id;
  core::OrganizationId organization;
  core::Uuid contract;
  std::string seller;          ///< key
  std::uint64_t sequence = 0;  ///< from 1 within the seller, without gaps
  std::string number;          ///< prefix and sequence
  InvoiceKind kind = InvoiceKind::period;
  core::Day date;  ///< of the invoice
  std::string currency;
  core::Decimal amount;                    ///< of a credit note negative
  std::optional<core::Uuid> credits;       ///< of a credit note: the invoice for which it is
  std::vector<core::BilledAmount> billed;  ///< of a credit note none
  friend bool operator==(const InvoiceEntry&, const InvoiceEntry&) = default;
};

struct Invoice {
  InvoiceEntry entry;
  FrozenText text;
  friend bool operator==(const Invoice&, const Invoice&) = default;
};

/// An invoice and what became of it.
struct SettledInvoice {
  InvoiceEntry entry;
  Settlement settlement;
  friend bool operator==(const SettledInvoice&, const SettledInvoice&) = default;
};

/// The later book of a closed period for which usage of products came that its first one did not know.
struct ExtendedBook {
  core::Uuid contract;
  core::Day start;
  Digest products{};
};

/// One step of billing, written whole or not at all.
struct Billing {
  struct Period {
    ClosedPeriod period;
    ClosedPeriodTexts texts;
  };
  std::vector<Period> periods;
  std::vector<Invoice> invoices;
  std::vector<ProductBook> books;  ///< those that are known already change nothing
  std::vector<ExtendedBook> extended_books;
};

struct Payment {
  core::Uuid invoice;
  std::string idempotency_key;  ///< unique within the invoice
  core::Decimal amount;
  core::Day date;
  std::string reference;  ///< may be empty
  core::TimePoint recorded_at;
  friend bool operator==(const Payment&, const Payment&) = default;
};

}  // namespace tallystick::store
