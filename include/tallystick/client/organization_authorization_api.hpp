#pragma once
#include "tallystick/client/api_call.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/client/list_call.hpp"
#include "tallystick/wire/trustor_listing.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// The published Organization Authorization API, as far as billing needs it: whose billing a partner may see.
class OrganizationAuthorizationApi {
 public:
  explicit OrganizationAuthorizationApi(Configuration configuration) : connection_(std::move(configuration)) {}
  explicit OrganizationAuthorizationApi(Connection connection) : connection_(std::move(connection)) {}

  /// Which part of the listing.
  struct Page {
    int number = 1;  ///< from 1
    int size = 25;   ///< 1 to 100
  };
  /// One page of the organizations that trust the caller's, by id.
  [[nodiscard]] ListCall<wire::TrustorEntityListing> get_orgauthorization_trustors(Page page) const;
  [[nodiscard]] ListCall<wire::TrustorEntityListing> get_orgauthorization_trustors() const {
    return get_orgauthorization_trustors(Page{});
  }

 private:
  Connection connection_;
};

}  // namespace tallystick
#pragma GCC visibility pop
