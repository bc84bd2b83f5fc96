// The PDF of an invoice, as a file.
#include <fstream>

#include "service.hpp"
#include "tallystick/client/billing_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("INVOICE FILE");
  // The API classes share a connection: its token, its open sockets, its rate limit.
  const tallystick::Connection connection(example::from_environment());
  const tallystick::BillingApi billing(connection);
  const auto address = billing.get_billing_contracts_invoice_document(argv[1]).send();
  if (!address) return example::complain(address.error());

  const auto document = connection.download(address->url.value_or("")).result;
  if (!document) return example::complain(document.error());
  std::ofstream file(argv[2], std::ios::binary);
  file << document->body;
  file.close();
  if (!file) {
    std::cerr << argv[2] << " cannot be written.\n";
    return 1;
  }
  std::cout << argv[2] << ": " << document->body.size() << " bytes\n";
}
