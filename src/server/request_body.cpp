#include "server/request_body.hpp"

#include "server/compression.hpp"

namespace tallystick::server {

Result<std::string, Refusal> read_body(Request& request, std::size_t bytes_max) {
  const auto coding = parse_content_coding(request.header("Content-Encoding").value_or(""));
  if (!coding) return fail(refuse_media_type("Content-Encoding may be gzip or zstd."));
  auto body = inflate(std::move(request.body), *coding, bytes_max);
  if (body) return std::move(*body);
  if (body.error() == InflateFault::too_large) return fail(refuse_body_over(bytes_max));
  Refusal refusal = refuse(Situation::bad_request);
  refusal.reason = "The body is damaged or cut short, or not compressed as Content-Encoding says.";
  return fail(std::move(refusal));
}

}  // namespace tallystick::server
