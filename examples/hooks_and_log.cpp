// What happens to each request: a header of one's own, how long each attempt took, what is logged.
#include "service.hpp"
#include "tallystick/client/organizations_api.hpp"

int main() {
  auto configuration = example::from_environment();
  configuration.headers = {{"X-Purpose", "example"}};
  configuration.hooks.before_request = [](tallystick::HttpRequest& request) {
    request.headers.emplace_back("X-Sent-By", "hooks_and_log");
  };
  configuration.hooks.after_request = [](const tallystick::HttpRequest& request,
                                         const tallystick::ApiResult<tallystick::HttpResponse>& outcome,
                                         std::chrono::microseconds duration) {
    std::cout << request.method << ' ' << (outcome ? outcome->status : 0) << " in less than "
              << duration.count() / 1'000'000 + 1 << " s\n";
  };
  configuration.hooks.before_pause = [](const tallystick::Hooks::Pause& pause) {
    const bool is_retry = pause.why == tallystick::Hooks::Pause::Why::retry;
    std::cout << "waits " << pause.length.count()
              << " ms: " << (is_retry ? pause.error.message : std::string("the rate limit is reached")) << '\n';
  };
  // Tokens and secrets are left out at every level.
  configuration.log = {.level = tallystick::LogLevel::debug,
                       .sink = [](tallystick::LogLevel, std::string_view line) { std::cerr << line << '\n'; }};

  const tallystick::OrganizationsApi organizations(std::move(configuration));
  const auto me = organizations.get_organizations_me().send({.headers = {{"X-Purpose", "this call alone"}}});
  if (!me) return example::complain(me.error());
  std::cout << example::shown(me->name) << '\n';
}
