#include "cli/traced_transport.hpp"

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"

namespace tallystick::cli {

ApiResult<HttpResponse> TracedTransport::send(const HttpRequest& request) {
  const auto begin = clock_();
  auto answer = transport_->send(request);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_() - begin);
  std::string line = request.method + " " + request.url;
  if (!request.body.empty()) line += " (" + bytes_text(request.body.size()) + ")";
  line += answer ? ": " + std::to_string(answer->status) + ", " + bytes_text(answer->body.size())
                 : ": " + answer.error().message;
  line += " in " + duration_text(took);
  if (answer) {
    if (const auto id = answer->header("ININ-Correlation-Id")) line += ", correlation id " + printable(*id);
  }
  tell_(line);
  return answer;
}

}  // namespace tallystick::cli
