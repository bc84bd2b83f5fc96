// A call whose answer comes to a callback, and one that is cancelled when it takes longer than one likes.
#include <future>
#include <stop_token>

#include "service.hpp"
#include "tallystick/client/organizations_api.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return example::usage("MILLISECONDS to wait");
  const std::chrono::milliseconds patience(std::strtol(argv[1], nullptr, 10));

  const tallystick::OrganizationsApi organizations(example::from_environment());
  std::stop_source stop;
  std::promise<int> exit_code;
  organizations.get_organizations_me().start(
      [&exit_code](tallystick::ApiAnswer<tallystick::wire::Organization> answer) {
        if (answer.result) {
          std::cout << example::shown(answer.result->name) << '\n';
          exit_code.set_value(0);
        } else if (answer.result.error().kind == tallystick::ApiError::Kind::cancelled) {
          std::cout << "cancelled\n";
          exit_code.set_value(0);
        } else {
          exit_code.set_value(example::complain(answer.result.error()));
        }
      },
      {.stop = stop.get_token()});

  auto done = exit_code.get_future();
  // Wherever the call is by then, waiting for a thread, pausing before a repeat or under way: it ends at once.
  if (done.wait_for(patience) == std::future_status::timeout) stop.request_stop();
  return done.get();
}
