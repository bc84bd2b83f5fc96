#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/store.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/metering_families.hpp"

namespace tallystick::app {

/// A catalog that no longer changes, with the look-ups that requests need. Includes the built-in organization and the
/// operator client.
class CatalogSnapshot {
 public:
  CatalogSnapshot(core::Catalog catalog, core::OAuthClient operator_client);
  CatalogSnapshot(const CatalogSnapshot&) = delete;
  CatalogSnapshot& operator=(const CatalogSnapshot&) = delete;

  /// What operators declared: without the built-in organization and client.
  [[nodiscard]] const core::Catalog& declared() const { return catalog_; }

  /// nullptr: there is none. What is pointed at lives as long as the snapshot.
  [[nodiscard]] const core::Organization* organization(const core::OrganizationId& id) const;
  [[nodiscard]] const core::OAuthClient* client(std::string_view id) const;
  [[nodiscard]] const core::User* user(std::string_view id) const;
  /// The organization's user of that address, whatever the case of its letters.
  [[nodiscard]] const core::User* user_of(const core::OrganizationId& organization, std::string_view email) const;
  /// The organization's identity provider of that entity id.
  [[nodiscard]] const core::SamlIssuer* saml_issuer(const core::OrganizationId& organization,
                                                    std::string_view issuer) const;
  [[nodiscard]] const core::Product* product(std::string_view key) const;
  /// How the products are metered together.
  [[nodiscard]] const core::MeteringFamilies& metering_families() const { return metering_families_; }
  /// The contracts of an organization, by effective date; none of an unknown one.
  [[nodiscard]] std::span<const core::Contract> contracts_of(const core::OrganizationId& organization) const;
  /// The trusts of a trustee, by the trustor's id.
  [[nodiscard]] std::span<const core::Trust> trusts_of(const core::OrganizationId& trustee) const;
  /// nullptr: none was declared with this key.
  [[nodiscard]] const core::Seller* seller(std::string_view key) const;
  /// Who issues a contract's invoices: the seller that it names, else the catalog's only one, else the built-in one
  /// named Operator, which has neither prefix nor address (docs/domain.md, "Invoices").
  [[nodiscard]] core::Seller seller_of(const core::Contract& contract) const;
  /// How long after its end a period closes by itself (docs/domain.md, "Closing").
  [[nodiscard]] std::chrono::hours close_grace() const;
  [[nodiscard]] const core::OAuthClient& operator_client() const { return operator_client_; }

 private:
  struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <class Value>
  using ByName = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

  core::Catalog catalog_;
  core::Organization operator_organization_;
  core::OAuthClient operator_client_;
  std::unordered_map<core::OrganizationId, const core::Organization*> organizations_;
  ByName<const core::OAuthClient*> clients_;
  ByName<const core::User*> users_;
  std::map<std::pair<core::OrganizationId, std::string>, const core::User*> users_by_email_;
  ByName<const core::Product*> products_;
  ByName<const core::Seller*> sellers_;
  core::MeteringFamilies metering_families_;
  std::unordered_map<core::OrganizationId, std::vector<core::Contract>> contracts_;
  std::unordered_map<core::OrganizationId, std::vector<core::Trust>> trusts_;
};

/// The catalog in force. Requests take it once and keep what they took; apply replaces it. Any thread.
class CurrentCatalog {
 public:
  explicit CurrentCatalog(std::shared_ptr<const CatalogSnapshot> first) : current_(std::move(first)) {}
  [[nodiscard]] std::shared_ptr<const CatalogSnapshot> get() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }
  void replace(std::shared_ptr<const CatalogSnapshot> next) {
    const std::lock_guard lock(mutex_);
    current_.swap(next);  // the former one, if it was the last, is freed after the lock
  }

 private:
  // Not std::atomic<std::shared_ptr>: that of GCC 12 unlocks its readers without release, a data race by its own rules.
  mutable std::mutex mutex_;
  std::shared_ptr<const CatalogSnapshot> current_;
};

/// The catalog that the store holds, as the first one in force after a start.
[[nodiscard]] store::Stored<std::shared_ptr<const CatalogSnapshot>> load_current_catalog(
    const store::Store& store, core::OAuthClient operator_client);

}  // namespace tallystick::app
