#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/contract.hpp"
#include "tallystick/core/decimal.hpp"
#include "tallystick/core/seller.hpp"
#include "tallystick/core/uuid.hpp"

#pragma GCC visibility push(default)
/// What an operator declares: who there is, who may see whom, what can be used and how it counts
/// (domain.md, "Organizations, trusts, clients" and "Products and how they count"). Plain values without behaviour.
namespace tallystick::core {

/// Who uses, pays or looks.
struct Organization {
  OrganizationId id;
  std::string name;
  friend bool operator==(const Organization&, const Organization&) = default;
};

/// Lets the trustee (a partner) see the billing of the trustor (its customer).
struct Trust {
  OrganizationId trustee;
  OrganizationId trustor;
  bool enabled = true;
  friend bool operator==(const Trust&, const Trust&) = default;
};

/// A program that may log in, for one organization.
struct OAuthClient {
  std::string id;  ///< [A-Za-z0-9._-]{1,64}
  OrganizationId organization;
  std::string secret_hash;               ///< argon2id in its standard text form, never the secret
  std::vector<std::string> permissions;  ///< `domain:entity:action`, any part may be `*`
  std::int64_t token_seconds = 86'400;   ///< how long its tokens live: 300 to 172,800
  std::vector<std::string> redirect_uris;
  friend bool operator==(const OAuthClient&, const OAuthClient&) = default;
};

/// A person who may log in, for one organization, through the clients of that organization.
struct User {
  std::string id;  ///< [A-Za-z0-9._-]{1,64}
  OrganizationId organization;
  std::string email;                     ///< unique within the organization, compared without case
  std::string secret_hash;               ///< as a client's
  std::vector<std::string> permissions;  ///< as a client's
  friend bool operator==(const User&, const User&) = default;
};

/// An identity provider whose word about an organization's people is taken.
struct SamlIssuer {
  OrganizationId organization;
  std::string issuer;       ///< the entity id, as its assertions name it; unique within the organization
  std::string certificate;  ///< PEM, of the key that signs its assertions
  friend bool operator==(const SamlIssuer&, const SamlIssuer&) = default;
};

enum class MeteringKind { unique, sum, max, latest, duration, concurrent };
enum class MeteringUnit { hour, minute, second };

/// How the events of a product become a number.
struct Metering {
  MeteringKind kind = MeteringKind::sum;
  std::optional<std::string> family;         ///< licences of one family count once, at the highest rank
  std::optional<std::int64_t> rank;          ///< required with a family
  std::optional<std::int64_t> step_seconds;  ///< `duration`: each merged piece is rounded up to it
  std::optional<MeteringUnit> unit;          ///< `duration`: hours unless said otherwise
  friend bool operator==(const Metering&, const Metering&) = default;
};

/// An allowance: `each` per unit of another product, or a fixed one per organization. Exactly one form is set.
struct FairUse {
  std::optional<std::string> product;
  std::optional<Decimal> each;
  std::optional<Decimal> organization;
  friend bool operator==(const FairUse&, const FairUse&) = default;
};

/// The token product that a feature's usage converts into.
struct RollUp {
  std::string into;
  Decimal units_per_token;
  friend bool operator==(const RollUp&, const RollUp&) = default;
};

/// What can be used, how it counts and how it is shown.
struct Product {
  std::string key;
  std::string name;  ///< unique among products
  std::optional<std::string> short_name;
  std::string part_number;  ///< unique among products
  std::string grouping;
  std::string unit;
  Metering metering;
  std::map<std::string, Decimal> list_price;  ///< by ISO 4217 code
  bool third_party = false;
  bool cancellable = true;
  std::vector<FairUse> fair_use;
  std::optional<RollUp> rolls_up;
  friend bool operator==(const Product&, const Product&) = default;
};

/// What holds for the whole server; absent: the default, or what was applied before.
struct Settings {
  std::optional<std::int64_t> close_grace_hours;  ///< 0 to 8,784; 72 unless said otherwise (domain.md, "Closing")
  friend bool operator==(const Settings&, const Settings&) = default;
};
inline constexpr std::int64_t close_grace_hours_default = 72;
inline constexpr std::int64_t close_grace_hours_max = 8'784;

/// All that is declared, in the order of the first declaration. The built-in organization is not in it; its clients,
/// but for the operator client that the server makes for itself, are.
struct Catalog {
  std::vector<Organization> organizations;
  std::vector<Trust> trusts;
  std::vector<OAuthClient> clients;
  std::vector<Product> products;
  std::vector<Contract> contracts;
  std::vector<Seller> sellers;
  Settings settings;
  std::vector<User> users;
  std::vector<SamlIssuer> saml;
  friend bool operator==(const Catalog&, const Catalog&) = default;
};

/// A catalog as its author wrote it: its shape is right (wire saw to that), references and rules are not checked yet.
struct CatalogDocument {
  /// A client as the document has it.
  struct Client {
    OAuthClient client;  ///< secret_hash empty unless the document gives one
    std::string secret;  ///< empty unless the document gives one; with neither, the server keeps what it has
  };
  /// A user as the document has it.
  struct Person {
    User user;           ///< secret_hash empty unless the document gives one
    std::string secret;  ///< as a client's
  };
  std::vector<Organization> organizations;
  std::vector<Trust> trusts;
  std::vector<Client> clients;
  std::vector<Product> products;
  std::vector<Contract> contracts;
  std::vector<Seller> sellers;
  Settings settings;
  std::vector<Person> users;
  std::vector<SamlIssuer> saml;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
