#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/customer.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/open_enum.hpp"
#include "tallystick/wire/open_number.hpp"

#pragma GCC visibility push(default)
/// Invoices as the published API has them. Amounts are exact decimals, dates yyyy-MM-dd.
namespace tallystick::wire {

enum class PaymentStatus { paid, unpaid };
template <>
struct EnumTexts<PaymentStatus> {
  static constexpr std::pair<PaymentStatus, std::string_view> values[] = {{PaymentStatus::paid, "Paid"},
                                                                          {PaymentStatus::unpaid, "Unpaid"}};
};

/// An invoice or credit note; BillingInvoice of the published API.
struct BillingInvoice {
  std::optional<std::string> id;
  std::optional<Customer> bill_to_customer;
  std::optional<Customer> ship_to_customer;
  std::optional<Customer> sold_to_customer;
  std::optional<core::Day> date_invoiced;
  std::optional<InvoiceAddress> bill_to_address;
  std::optional<InvoiceAddress> ship_to_address;
  std::optional<std::string> currency_iso_code;
  std::optional<OpenEnum<PaymentStatus>> payment_status;
  std::optional<std::string> payment_terms;
  std::optional<std::string> payment_link;
  std::optional<std::string> customer_po_number;
  std::optional<std::string> customer_invoice_type;
  std::optional<OpenNumber> amount;
  UnknownFields unknown;
  friend bool operator==(const BillingInvoice&, const BillingInvoice&) = default;
};

/// A page of invoices. Addresses are relative paths; one that leads nowhere is absent.
struct BillingInvoiceListing {
  std::optional<std::vector<BillingInvoice>> entities;
  std::optional<std::string> next_uri;
  std::optional<std::string> self_uri;
  std::optional<std::string> previous_uri;
  UnknownFields unknown;
  friend bool operator==(const BillingInvoiceListing&, const BillingInvoiceListing&) = default;
};

/// One line of an invoice; BillingInvoiceItem of the published API.
struct BillingInvoiceItem {
  std::optional<std::string> id;
  std::optional<BillingProduct> product;
  std::optional<std::string> description;  ///< with the exact quantity
  std::optional<core::Day> date_transacted;
  std::optional<core::Day> date_start;
  std::optional<core::Day> date_end;
  std::optional<NamedEntity> organization;
  std::optional<std::int64_t> quantity;  ///< rounded half up
  std::optional<std::string> unit_of_measure;
  std::optional<OpenNumber> amount;
  UnknownFields unknown;
  friend bool operator==(const BillingInvoiceItem&, const BillingInvoiceItem&) = default;
};

/// A page of lines. Addresses are relative paths; one that leads nowhere is absent.
struct BillingInvoiceItemListing {
  std::optional<std::vector<BillingInvoiceItem>> entities;
  std::optional<std::string> next_uri;
  std::optional<std::string> self_uri;
  std::optional<std::string> previous_uri;
  UnknownFields unknown;
  friend bool operator==(const BillingInvoiceItemListing&, const BillingInvoiceItemListing&) = default;
};

/// An absolute address; UrlResponse of the published API.
struct UrlResponse {
  std::optional<std::string> url;
  UnknownFields unknown;
  friend bool operator==(const UrlResponse&, const UrlResponse&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
