// One's unpaid invoices since a day.
#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("DAY, such as 2026-01-01");
  const auto since = tallystick::core::parse_date(argv[1]);
  if (!since) return example::usage("a day as yyyy-MM-dd");

  const tallystick::BillingApi billing(example::from_environment());
  const auto unpaid = billing.get_billing_contracts_invoices(
      {.date_start = *since, .payment_status = tallystick::wire::PaymentStatus::unpaid});
  for (const auto& invoice : unpaid.items()) {
    if (!invoice) return example::complain(invoice.error());
    if (invoice->date_invoiced) std::cout << tallystick::core::to_string(*invoice->date_invoiced) << ' ';
    std::cout << example::shown(invoice->id) << ' ' << example::shown(invoice->amount) << ' '
              << example::shown(invoice->currency_iso_code) << '\n';
  }
}
