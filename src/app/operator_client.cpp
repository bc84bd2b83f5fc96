#include "app/operator_client.hpp"

namespace tallystick::app {

NewOperator make_operator(const RandomBytes& random) {
  NewOperator made;
  made.secret = make_secret(random);
  made.client.id = "operator";
  made.client.organization = core::operator_organization_id;
  made.client.secret_hash = hash_secret(made.secret);
  // Two, because `*` as a domain never covers our own.
  made.client.permissions = {"*:*:*", "tallystick:*:*"};
  return made;
}

}  // namespace tallystick::app
