// What a server's catalog would change if it became what a file says. Without `.dry_run` it does.
#include <fstream>
#include <sstream>

#include "service.hpp"
#include "tallystick/client/tallystick_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("FILE, a catalog as YAML");
  std::ifstream file(argv[1]);
  std::ostringstream document;
  document << file.rdbuf();
  if (!file) return example::usage("a file that can be read");

  const tallystick::TallystickApi tallystick_server(example::from_environment());
  const auto changes = tallystick_server.apply(document.str(), "application/yaml", {.dry_run = true}).send();
  if (!changes) return example::complain(changes.error());
  for (const auto& created : changes->created) std::cout << "+ " << created << '\n';
  for (const auto& updated : changes->updated) std::cout << "~ " << updated << '\n';
  std::cout << changes->unchanged << " unchanged\n";
}
