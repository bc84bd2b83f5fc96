#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
namespace tallystick::wire {

/// One fault of a request; Detail of the published API.
struct Detail {
  std::optional<std::string> error_code;
  std::optional<std::string> field_name;  ///< an RFC 6901 pointer into the body, or a parameter's name
  std::optional<std::string> entity_id;
  std::optional<std::string> entity_name;
  UnknownFields unknown;
  friend bool operator==(const Detail&, const Detail&) = default;
};

/// Limit of the published API.
struct Limit {
  std::optional<std::string> key;
  std::optional<std::string> name_space;  ///< `namespace` on the wire
  std::optional<std::int64_t> value;
  UnknownFields unknown;
  friend bool operator==(const Limit&, const Limit&) = default;
};

/// What every address but /oauth/token answers when it cannot do what was asked; ErrorBody of the published API.
struct ErrorBody {
  std::optional<std::string> message;
  std::optional<std::string> code;
  std::optional<std::int64_t> status;
  std::optional<std::string> entity_id;
  std::optional<std::string> entity_name;
  std::optional<std::string> message_with_params;
  std::optional<std::map<std::string, std::string>> message_params;
  std::optional<std::string> context_id;
  std::optional<std::vector<Detail>> details;
  std::optional<std::vector<ErrorBody>> errors;
  std::optional<Limit> limit;
  UnknownFields unknown;
  friend bool operator==(const ErrorBody&, const ErrorBody&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
