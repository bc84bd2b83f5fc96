#include "server/billed_entities.hpp"

#include <limits>
#include <utility>

#include "tallystick/core/published_unit.hpp"

namespace tallystick::server {

wire::NamedEntity organization_entity(const core::OrganizationId& id, const std::string& name) {
  wire::NamedEntity entity;
  entity.id = id.to_string();
  entity.name = name;
  return entity;
}

wire::BillingProduct product_entity(const core::Product& product) {
  wire::BillingProduct entity;
  entity.id = core::Uuid::from_name(core::operator_organization_id, "product/" + product.key).to_string();
  entity.sku = product.part_number;
  entity.name = product.name;
  entity.unit_of_measure = core::published_unit(product.unit);
  return entity;
}

wire::Customer customer_entity(const std::optional<core::BillingParty>& party, const wire::NamedEntity& organization) {
  wire::Customer customer;
  if (party) {
    customer.number = filled(party->number);
    customer.name = party->name;
  } else {
    customer.id = organization.id;
    customer.name = organization.name;
  }
  return customer;
}

std::optional<wire::InvoiceAddress> address_entity(const std::optional<core::PostalAddress>& address,
                                                   std::optional<wire::AddressType> type,
                                                   std::optional<std::string> currency) {
  if (!address) return std::nullopt;
  wire::InvoiceAddress entity;
  if (type) entity.address_type = *type;
  entity.currency_iso_code = std::move(currency);
  entity.line1 = address->line1;
  entity.line2 = filled(address->line2);
  entity.line3 = filled(address->line3);
  entity.city_name = address->city;
  entity.postal_code = filled(address->postal_code);
  entity.state_code = filled(address->state);
  entity.country_code = address->country_code;
  return entity;
}

std::string_view invoice_type(store::InvoiceKind kind) {
  switch (kind) {
    case store::InvoiceKind::period:
      return "Invoice";
    case store::InvoiceKind::adjustments:
      return "Adjustment";
    case store::InvoiceKind::credit_note:
      return "CreditNote";
  }
  return {};
}

std::optional<std::int64_t> whole_quantity(core::Decimal quantity) {
  const auto whole = quantity.rounded(0, core::Rounding::half_up);
  if (!whole) return std::nullopt;
  const core::int128 value = whole->units() / core::Decimal::one_units;
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value);
}

std::optional<std::string> filled(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace tallystick::server
