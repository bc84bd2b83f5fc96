// The lines of an invoice.
#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("INVOICE, an id as the list of invoices has it");
  const tallystick::BillingApi billing(example::from_environment());
  for (const auto& line : billing.get_billing_contracts_invoice_lines(argv[1]).items()) {
    if (!line) return example::complain(line.error());
    std::cout << example::shown(line->description) << ": " << example::shown(line->amount) << '\n';
  }
}
