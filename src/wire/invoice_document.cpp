#include "tallystick/wire/invoice_document.hpp"

#include "wire/codec.hpp"
#include "wire/customer_shape.hpp"
#include "wire/named_entity_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(InvoiceSeller, (), (name, address, tax_number, email, phone, website))
BOOST_DESCRIBE_STRUCT(InvoiceDocumentLine, (),
                      (id, kind, product, grouping, description, date_start, date_end, quantity, unit_of_measure,
                       unit_price, list_unit_price, is_third_party, is_token, amount))
BOOST_DESCRIBE_STRUCT(InvoiceDocument, (),
                      (id, number, type, seller, organization, contract_id, contract_number, date_invoiced, date_start,
                       date_end, currency, bill_to_customer, ship_to_customer, sold_to_customer, bill_to_address,
                       ship_to_address, payment_terms, payment_link, customer_po_number, credited_invoice_id,
                       credited_invoice_number, reason, lines, amount, notes))

template std::string to_json<InvoiceDocument>(const InvoiceDocument&);
template Result<InvoiceDocument, DecodeFaults> from_json<InvoiceDocument>(std::string_view);

}  // namespace tallystick::wire
