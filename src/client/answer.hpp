#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "tallystick/client/api_error.hpp"
#include "tallystick/client/http_transport.hpp"
#include "tallystick/wire/json.hpp"

/// From an HTTP answer to a model, or to an ApiError: the one place where messages of answers are made.
namespace tallystick::client {

inline constexpr std::size_t excerpt_bytes_max = 200;
/// Text of a server as one line for people: control characters, which could steer a terminal, and runs of blanks
/// become one space; at most `bytes_max` bytes, cut between characters of UTF-8.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t bytes_max = excerpt_bytes_max);

/// The error of an answer whose status is not 2xx. `address`: what was asked, for the message.
[[nodiscard]] ApiError status_error(const HttpResponse& response, std::string_view address);

/// The same for the token address, whose errors are RFC 6749's.
[[nodiscard]] ApiError token_error(const HttpResponse& response, std::string_view address);

/// The error of a success that does not hold `model`.
[[nodiscard]] ApiError not_the_model(const HttpResponse& response, std::string_view address, std::string_view model,
                                     const wire::DecodeFaults& faults);

/// The error of a page of `address` from which the way on leads to no page, or to one that was read already. `way`: as
/// the page shows it.
[[nodiscard]] ApiError no_further_page(std::string_view address, std::string_view way);

/// The error of a call whose CallOptions::stop was requested.
[[nodiscard]] ApiError cancelled_error();

/// The model that an answer of status 2xx holds. `path` and `model` name what was asked and expected.
template <class Model>
[[nodiscard]] ApiResult<Model> decode(const HttpResponse& answer, std::string_view path, std::string_view model) {
  auto decoded = wire::from_json<Model>(answer.body);
  if (!decoded) return fail(not_the_model(answer, path, model, decoded.error()));
  return std::move(*decoded);
}

}  // namespace tallystick::client
