#pragma once
#include <string>
#include <string_view>

#include "tallystick/client/http_transport.hpp"

/// What of a request and its answer may be told. All else is left out by name, whatever it holds.
namespace tallystick::client {

/// Without user, and with `?[redacted]` for a query that lets anyone fetch what it names: `is_signed` says that it
/// does.
[[nodiscard]] std::string told_address(std::string_view address, bool is_signed);

/// Whether the values of a header field may be told: it is one of those that hold nothing of anyone.
[[nodiscard]] bool is_harmless_header(std::string_view name);

/// `Name: value, …`: the values of fields that are known to be harmless, the names of all.
[[nodiscard]] std::string told_headers(const Headers& headers);

/// A JSON body on one line, without the values of secret fields and without the queries of addresses in it. Anything
/// else, and what is longer than told_body_bytes_max, as its size alone.
[[nodiscard]] std::string told_body(std::string_view body);

inline constexpr std::size_t told_body_bytes_max = std::size_t{64} << 10U;

}  // namespace tallystick::client
