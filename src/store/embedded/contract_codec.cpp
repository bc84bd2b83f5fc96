#include "store/embedded/contract_codec.hpp"

#include <optional>
#include <vector>

#include "store/embedded/field_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::uint8_t contract_version = 2;
constexpr std::uint8_t contract_version_with_terms = 2;
constexpr std::uint8_t seller_version = 1;

void write_address(ByteWriter& writer, const std::optional<core::PostalAddress>& address) {
  writer.u8(address ? 1 : 0);
  if (!address) return;
  writer.text(address->line1);
  writer.text(address->line2);
  writer.text(address->line3);
  writer.text(address->city);
  writer.text(address->postal_code);
  writer.text(address->state);
  writer.text(address->country_code);
}
std::optional<core::PostalAddress> read_address(ByteReader& reader) {
  if (!reader.flag()) return std::nullopt;
  core::PostalAddress address;
  address.line1 = reader.text();
  address.line2 = reader.text();
  address.line3 = reader.text();
  address.city = reader.text();
  address.postal_code = reader.text();
  address.state = reader.text();
  address.country_code = reader.text();
  return address;
}

void write_items(ByteWriter& writer, const std::vector<core::ContractItem>& items) {
  writer.number(items.size());
  for (const core::ContractItem& item : items) {
    writer.text(item.product);
    writer.decimal(item.prepay_quantity);
    write_optional(writer, item.prepay_price);
    write_optional(writer, item.overage_price);
    writer.number(item.overage_tiers.size());
    for (const core::PriceTier& tier : item.overage_tiers) {
      write_optional(writer, tier.up_to);
      writer.decimal(tier.price);
    }
    writer.decimal(item.bundle_quantity);
    writer.text(item.notes);
  }
}
core::PriceTier read_tier(ByteReader& reader) {
  core::PriceTier tier;
  tier.up_to = read_optional_decimal(reader);
  tier.price = reader.decimal();
  return tier;
}
core::ContractItem read_item(ByteReader& reader) {
  core::ContractItem item;
  item.product = reader.text();
  item.prepay_quantity = reader.decimal();
  item.prepay_price = read_optional_decimal(reader);
  item.overage_price = read_optional_decimal(reader);
  item.overage_tiers = read_list<core::PriceTier>(reader, read_tier);
  item.bundle_quantity = reader.decimal();
  item.notes = reader.text();
  return item;
}
core::Amendment read_amendment(ByteReader& reader) {
  core::Amendment amendment;
  amendment.date = read_day(reader);
  amendment.items = read_list<core::ContractItem>(reader, read_item);
  return amendment;
}

void write_party(ByteWriter& writer, const std::optional<core::BillingParty>& party) {
  writer.u8(party ? 1 : 0);
  if (!party) return;
  writer.text(party->number);
  writer.text(party->name);
  write_address(writer, party->address);
}
std::optional<core::BillingParty> read_party(ByteReader& reader) {
  if (!reader.flag()) return std::nullopt;
  core::BillingParty party;
  party.number = reader.text();
  party.name = reader.text();
  party.address = read_address(reader);
  return party;
}

void write(ByteWriter& writer, const core::InvoiceTerms& terms) {
  writer.optional_text(terms.seller);
  write_party(writer, terms.bill_to);
  write_party(writer, terms.ship_to);
  write_party(writer, terms.sold_to);
  write_party(writer, terms.end_customer);
  write_texts(writer, terms.purchase_orders);
  writer.text(terms.commercial_model);
  writer.text(terms.payment_terms);
  writer.text(terms.payment_link);
}
core::InvoiceTerms read_terms(ByteReader& reader) {
  core::InvoiceTerms terms;
  terms.seller = reader.optional_text();
  terms.bill_to = read_party(reader);
  terms.ship_to = read_party(reader);
  terms.sold_to = read_party(reader);
  terms.end_customer = read_party(reader);
  terms.purchase_orders = read_texts(reader);
  terms.commercial_model = reader.text();
  terms.payment_terms = reader.text();
  terms.payment_link = reader.text();
  return terms;
}

void write(ByteWriter& writer, const core::Contract& contract) {
  writer.uuid(contract.id);
  writer.uuid(contract.organization);
  writer.text(contract.number);
  writer.text(contract.currency);
  writer.text(contract.subscription_type);
  write_day(writer, contract.effective);
  write_day(writer, contract.end);
  writer.u8(contract.ramp ? 1 : 0);
  if (contract.ramp) {
    write_day(writer, contract.ramp->start);
    write_day(writer, contract.ramp->end);
  }
  write_optional(writer, contract.minimum_monthly_amount);
  writer.u8(contract.billing_day ? 1 : 0);
  if (contract.billing_day) writer.number(*contract.billing_day);
  write_items(writer, contract.items);
  writer.number(contract.amendments.size());
  for (const core::Amendment& amendment : contract.amendments) {
    write_day(writer, amendment.date);
    write_items(writer, amendment.items);
  }
  write(writer, contract.invoices);
}
void read(ByteReader& reader, core::Contract& contract, std::uint8_t version) {
  contract.id = reader.uuid();
  contract.organization = reader.uuid();
  contract.number = reader.text();
  contract.currency = reader.text();
  contract.subscription_type = reader.text();
  contract.effective = read_day(reader);
  contract.end = read_day(reader);
  if (reader.flag()) {
    const core::Day start = read_day(reader);
    contract.ramp = core::Ramp{start, read_day(reader)};
  }
  contract.minimum_monthly_amount = read_optional_decimal(reader);
  if (reader.flag()) contract.billing_day = reader.number32();
  contract.items = read_list<core::ContractItem>(reader, read_item);
  contract.amendments = read_list<core::Amendment>(reader, read_amendment);
  if (version >= contract_version_with_terms) contract.invoices = read_terms(reader);
}

void write(ByteWriter& writer, const core::Seller& seller) {
  writer.text(seller.key);
  writer.text(seller.name);
  write_address(writer, seller.address);
  writer.text(seller.tax_number);
  writer.text(seller.email);
  writer.text(seller.phone);
  writer.text(seller.website);
  writer.text(seller.invoice_prefix);
  write_texts(writer, seller.notes);
}
void read(ByteReader& reader, core::Seller& seller) {
  seller.key = reader.text();
  seller.name = reader.text();
  seller.address = read_address(reader);
  seller.tax_number = reader.text();
  seller.email = reader.text();
  seller.phone = reader.text();
  seller.website = reader.text();
  seller.invoice_prefix = reader.text();
  seller.notes = read_texts(reader);
}

}  // namespace

std::string encode(const core::Contract& contract) {
  return encode_versioned(contract_version, contract,
                          [](ByteWriter& writer, const core::Contract& each) { write(writer, each); });
}
std::string encode(const core::Seller& seller) {
  return encode_versioned(seller_version, seller,
                          [](ByteWriter& writer, const core::Seller& each) { write(writer, each); });
}

bool decode(std::string_view value, core::Contract& contract) {
  return decode_versioned(
      value, contract_version, contract,
      [](ByteReader& reader, core::Contract& each, std::uint8_t version) { read(reader, each, version); });
}
bool decode(std::string_view value, core::Seller& seller) {
  return decode_versioned(value, seller_version, seller,
                          [](ByteReader& reader, core::Seller& each, std::uint8_t /*version*/) { read(reader, each); });
}

}  // namespace tallystick::store::embedded
