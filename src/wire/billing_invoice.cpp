#include "tallystick/wire/billing_invoice.hpp"

#include "wire/codec.hpp"
#include "wire/customer_shape.hpp"
#include "wire/named_entity_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(BillingInvoice, (),
                      (id, bill_to_customer, ship_to_customer, sold_to_customer, date_invoiced, bill_to_address,
                       ship_to_address, currency_iso_code, payment_status, payment_terms, payment_link,
                       customer_po_number, customer_invoice_type, amount))
BOOST_DESCRIBE_STRUCT(BillingInvoiceListing, (), (entities, next_uri, self_uri, previous_uri))
BOOST_DESCRIBE_STRUCT(BillingInvoiceItem, (),
                      (id, product, description, date_transacted, date_start, date_end, organization, quantity,
                       unit_of_measure, amount))
BOOST_DESCRIBE_STRUCT(BillingInvoiceItemListing, (), (entities, next_uri, self_uri, previous_uri))
BOOST_DESCRIBE_STRUCT(UrlResponse, (), (url))

template std::string to_json<BillingInvoice>(const BillingInvoice&);
template Result<BillingInvoice, DecodeFaults> from_json<BillingInvoice>(std::string_view);
template std::string to_json<BillingInvoiceListing>(const BillingInvoiceListing&);
template Result<BillingInvoiceListing, DecodeFaults> from_json<BillingInvoiceListing>(std::string_view);
template std::string to_json<BillingInvoiceItem>(const BillingInvoiceItem&);
template Result<BillingInvoiceItem, DecodeFaults> from_json<BillingInvoiceItem>(std::string_view);
template std::string to_json<BillingInvoiceItemListing>(const BillingInvoiceItemListing&);
template Result<BillingInvoiceItemListing, DecodeFaults> from_json<BillingInvoiceItemListing>(std::string_view);
template std::string to_json<UrlResponse>(const UrlResponse&);
template Result<UrlResponse, DecodeFaults> from_json<UrlResponse>(std::string_view);

}  // namespace tallystick::wire
