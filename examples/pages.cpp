// A listing page by page, such as for a program that shows one at a time.
#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("ROWS of a page");
  const tallystick::TallystickApi tallystick_server(example::from_environment());
  const auto invoices = tallystick_server.get_invoices({.page = {.size = std::atoi(argv[1])}});
  int number = 0;
  for (const auto& page : invoices.pages()) {
    if (!page) return example::complain(page.error());
    std::cout << "page " << ++number << '\n';
    for (const auto& invoice : page->entities) {
      std::cout << "  " << example::shown(invoice.number) << ' ' << invoice.amount_due.to_string() << " due\n";
    }
  }
}
