#include "store/billed.hpp"

#include <algorithm>

namespace tallystick::store::test {
namespace {

// The lowest bytes of an id, the highest of them first.
template <class Bytes>
Bytes numbered(std::uint64_t number) {
  Bytes bytes{};
  for (auto byte = bytes.rbegin(); number != 0; ++byte, number >>= 8U) *byte = static_cast<std::uint8_t>(number);
  return bytes;
}

core::BillingParty party(const std::string& name) {
  return {.number = "C-7",
          .name = name,
          .address = core::PostalAddress{.line1 = "1 Harbor Road",
                                         .line2 = "2nd floor",
                                         .line3 = "Desk \xC3\xA9",
                                         .city = "Halifax",
                                         .postal_code = "B3H",
                                         .state = "NS",
                                         .country_code = "CA"}};
}

}  // namespace

core::Day day(std::string_view text) {
  const auto parsed = core::parse_date(text);
  if (!parsed) throw std::invalid_argument("no day: " + std::string(text));
  return *parsed;
}

core::Uuid uuid(std::uint64_t number) {
  return {numbered<decltype(core::Uuid::bytes)>(number)};
}

Digest digest(std::uint64_t number) {
  return numbered<Digest>(number);
}

core::Product full_product() {
  core::Product product;
  product.key = "voice";
  product.name = "Voice minutes";
  product.short_name = "Voice";
  product.part_number = "GC-1";
  product.grouping = "resource";
  product.unit = "minute";
  product.metering = {.kind = core::MeteringKind::duration,
                      .family = "cx",
                      .rank = -3,
                      .step_seconds = 6,
                      .unit = core::MeteringUnit::minute};
  product.list_price = {{"USD", quantity("155.00")}, {"JPY", quantity("20000")}, {"BHD", quantity("0.000000001")}};
  product.third_party = true;
  product.cancellable = false;
  product.fair_use = {{.product = "cx-3", .each = quantity("140000"), .organization = std::nullopt},
                      {.product = std::nullopt, .each = std::nullopt, .organization = quantity("250.5")}};
  product.rolls_up = core::RollUp{"tokens", quantity("17")};
  return product;
}

core::Seller full_seller(const std::string& key) {
  return {.key = key,
          .name = "Northwind Communications",
          .address = party("").address,
          .tax_number = "CA 123",
          .email = "billing@example.com",
          .phone = "+1 902 555 0100",
          .website = "https://example.com",
          .invoice_prefix = "NW-",
          .notes = {"Bank: 42", "", "Thank you"}};
}

core::Contract full_contract(std::uint64_t number, const core::OrganizationId& organization) {
  core::Contract contract;
  contract.id = uuid(number);
  contract.organization = organization;
  contract.number = "00041822";
  contract.currency = "USD";
  contract.subscription_type = "PREPAY";
  contract.effective = day("1969-12-31");
  contract.end = day("9999-12-31");
  contract.ramp = core::Ramp{day("2026-01-01"), day("2026-02-01")};
  contract.minimum_monthly_amount = quantity("10000.00");
  contract.billing_day = 31;
  contract.items = {
      {.product = "cx-3",
       .prepay_quantity = quantity("80"),
       .prepay_price = quantity("140.00"),
       .overage_price = quantity("0"),
       .overage_tiers = {},
       .bundle_quantity = quantity("2.5"),
       .notes = "a note"},
      {.product = "voice",
       .prepay_quantity = {},
       .prepay_price = {},
       .overage_price = {},
       .overage_tiers = {{quantity("1000000"), quantity("0.0002")}, {std::nullopt, quantity("0.000000001")}},
       .notes = ""}};
  contract.amendments = {{day("2026-05-16"), {contract.items[1]}}, {day("2026-06-01"), {}}};
  contract.invoices = {.seller = "northwind",
                       .bill_to = party("Payables"),
                       .ship_to = party("Warehouse"),
                       .sold_to = party("Purchasing"),
                       .end_customer = core::BillingParty{.number = "", .name = "Users", .address = std::nullopt},
                       .purchase_orders = {"PO-1", "PO-2"},
                       .commercial_model = "Prepay",
                       .payment_terms = "Net 30",
                       .payment_link = "https://example.com/pay"};
  return contract;
}

FrozenText text(const std::string& json) {
  FrozenText text{.json = json, .sha256 = {}};
  std::copy_n(json.begin(), std::min(json.size(), text.sha256.size()), text.sha256.begin());
  return text;
}

Billing::Period closed(const Closed& what) {
  const std::string name = std::to_string(what.contract) + " " + what.start;
  const core::Day start = day(what.start);
  return {.period = {.contract = full_contract(what.contract, what.organization),
                     .start = start,
                     .end = start + std::chrono::days{30},
                     .closed_at = core::TimePoint{start} + std::chrono::days{33} + std::chrono::milliseconds{1},
                     .products = digest(what.book),
                     .invoice = uuid(what.contract + 100)},
          .texts = {.overview = text("overview of " + name), .detail = text("detail of " + name)}};
}

Invoice issued(const Issued& what) {
  InvoiceEntry entry;
  entry.id = uuid(what.id);
  entry.organization = what.organization;
  entry.contract = uuid(1);
  entry.seller = what.seller;
  entry.sequence = what.sequence;
  entry.number = "NW-" + std::to_string(what.sequence);
  entry.date = day(what.date);
  entry.currency = "USD";
  entry.amount = quantity(what.amount);
  entry.billed = {{.thing = {.contract = uuid(1), .period_start = day("2026-03-01"), .product = "cx-3"},
                   .amount = quantity(what.amount),
                   .overage_quantity = quantity("1.5")},
                  {.thing = {.contract = uuid(1), .period_start = day("1969-02-01"), .product = ""},
                   .amount = quantity("-0.01"),
                   .overage_quantity = {}}};
  return {.entry = entry, .text = text("invoice " + std::to_string(what.id))};
}

Invoice credit_note(const Issued& what, std::uint64_t credits) {
  Invoice note = issued(what);
  note.entry.kind = InvoiceKind::credit_note;
  note.entry.credits = uuid(credits);
  note.entry.billed.clear();
  return note;
}

ProductBook book(std::uint64_t number) {
  core::Product other;
  other.key = "product " + std::to_string(number);
  return {.digest = digest(number), .products = {full_product(), other}};
}

Payment paid(const Paid& what) {
  return {.invoice = uuid(what.invoice),
          .idempotency_key = what.key,
          .amount = quantity(what.amount),
          .date = day("2026-04-09"),
          .reference = "transfer of " + what.amount,
          .recorded_at = at(what.recorded_at)};
}

}  // namespace tallystick::store::test
