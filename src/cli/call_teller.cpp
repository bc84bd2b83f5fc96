#include "cli/call_teller.hpp"

#include <algorithm>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "client/redaction.hpp"

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;

// How often the time left is shown.
constexpr milliseconds countdown_step{1'000};

bool has_token(const HttpRequest& request) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [](const auto& header) { return header.first == "Authorization"; });
}

}  // namespace

void CallTeller::tell_pause(const Hooks::Pause& pause) {
  if (pause.why == Hooks::Pause::Why::rate_limit) {
    waits_for_window_ = std::this_thread::get_id();
  } else {
    progress_.tell(pause.error.message + "; trying again in " + duration_text(pause.length));
  }
}

void CallTeller::sleep(milliseconds length, const std::stop_token& stop) {
  const bool is_for_window = waits_for_window_ == std::this_thread::get_id();
  for (milliseconds left = length; left.count() > 0 && !stop.stop_requested();) {
    if (is_for_window)
      progress_.show("The rate limit is reached; going on in " +
                     duration_text(std::chrono::ceil<std::chrono::seconds>(left)));
    const milliseconds step = is_for_window ? std::min(left, countdown_step) : left;
    terminal_.pause(step, stop);
    left -= step;
  }
  if (is_for_window) waits_for_window_ = std::thread::id();
}

void CallTeller::tell_request(const HttpRequest& request, const ApiResult<HttpResponse>& outcome,
                              std::chrono::microseconds duration) {
  // Without a token the address is one that lets anyone fetch what it names.
  std::string line = request.method + " " + client::told_address(request.url, !has_token(request));
  if (!request.body.empty()) line += " (" + bytes_text(request.body.size()) + ")";
  line += outcome ? ": " + std::to_string(outcome->status) + ", " + bytes_text(outcome->body.size())
                  : ": " + outcome.error().message;
  line += " in " + duration_text(std::chrono::duration_cast<milliseconds>(duration));
  if (outcome) {
    if (const auto id = outcome->header("ININ-Correlation-Id")) line += ", correlation id " + printable(*id);
  }
  progress_.tell(line);
}

}  // namespace tallystick::cli
