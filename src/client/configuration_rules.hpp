#pragma once
#include <optional>
#include <string>

#include "tallystick/client/connection.hpp"

/// What may be sent, and where to: checked before anything is.
namespace tallystick::client {

/// The token address in force: the configured one, else the one that belongs to the base URL.
[[nodiscard]] std::string token_address_of(const Configuration& configuration);
/// The base URL without a slash at its end.
[[nodiscard]] std::string base_of(const Configuration& configuration);

/// Why a configuration cannot work; absent: it can.
[[nodiscard]] std::optional<std::string> fault_of(const Configuration& configuration);
/// The same for a call and for what one call has of its own.
[[nodiscard]] std::optional<std::string> fault_of(const Connection::Call& call);
[[nodiscard]] std::optional<std::string> fault_of(const CallOptions& options);
/// The same for an address that a server signed: it has a query, and is itself the secret.
[[nodiscard]] std::optional<std::string> signed_address_fault(const std::string& address);

/// Whether two configurations obtain the same tokens.
[[nodiscard]] bool logs_in_alike(const Configuration& one, const Configuration& other);

}  // namespace tallystick::client
