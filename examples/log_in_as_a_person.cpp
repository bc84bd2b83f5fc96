// A person logs in with a browser (PKCE); the program then asks in the person's name. A program with a window would
// listen on the redirect address instead of letting the person copy the address.
#include "service.hpp"
#include "tallystick/client/authorization.hpp"
#include "tallystick/client/organizations_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("REDIRECT-URI of the client, such as http://127.0.0.1:9000/callback");
  auto configuration = example::from_environment();
  const auto pkce = tallystick::make_pkce();
  const auto state = tallystick::make_state();
  std::cout << "Open this address, log in, and paste the address to which the browser is sent:\n"
            << tallystick::authorization_url(tallystick::token_url(configuration.base_url),
                                             {.client_id = configuration.client_id,
                                              .redirect_uri = argv[1],
                                              .state = state,
                                              .code_challenge = pkce.challenge})
            << std::endl;

  std::string address;
  std::getline(std::cin, address);
  const auto code = tallystick::code_of_redirect(address.substr(address.find('?') + 1), state);
  if (!code) return example::complain(code.error());

  configuration.grant = tallystick::AuthorizationCode{*code, argv[1], pkce.verifier};
  const tallystick::OrganizationsApi organizations(configuration);
  const auto me = organizations.get_organizations_me().send();
  if (!me) return example::complain(me.error());
  std::cout << example::shown(me->name) << '\n';
}
