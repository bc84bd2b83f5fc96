#include "tallystick/client/billing_api.hpp"

// A call that is made and never sent asks nobody.
void ask(const tallystick::BillingApi& api) {
#ifdef CORRECT
  const auto contracts = api.get_billing_contracts().send();
  if (!contracts) throw contracts.error();
#else
  api.get_billing_contracts();
#endif
}
