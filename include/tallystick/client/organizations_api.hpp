#pragma once
#include "tallystick/client/api_call.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/wire/organization.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// The published Organizations API, as far as billing needs it.
class OrganizationsApi {
 public:
  explicit OrganizationsApi(Configuration configuration) : connection_(std::move(configuration)) {}
  explicit OrganizationsApi(Connection connection) : connection_(std::move(connection)) {}

  /// The organization to which the caller's client belongs. Needs no permission.
  [[nodiscard]] ApiCall<wire::Organization> get_organizations_me() const;

 private:
  Connection connection_;
};

}  // namespace tallystick
#pragma GCC visibility pop
