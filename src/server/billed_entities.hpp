#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/billing_texts.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/decimal.hpp"
#include "tallystick/core/seller.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/customer.hpp"
#include "tallystick/wire/named_entity.hpp"

/// Who and what contracts, periods and invoices name, as the published API writes it (docs/domain.md, "Contracts,
/// periods and wallets on the wire").
namespace tallystick::server {

[[nodiscard]] wire::NamedEntity organization_entity(const core::OrganizationId& id, const std::string& name);

/// The UUIDv5 of `product/<key>` in the namespace of the Operator organization's id.
[[nodiscard]] wire::BillingProduct product_entity(const core::Product& product);

/// A party of a contract by its number and name, without an id; one that the contract does not name is the
/// organization.
[[nodiscard]] wire::Customer customer_entity(const std::optional<core::BillingParty>& party,
                                             const wire::NamedEntity& organization);

/// Absent: no address is known. `type` and `currency` where the address is one of an invoice.
[[nodiscard]] std::optional<wire::InvoiceAddress> address_entity(const std::optional<core::PostalAddress>& address,
                                                                 std::optional<wire::AddressType> type,
                                                                 std::optional<std::string> currency);

/// customerInvoiceType of the published API: Invoice, Adjustment (alone), CreditNote.
[[nodiscard]] std::string_view invoice_type(store::InvoiceKind kind);

/// The last day inside of a stretch of days that ends before `end`.
[[nodiscard]] constexpr core::Day last_day_before(core::Day end) {
  return end - std::chrono::days{1};
}

/// Half up to a whole number; absent: it does not fit 64 bits.
[[nodiscard]] std::optional<std::int64_t> whole_quantity(core::Decimal quantity);

/// Absent where the text is empty.
[[nodiscard]] std::optional<std::string> filled(const std::string& text);

}  // namespace tallystick::server
