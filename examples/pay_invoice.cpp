// Records that an invoice was paid. The key makes a repeat harmless: use one that the bank's statement gives.
#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main(int argc, char** argv) {
  if (argc != 4) return example::usage("INVOICE AMOUNT KEY");
  const auto amount = tallystick::core::Decimal::parse(argv[2]);
  if (!amount) return example::usage("an id, an amount such as 120.50, a key");

  const tallystick::TallystickApi tallystick_server(example::from_environment());
  tallystick::wire::InvoicePayment payment;
  payment.idempotency_key = argv[3];
  payment.amount = *amount;
  const auto paid = tallystick_server.post_invoice_payment(argv[1], payment).send();
  if (!paid) return example::complain(paid.error());

  std::cout << paid->idempotency_key << ": " << paid->amount.to_string() << '\n';
}
