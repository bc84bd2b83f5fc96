#include "tallystick/wire/invoice_record.hpp"

#include "wire/codec.hpp"
#include "wire/customer_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(InvoiceRecord, (),
                      (id, number, status, bill_to_customer, ship_to_customer, sold_to_customer, date_invoiced,
                       date_start, date_end, contract_id, credited_invoice_id, bill_to_address, ship_to_address,
                       currency_iso_code, payment_status, payment_terms, payment_link, customer_po_number,
                       customer_invoice_type, amount, amount_paid, amount_credited, amount_due))
BOOST_DESCRIBE_STRUCT(InvoiceRecordListing, (), (entities, next_uri, self_uri, previous_uri))
BOOST_DESCRIBE_STRUCT(InvoicePayment, (), (idempotency_key, amount, date, reference))
BOOST_DESCRIBE_STRUCT(InvoicePaymentListing, (), (entities))
BOOST_DESCRIBE_STRUCT(CreditNoteRequest, (), (idempotency_key, amount, reason))
BOOST_DESCRIBE_STRUCT(ClosePeriodsRequest, (), (organization_id, through))
BOOST_DESCRIBE_STRUCT(ClosedPeriodRecord, (),
                      (contract_id, billing_period_id, date_start, date_end, invoice_id, invoice_number,
                       currency_iso_code, amount))
BOOST_DESCRIBE_STRUCT(ClosePeriodsAnswer, (), (closed, adjustment_invoices))

template std::string to_json<InvoiceRecord>(const InvoiceRecord&);
template Result<InvoiceRecord, DecodeFaults> from_json<InvoiceRecord>(std::string_view);
template std::string to_json<InvoiceRecordListing>(const InvoiceRecordListing&);
template Result<InvoiceRecordListing, DecodeFaults> from_json<InvoiceRecordListing>(std::string_view);
template std::string to_json<InvoicePayment>(const InvoicePayment&);
template Result<InvoicePayment, DecodeFaults> from_json<InvoicePayment>(std::string_view);
template std::string to_json<InvoicePaymentListing>(const InvoicePaymentListing&);
template Result<InvoicePaymentListing, DecodeFaults> from_json<InvoicePaymentListing>(std::string_view);
template std::string to_json<CreditNoteRequest>(const CreditNoteRequest&);
template Result<CreditNoteRequest, DecodeFaults> from_json<CreditNoteRequest>(std::string_view);
template std::string to_json<ClosePeriodsRequest>(const ClosePeriodsRequest&);
template Result<ClosePeriodsRequest, DecodeFaults> from_json<ClosePeriodsRequest>(std::string_view);
template std::string to_json<ClosePeriodsAnswer>(const ClosePeriodsAnswer&);
template Result<ClosePeriodsAnswer, DecodeFaults> from_json<ClosePeriodsAnswer>(std::string_view);

}  // namespace tallystick::wire
