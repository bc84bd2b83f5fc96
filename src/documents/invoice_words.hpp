#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/core/result.hpp"
#include "tallystick/wire/invoice_document.hpp"

/// What an invoice is called and says, the same on paper and in the workbook.
namespace tallystick::documents {

/// `Invoice`, `Credit note` or `Adjustment invoice`; a type that is not known is an invoice.
[[nodiscard]] std::string_view title_of(const wire::InvoiceDocument& invoice);

[[nodiscard]] bool is_credit_note(const wire::InvoiceDocument& invoice);

/// The lines of an address as on an envelope, without the name; what is absent or empty is left out.
[[nodiscard]] std::vector<std::string> address_lines(const wire::InvoiceAddress& address);

/// Who is addressed: the customer that pays, else the organization, by name, else by id.
[[nodiscard]] std::string addressee(const wire::InvoiceDocument& invoice);

/// Somebody whom an invoice names beside the addressee.
struct OtherParty {
  std::string label;
  std::vector<std::string> lines;
  friend bool operator==(const OtherParty&, const OtherParty&) = default;
};
/// The organization, who bought, who got the goods: each only where that is not known from the addressee or from those
/// before it.
[[nodiscard]] std::vector<OtherParty> other_parties(const wire::InvoiceDocument& invoice);

/// What a customer has for a name: its name, else its number, else its id; empty: it has none.
[[nodiscard]] std::string name_of(const wire::Customer& customer);

/// What a line is for: the product's name, else what stands for lines without a product.
[[nodiscard]] std::string subject_of(const wire::InvoiceDocumentLine& line);

/// `Prepaid`, `Overage`, `Minimum commitment`, `Adjustment`, `Credit`; a kind that is not known as it is spelled.
[[nodiscard]] std::string kind_word(const wire::InvoiceDocumentLine& line);

/// kind_word where neither the subject nor the description says it; else empty.
[[nodiscard]] std::string kind_beside(const wire::InvoiceDocumentLine& line);

[[nodiscard]] bool is_adjustment(const wire::InvoiceDocumentLine& line);

/// What belongs together on an invoice comes to.
struct Subtotal {
  std::string label;
  core::Decimal amount;
  friend bool operator==(const Subtotal&, const Subtotal&) = default;
};

/// Sums by product family in the order of their first lines; products without one, the minimum and credits each have a
/// sum of their own, and so have all adjustments together, last. Their sum is that of all lines. The failure is a
/// sentence for the log: a sum that no decimal holds.
[[nodiscard]] Result<std::vector<Subtotal>, std::string> subtotals(const wire::InvoiceDocument& invoice);

}  // namespace tallystick::documents
