// A service behind an authority of one's own, which asks for a client certificate; the way there may lead through a
// proxy. Certificates are always verified: an authority is added, none is left out.
#include "service.hpp"
#include "tallystick/client/organizations_api.hpp"

int main(int argc, char** argv) {
  if (argc != 4) return example::usage("CA.pem CERTIFICATE.pem KEY.pem");
  auto configuration = example::from_environment();
  configuration.transport.authorities.file = argv[1];
  configuration.transport.client_certificate.file = argv[2];
  configuration.transport.client_key.file = argv[3];
  if (const std::string proxy = example::variable("EXAMPLE_PROXY"); !proxy.empty()) {
    configuration.transport.proxy = {{.url = proxy,
                                      .user = example::variable("EXAMPLE_PROXY_USER"),
                                      .password = example::variable("EXAMPLE_PROXY_PASSWORD")}};
  }

  const tallystick::OrganizationsApi organizations(configuration);
  const auto me = organizations.get_organizations_me().send();
  if (!me) return example::complain(me.error());
  std::cout << example::shown(me->name) << '\n';
}
