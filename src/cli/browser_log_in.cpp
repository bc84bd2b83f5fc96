#include "cli/browser_log_in.hpp"

#include <chrono>
#include <utility>

#include "cli/browser.hpp"
#include "cli/redirect_page.hpp"
#include "client/configuration_rules.hpp"
#include "tallystick/client/authorization.hpp"

namespace tallystick::cli {
namespace {

constexpr std::chrono::minutes browser_wait_max{5};

}  // namespace

Result<BrowserLogIn, Failure> log_in_by_browser(const Configuration& configuration, const BrowserLogInOptions& options,
                                                const Terminal& terminal, Progress& progress,
                                                const std::stop_token& stop) {
  Configuration to_be = configuration;
  to_be.grant = RefreshToken{};
  if (auto fault = client::fault_of(to_be)) return fail(Failure{ExitCode::bad_input, *std::move(fault)});
  const auto listener = RedirectListener::open(options.redirect_port);
  if (!listener) return fail(listener.error());
  const Pkce pkce = make_pkce();
  const std::string state = make_state();
  const std::string redirect_uri = listener->redirect_uri();
  const std::string address =
      authorization_url(client::token_address_of(configuration), {.client_id = configuration.client_id,
                                                                  .redirect_uri = redirect_uri,
                                                                  .state = state,
                                                                  .code_challenge = pkce.challenge});
  const bool opened = options.opens_browser && open_browser(address, terminal);
  progress.tell(opened ? "Log in in the browser. If it does not open, go to this address on this machine:\n" + address
                       : "Log in at this address, in a browser on this machine:\n" + address);

  const auto is_ours = [&](std::string_view query) {
    const auto code = code_of_redirect(query, state);
    return code || code.error().kind == ApiError::Kind::status;
  };
  auto visit = listener->wait(
      is_ours, {.now = terminal.monotonic_now, .until = terminal.monotonic_now() + browser_wait_max, .stop = stop});
  if (!visit) return fail(visit.error());
  auto code = code_of_redirect(visit->query(), state);
  if (!code) {
    visit->answer(page_of_failure(code.error().message));
    return fail(failure_of(code.error()));
  }
  return BrowserLogIn{.code = {.code = *std::move(code), .redirect_uri = redirect_uri, .code_verifier = pkce.verifier},
                      .visit = *std::move(visit)};
}

}  // namespace tallystick::cli
