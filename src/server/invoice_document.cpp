#include "server/invoice_document.hpp"

#include <algorithm>
#include <utility>

#include "server/billed_entities.hpp"
#include "tallystick/core/published_unit.hpp"

namespace tallystick::server {
namespace {

std::string_view kind_of(core::InvoiceLine::Kind kind) {
  switch (kind) {
    case core::InvoiceLine::Kind::prepay:
      return "prepay";
    case core::InvoiceLine::Kind::overage:
      return "overage";
    case core::InvoiceLine::Kind::minimum:
      return "minimum";
    case core::InvoiceLine::Kind::adjustment:
      return "adjustment";
    case core::InvoiceLine::Kind::credit:
      return "credit";
  }
  return {};
}

/// Whether other products convert into it.
bool is_token(const app::CatalogSnapshot& catalog, const std::string& key) {
  return std::ranges::any_of(catalog.declared().products, [&key](const core::Product& product) {
    return product.rolls_up && product.rolls_up->into == key;
  });
}

// Of what the line counts: a prepaid unit may cover several.
std::optional<core::Decimal> list_price_of(const core::InvoiceLine& line, const core::Contract& contract,
                                           core::Decimal list_price) {
  if (line.kind != core::InvoiceLine::Kind::prepay) return list_price;
  const core::ContractItem* in_force = nullptr;
  const auto look_in = [&](const std::vector<core::ContractItem>& items) {
    const auto found = std::ranges::find(items, line.thing.product, &core::ContractItem::product);
    if (found != items.end()) in_force = &*found;
  };
  look_in(contract.items);
  for (const core::Amendment& amendment : contract.amendments) {
    if (amendment.date < line.end) look_in(amendment.items);
  }
  if (in_force == nullptr) return list_price;
  const auto price = list_price.times(in_force->bundle_quantity, core::Rounding::half_up);
  return price ? std::optional(*price) : std::nullopt;
}

wire::InvoiceDocumentLine line_of(const app::InvoiceContents& contents, const core::InvoiceLine& line,
                                  std::size_t number) {
  wire::InvoiceDocumentLine written;
  written.id = core::Uuid::from_name(contents.id, "line/" + std::to_string(number)).to_string();
  written.kind = kind_of(line.kind);
  written.description = line.description;
  written.date_start = line.start;
  written.date_end = last_day_before(line.end);
  written.quantity = line.quantity;
  written.unit_price = line.unit_price;
  written.amount = line.amount;
  const core::Product* product = contents.catalog->product(line.thing.product);
  if (product == nullptr) return written;
  written.product = product_entity(*product);
  written.grouping = product->grouping;
  written.unit_of_measure = core::published_unit(product->unit);
  const auto listed = product->list_price.find(contents.contract->currency);
  if (listed != product->list_price.end())
    written.list_unit_price = list_price_of(line, *contents.contract, listed->second);
  written.is_third_party = product->third_party;
  written.is_token = is_token(*contents.catalog, product->key);
  return written;
}

wire::InvoiceSeller seller_of(const core::Seller& seller) {
  wire::InvoiceSeller written;
  written.name = seller.name;
  written.address = address_entity(seller.address, std::nullopt, std::nullopt);
  written.tax_number = filled(seller.tax_number);
  written.email = filled(seller.email);
  written.phone = filled(seller.phone);
  written.website = filled(seller.website);
  return written;
}

std::optional<wire::InvoiceAddress> address_of(const std::optional<core::BillingParty>& party, wire::AddressType type,
                                               const core::Contract& contract) {
  if (!party) return std::nullopt;
  auto address = address_entity(party->address, type, contract.currency);
  if (address) address->date_effective = contract.effective;
  return address;
}

void add_letter(wire::InvoiceDocument& document, const core::Contract& contract) {
  const core::InvoiceTerms& terms = contract.invoices;
  document.bill_to_customer = customer_entity(terms.bill_to, document.organization);
  document.ship_to_customer = customer_entity(terms.ship_to, document.organization);
  document.sold_to_customer = customer_entity(terms.sold_to, document.organization);
  document.bill_to_address = address_of(terms.bill_to, wire::AddressType::bill_to, contract);
  document.ship_to_address = address_of(terms.ship_to, wire::AddressType::ship_to, contract);
  document.payment_terms = filled(terms.payment_terms);
  document.payment_link = filled(terms.payment_link);
  std::string orders;
  for (const std::string& order : terms.purchase_orders) orders += (orders.empty() ? "" : ", ") + order;
  document.customer_po_number = filled(orders);
}

}  // namespace

wire::InvoiceDocument invoice_document(const app::InvoiceContents& contents) {
  const core::Contract& contract = *contents.contract;
  wire::InvoiceDocument document;
  document.id = contents.id.to_string();
  document.number = contents.number;
  document.type = invoice_type(contents.kind);
  document.seller = seller_of(contents.seller);
  document.organization = organization_entity(contents.organization, contents.organization_name);
  document.contract_id = contract.id.to_string();
  document.contract_number = contract.number;
  document.date_invoiced = contents.date;
  if (contents.period) {
    document.date_start = contents.period->start;
    document.date_end = last_day_before(contents.period->end);
  }
  document.currency = contract.currency;
  add_letter(document, contract);
  if (contents.credit) {
    document.credited_invoice_id = contents.credit->invoice.to_string();
    document.credited_invoice_number = contents.credit->invoice_number;
    document.reason = contents.credit->reason;
  }
  document.lines.reserve(contents.lines.size());
  for (const core::InvoiceLine& line : contents.lines) {
    document.lines.push_back(line_of(contents, line, document.lines.size() + 1));
  }
  document.amount = contents.amount;
  document.notes = contents.seller.notes;
  return document;
}

wire::InvoiceDocument draft_document(const app::PeriodBill& bill) {
  const app::BillingOverview& overview = bill.overview;
  app::InvoiceContents contents;
  contents.id = bill.invoice_id;
  contents.organization = overview.organization;
  contents.organization_name = overview.organization_name;
  contents.contract = overview.contract;
  contents.period = overview.period;
  contents.lines = bill.lines;
  contents.amount = bill.amount;
  contents.catalog = overview.catalog;
  return invoice_document(contents);
}

}  // namespace tallystick::server
