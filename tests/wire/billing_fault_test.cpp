#include <gtest/gtest.h>

#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/billing_period_detail.hpp"
#include "tallystick/wire/invoice_document.hpp"
#include "tallystick/wire/invoice_record.hpp"
#include "wire/fault_text.hpp"

namespace tallystick::wire {
namespace {

template <class Model>
Texts faults_of(std::string_view text) {
  const auto read = from_json<Model>(text);
  return read ? Texts{} : texts_of(read.error());
}

template <class Model>
Texts pointers_of(std::string_view text) {
  Texts pointers;
  const auto read = from_json<Model>(text);
  if (read) return pointers;
  for (const auto& fault : read.error()) pointers.push_back(fault.pointer);
  return pointers;
}

constexpr std::string_view number = "must be a number, such as 1.5, or a decimal in a string";
constexpr std::string_view date = "must be a date, such as 2026-03-01";

std::string at(std::string_view pointer, std::string_view message) {
  return std::string(pointer) + ": " + std::string(message);
}

TEST(BillingFaults, NothingIsRequiredOfThePublishedModels) {
  EXPECT_EQ(faults_of<BillingContractListing>("{}"), Texts{});
  EXPECT_EQ(faults_of<BillingContract>(R"({"id":null,"plans":[{"items":[{}]}],"billingPeriods":[{}]})"), Texts{});
  EXPECT_EQ(faults_of<BillingContractPeriodDetail>(R"({"charges":[{}],"wallets":[{}]})"), Texts{});
  EXPECT_EQ(faults_of<BillingInvoiceListing>(R"({"entities":[{"billToAddress":{},"soldToCustomer":{}}]})"), Texts{});
  EXPECT_EQ(faults_of<BillingInvoiceItemListing>(R"({"entities":[{}]})"), Texts{});
  EXPECT_EQ(faults_of<UrlResponse>("{}"), Texts{});
}

TEST(BillingFaults, ValuesOfAnotherKindAreTold) {
  EXPECT_EQ(faults_of<BillingContract>(
                R"({"status":1,"purchaseOrderNumbers":"PO","billToCustomer":"b","dateStart":"2026-01-01T00:00:00Z",)"
                R"("plans":[{"items":[{"price":"free","quantity":1.5,"discountAmount":true}],"product":[]}]})"),
            (Texts{"/status: must be a string", "/purchaseOrderNumbers: must be an array",
                   "/billToCustomer: must be an object", at("/dateStart", date), "/plans/0/product: must be an object",
                   at("/plans/0/items/0/discountAmount", number),
                   "/plans/0/items/0/price: must be a plain decimal number, such as \"1.5\"",
                   "/plans/0/items/0/quantity: must be an integer of at most 64 bits"}));
  EXPECT_EQ(
      faults_of<BillingContractPeriodDetail>(
          R"({"charges":[{"overageCharge":{}},{"actualQuantity":"0.0000000001"}],"wallets":[{"endingBalance":[]},7]})"),
      (Texts{at("/charges/0/overageCharge", number),
             "/charges/1/actualQuantity: has more than 18 digits before or 9 after the point",
             at("/wallets/0/endingBalance", number), "/wallets/1: must be an object"}));
  EXPECT_EQ(faults_of<BillingInvoiceItemListing>(R"({"entities":[{"quantity":"1","amount":false,"organization":5}]})"),
            (Texts{"/entities/0/organization: must be an object",
                   "/entities/0/quantity: must be an integer of at most 64 bits", at("/entities/0/amount", number)}));
}

TEST(BillingFaults, AnInvoiceDocumentNeedsWhatEachLetterHas) {
  EXPECT_EQ(pointers_of<InvoiceDocument>("{}"),
            (Texts{"/id", "/number", "/type", "/seller", "/organization", "/contractId", "/contractNumber",
                   "/dateInvoiced", "/currency", "/lines", "/amount", "/notes"}));
  EXPECT_EQ(
      pointers_of<InvoiceDocument>(
          R"({"id":"i","number":"1","type":"Invoice","seller":{},"organization":{},"contractId":"c",)"
          R"("contractNumber":"n","dateInvoiced":"2026-03-31","currency":"USD","lines":[{}],"amount":0,"notes":[1]})"),
      (Texts{"/seller/name", "/lines/0/id", "/lines/0/kind", "/lines/0/description", "/lines/0/dateStart",
             "/lines/0/dateEnd", "/lines/0/quantity", "/lines/0/isThirdParty", "/lines/0/isToken", "/lines/0/amount",
             "/notes/0"}));
}

TEST(BillingFaults, AnInvoiceRecordNeedsItsStatusAndSums) {
  EXPECT_EQ(pointers_of<InvoiceRecord>("{}"),
            (Texts{"/status", "/amount", "/amountPaid", "/amountCredited", "/amountDue"}));
  EXPECT_EQ(pointers_of<InvoiceRecordListing>("{}"), Texts{"/entities"});
}

TEST(BillingFaults, BodiesOfRequestsSayWhatTheyLack) {
  EXPECT_EQ(faults_of<InvoicePayment>(R"({"date":"tomorrow"})"),
            (Texts{"/idempotencyKey: is required", "/amount: is required", at("/date", date)}));
  EXPECT_EQ(faults_of<InvoicePayment>(R"({"idempotencyKey":7,"amount":"ten"})"),
            (Texts{"/idempotencyKey: must be a string", "/amount: must be a plain decimal number, such as \"1.5\""}));
  EXPECT_EQ(faults_of<CreditNoteRequest>(R"({"idempotencyKey":"k","amount":[1]})"),
            (Texts{at("/amount", number), "/reason: is required"}));
  EXPECT_EQ(faults_of<ClosePeriodsRequest>(R"({"through":20260331})"),
            (Texts{"/organizationId: is required", at("/through", date)}));
  EXPECT_EQ(pointers_of<ClosePeriodsAnswer>(R"({"closed":[{}]})"),
            (Texts{"/closed/0/contractId", "/closed/0/billingPeriodId", "/closed/0/dateStart", "/closed/0/dateEnd",
                   "/closed/0/invoiceId", "/closed/0/invoiceNumber", "/closed/0/currencyIsoCode", "/closed/0/amount",
                   "/adjustmentInvoices"}));
}

}  // namespace
}  // namespace tallystick::wire
