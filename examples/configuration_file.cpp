// A program that runs for long, and takes another configuration without a restart: it asks once for each line of its
// input. The file is looked at before a call, at most once a second.
#include "tallystick/client/configuration_file.hpp"
#include "service.hpp"
#include "tallystick/client/organizations_api.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return example::usage("FILE PROFILE");
  const auto file = tallystick::ConfigurationFile::open(argv[1], argv[2]);
  if (!file) {
    std::cerr << file.error().message << '\n';
    return 2;
  }
  const tallystick::OrganizationsApi organizations{tallystick::Connection(*file)};
  for (std::string line; std::getline(std::cin, line);) {
    const auto me = organizations.get_organizations_me().send();
    if (!me) return example::complain(me.error());
    std::cout << example::shown(me->name) << std::endl;
  }
}
