#include "tallystick/client/billing_api.hpp"

// Whoever wants no answer says so with a callback.
void start(const tallystick::BillingApi& api) {
#ifdef CORRECT
  api.get_billing_contracts().start([](const tallystick::ApiAnswer<tallystick::wire::BillingContractListing>&) {});
#else
  api.get_billing_contracts().start();
#endif
}
