#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/billing_period_detail.hpp"
#include "tallystick/wire/canonical_json.hpp"
#include "tallystick/wire/invoice_document.hpp"
#include "tallystick/wire/invoice_record.hpp"
#include "wire/random_catalog.hpp"
#include "wire/round_trip.hpp"

namespace tallystick::wire {
namespace {

TEST(BillingRoundTrip, APageOfContractsHasEveryPublishedField) {
  expect_round_trip<BillingContractListing>(
      R"({"entities":[{"id":"c","externalNumber":"00041822","status":"Active","commercialModel":"Prepay",)"
      R"("purchaseOrderNumbers":["PO-7781","PO-7782"],"billToCustomer":{"id":"o","number":"C-1001","name":"Blue"},)"
      R"("soldToCustomer":{"name":"Sold"},"endCustomer":{"number":"E"},"dateStart":"2026-01-01",)"
      R"("dateEnd":"2026-12-31","dateRampStart":"2026-01-01","dateRampEnd":"2026-01-31",)"
      R"("billingPeriods":[{"id":"p","dateStart":"2026-01-01","dateEnd":"2026-01-31","status":"Closed"},)"
      R"({"id":"q","dateStart":"2026-02-01","dateEnd":"2026-02-28","status":"Open"}],)"
      R"("plans":[{"id":"l","name":"CX 3","organizations":[{"id":"o","name":"Blue Harbor Bank"}],)"
      R"("product":{"id":"r","sku":"GC-170-NV-CX3","name":"CX 3","unitOfMeasure":"User"},)"
      R"("items":[{"itemNumber":"1","name":"CX 3","type":"Recurring","function":"user-license","description":"d",)"
      R"("dateChargedThrough":"2026-01-31","currencyIsoCode":"USD","discountAmount":15.5,)"
      R"("dateEffectiveStart":"2026-01-01","dateEffectiveEnd":"2026-05-15","overagePrice":160,"price":140,)"
      R"("quantity":80,"unitOfMeasure":"User"}]}]}],"nextUri":"/n","selfUri":"/s","previousUri":"/p"})");
  expect_round_trip<BillingContractListing>("{}");
  expect_round_trip<BillingContract>(R"({"id":"c","billingPeriods":[],"plans":[]})");
}

TEST(BillingRoundTrip, APeriodHasEveryPublishedField) {
  expect_round_trip<BillingContractPeriodDetail>(
      R"({"id":"p","dateStart":"2026-03-01","dateEnd":"2026-03-31","status":"Closed",)"
      R"("charges":[{"id":"h","name":"CX 3","product":{"id":"r"},"organizations":[{"id":"o"}],"prepaidQuantity":80,)"
      R"("fairuseQuantity":1250.5,"actualQuantity":92.500000001,"overageQuantity":12.500000001,"overageRate":0.0002,)"
      R"("overageCharge":-10,"overageCurrency":"USD","convertedTokenCount":0,"tokenConversionRate":333.333333333}],)"
      R"("wallets":[{"id":"w","name":"AI tokens","organizations":[],"product":{"sku":"t"},"startingBalance":350,)"
      R"("endingBalance":0,"balanceIncrease":0,"balanceDecrease":150,"balanceConsumption":200,"balanceOverage":0,)"
      R"("balanceOverageRate":0.5,"balanceOverageCharge":0,"balanceOverageCurrency":"USD","unitOfMeasure":"Token"}]})");
}

TEST(BillingRoundTrip, InvoicesAndTheirLinesHaveEveryPublishedField) {
  const std::string address =
      R"({"dateEffective":"2026-01-01","addressType":"BillTo","currencyIsoCode":"USD","line1":"1","line2":"2",)"
      R"("line3":"3","cityName":"Hamburg","postalCode":"20457","stateCode":"HH","countryCode":"DE",)"
      R"("citySubdivision1":"a","regionSubdivision1":"b","regionSubdivision2":"c","country":"Germany"})";
  expect_round_trip<BillingInvoiceListing>(
      R"({"entities":[{"id":"i","billToCustomer":{"name":"b"},"shipToCustomer":{"name":"s"},)"
      R"("soldToCustomer":{"name":"o"},"dateInvoiced":"2026-03-31","billToAddress":)" +
      address + R"(,"shipToAddress":)" + address +
      R"(,"currencyIsoCode":"USD","paymentStatus":"Unpaid","paymentTerms":"Net 30","paymentLink":"https://pay.example/",)"
      R"("customerPoNumber":"PO-7781","customerInvoiceType":"Invoice","amount":13100.05}],)"
      R"("nextUri":"/n","selfUri":"/s","previousUri":"/p"})");
  expect_round_trip<BillingInvoiceItemListing>(
      R"({"entities":[{"id":"l","product":{"id":"r"},"description":"80 at 140.00","dateTransacted":"2026-03-31",)"
      R"("dateStart":"2026-03-01","dateEnd":"2026-03-31","organization":{"id":"o"},"quantity":9007199254740993,)"
      R"("unitOfMeasure":"User","amount":-0.01}],"nextUri":"/n","selfUri":"/s","previousUri":"/p"})");
  expect_round_trip<UrlResponse>(R"({"url":"https://billing.example/documents/1"})");
}

TEST(BillingRoundTrip, AnInvoiceDocumentHasAllThatIsOnTheLetter) {
  expect_round_trip<InvoiceDocument>(
      R"({"id":"i","number":"NW-000001","type":"CreditNote","seller":{"name":"Northwind","address":{"line1":"1"},)"
      R"("taxNumber":"t","email":"e","phone":"p","website":"w"},"organization":{"id":"o","name":"Blue"},)"
      R"("contractId":"c","contractNumber":"00041822","dateInvoiced":"2026-03-31","dateStart":"2026-03-01",)"
      R"("dateEnd":"2026-03-31","currency":"USD","billToCustomer":{"name":"b"},"shipToCustomer":{"name":"s"},)"
      R"("soldToCustomer":{"name":"o"},"billToAddress":{"line1":"b"},"shipToAddress":{"line1":"s"},)"
      R"("paymentTerms":"Net 30","paymentLink":"https://pay.example/","customerPoNumber":"PO",)"
      R"("creditedInvoiceId":"j","creditedInvoiceNumber":"NW-000000","reason":"outage",)"
      R"("lines":[{"id":"l","kind":"overage","product":{"name":"CX 3"},"grouping":"user-license","description":"d",)"
      R"("dateStart":"2026-03-01","dateEnd":"2026-03-31","quantity":12.5,"unitOfMeasure":"User","unitPrice":160,)"
      R"("listUnitPrice":155.5,"isThirdParty":false,"isToken":true,"amount":2000}],"amount":-2000.01,)"
      R"("notes":["IBAN","terms"]})");
}

TEST(BillingRoundTrip, AnInvoiceRecordHasWhatThePublishedModelHasNoPlaceFor) {
  expect_round_trip<InvoiceRecordListing>(
      R"({"entities":[{"id":"i","number":"NW-000001","status":"Issued","billToCustomer":{"name":"b"},)"
      R"("shipToCustomer":{"name":"s"},"soldToCustomer":{"name":"o"},"dateInvoiced":"2026-03-31",)"
      R"("dateStart":"2026-03-01","dateEnd":"2026-03-31","contractId":"c","creditedInvoiceId":"j",)"
      R"("billToAddress":{"line1":"b"},"shipToAddress":{"line1":"s"},"currencyIsoCode":"USD","paymentStatus":"Paid",)"
      R"("paymentTerms":"t","paymentLink":"l","customerPoNumber":"p","customerInvoiceType":"Invoice","amount":100.05,)"
      R"("amountPaid":50,"amountCredited":50.05,"amountDue":0},)"
      R"({"status":"Draft","amount":0,"amountPaid":0,"amountCredited":0,"amountDue":0}],)"
      R"("nextUri":"/n","selfUri":"/s","previousUri":"/p"})");
}

TEST(BillingRoundTrip, BodiesOfPaymentsCreditNotesAndClosing) {
  expect_round_trip<InvoicePayment>(R"({"idempotencyKey":"k","amount":100.05,"date":"2026-04-10","reference":"wire"})");
  expect_round_trip<InvoicePaymentListing>(R"({"entities":[{"idempotencyKey":"k","amount":1}]})");
  expect_round_trip<CreditNoteRequest>(R"({"idempotencyKey":"k","amount":0.5,"reason":"outage"})");
  expect_round_trip<CreditNoteRequest>(R"({"idempotencyKey":"k","reason":"outage"})");
  expect_round_trip<ClosePeriodsRequest>(R"({"organizationId":"o","through":"2026-03-31"})");
  expect_round_trip<ClosePeriodsAnswer>(
      R"({"closed":[{"contractId":"c","billingPeriodId":"p","dateStart":"2026-03-01","dateEnd":"2026-03-31",)"
      R"("invoiceId":"i","invoiceNumber":"NW-000001","currencyIsoCode":"USD","amount":13100}],)"
      R"("adjustmentInvoices":[{"status":"Issued","amount":-5,"amountPaid":0,"amountCredited":0,"amountDue":0}]})");
}

std::optional<std::string> random_optional_word() {
  return random_flag() ? std::optional(random_word()) : std::nullopt;
}

InvoiceDocumentLine random_line() {
  InvoiceDocumentLine line;
  line.id = random_word();
  line.kind = random_word();
  if (random_flag()) line.product = BillingProduct{random_word(), random_word(), random_optional_word(), {}, {}};
  line.grouping = random_optional_word();
  line.description = random_word();
  line.date_start = random_day();
  line.date_end = random_day();
  line.quantity = random_decimal();
  line.unit_of_measure = random_optional_word();
  line.unit_price = random_optional_decimal();
  line.list_unit_price = random_optional_decimal();
  line.is_third_party = random_flag();
  line.is_token = random_flag();
  line.amount = random_decimal();
  return line;
}

InvoiceDocument random_invoice() {
  InvoiceDocument invoice;
  invoice.id = random_word();
  invoice.number = random_word();
  invoice.type = random_word();
  invoice.seller.name = random_word();
  invoice.organization = NamedEntity{random_optional_word(), random_optional_word(), {}};
  invoice.contract_id = random_word();
  invoice.date_invoiced = random_day();
  if (random_flag()) invoice.date_start = random_day();
  invoice.currency = random_word();
  if (random_flag()) invoice.bill_to_customer = Customer{random_optional_word(), random_word(), random_word(), {}};
  if (random_flag()) {
    invoice.bill_to_address.emplace().address_type = AddressType::bill_to;
    invoice.bill_to_address->line1 = random_optional_word();
  }
  invoice.reason = random_optional_word();
  invoice.lines = random_list(random_line);
  invoice.amount = random_decimal();
  invoice.notes = random_list(random_word);
  return invoice;
}

RC_GTEST_PROP(BillingRoundTrip, AnInvoiceSurvivesItsCanonicalText, ()) {
  const InvoiceDocument invoice = random_invoice();
  const auto text = canonical_json(to_json(invoice));
  RC_ASSERT(text.has_value());
  const auto read = from_json<InvoiceDocument>(*text);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == invoice);
  RC_ASSERT(canonical_json(to_json(*read)).value() == *text);
}

TEST(BillingRoundTrip, WhatANewerServerAddsIsKept) {
  expect_round_trip<BillingContract>(
      R"({"status":"Suspended","billToCustomer":{"name":"b","vat":0.190},)"
      R"("billingPeriods":[{"status":"Reopened","locked":true}],)"
      R"("plans":[{"items":[{"price":1,"tier":[1.0,2e3]}],"family":"cx"}],"region":{"id":"eu"}})");
  expect_round_trip<BillingContractPeriodDetail>(
      R"({"status":"Frozen","charges":[{"overageCharge":1,"tax":1.10}],"wallets":[{"expires":null}],"x":[]})");
  expect_round_trip<BillingInvoice>(
      R"({"billToAddress":{"addressType":"Home","geo":{"lat":53.550}},"paymentStatus":"Overdue","amount":1,"due":5.00})");
  expect_round_trip<InvoiceRecord>(
      R"({"status":"Void","amount":0,"amountPaid":0,"amountCredited":0,"amountDue":0,"reminders":[1]})");
}

TEST(BillingRoundTrip, EveryPublishedEnumerationValueIsKnown) {
  const auto is_known = []<class Enum>(Enum value, std::string_view text) {
    return OpenEnum<Enum>::from_text(text).known() == value && OpenEnum<Enum>(value).text() == text;
  };
  EXPECT_TRUE(is_known(ContractStatus::active, "Active"));
  EXPECT_TRUE(is_known(ContractStatus::inactive, "Inactive"));
  EXPECT_TRUE(is_known(PeriodStatus::open, "Open"));
  EXPECT_TRUE(is_known(PeriodStatus::closed, "Closed"));
  EXPECT_TRUE(is_known(PaymentStatus::paid, "Paid"));
  EXPECT_TRUE(is_known(PaymentStatus::unpaid, "Unpaid"));
  EXPECT_TRUE(is_known(AddressType::bill_to, "BillTo"));
  EXPECT_TRUE(is_known(AddressType::ship_to, "ShipTo"));
  EXPECT_TRUE(is_known(AddressType::end_user, "EndUser"));
  EXPECT_TRUE(is_known(AddressType::sold_to, "SoldTo"));
  EXPECT_TRUE(is_known(InvoiceStatus::draft, "Draft"));
  EXPECT_TRUE(is_known(InvoiceStatus::issued, "Issued"));
}

}  // namespace
}  // namespace tallystick::wire
