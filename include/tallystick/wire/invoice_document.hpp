#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/wire/customer.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/named_entity.hpp"

#pragma GCC visibility push(default)
/// An issued invoice with all that is on it: what is frozen, what the published answers are made from, and what the
/// PDF, the workbook and the FOCUS table show. Numbers are exact decimals, dates yyyy-MM-dd, ends the last day inside.
namespace tallystick::wire {

/// Who issued it.
struct InvoiceSeller {
  std::string name;
  std::optional<InvoiceAddress> address;
  std::optional<std::string> tax_number;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<std::string> website;
  UnknownFields unknown;
  friend bool operator==(const InvoiceSeller&, const InvoiceSeller&) = default;
};

/// One line. `kind`: prepay, overage, minimum, adjustment, credit.
struct InvoiceDocumentLine {
  std::string id;
  std::string kind;
  std::optional<BillingProduct> product;  ///< absent: the minimum, a credit of the whole invoice
  std::optional<std::string> grouping;    ///< the product's, by which the document sums up
  std::string description;
  core::Day date_start;  ///< of the period that the line is for: an adjustment names an earlier one
  core::Day date_end;
  core::Decimal quantity;
  std::optional<std::string> unit_of_measure;  ///< published spelling
  std::optional<core::Decimal> unit_price;
  std::optional<core::Decimal> list_unit_price;
  bool is_third_party = false;
  bool is_token = false;  ///< priced in tokens, a virtual currency
  core::Decimal amount;
  UnknownFields unknown;
  friend bool operator==(const InvoiceDocumentLine&, const InvoiceDocumentLine&) = default;
};

/// An invoice or credit note with everything that its papers show.
struct InvoiceDocument {
  std::string id;
  std::string number;
  std::string type;  ///< Invoice, Adjustment, CreditNote: customerInvoiceType of the published API
  InvoiceSeller seller;
  NamedEntity organization;
  std::string contract_id;
  std::string contract_number;
  core::Day date_invoiced;
  std::optional<core::Day> date_start;  ///< of the period that it bills; absent for adjustments alone
  std::optional<core::Day> date_end;
  std::string currency;
  std::optional<Customer> bill_to_customer;
  std::optional<Customer> ship_to_customer;
  std::optional<Customer> sold_to_customer;
  std::optional<InvoiceAddress> bill_to_address;
  std::optional<InvoiceAddress> ship_to_address;
  std::optional<std::string> payment_terms;
  std::optional<std::string> payment_link;
  std::optional<std::string> customer_po_number;
  std::optional<std::string> credited_invoice_id;  ///< of a credit note
  std::optional<std::string> credited_invoice_number;
  std::optional<std::string> reason;  ///< of a credit note
  std::vector<InvoiceDocumentLine> lines;
  core::Decimal amount;
  std::vector<std::string> notes;
  UnknownFields unknown;
  friend bool operator==(const InvoiceDocument&, const InvoiceDocument&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
