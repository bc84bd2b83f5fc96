#include <algorithm>
#include <string>
#include <utility>

#include "app/catalog_rules.hpp"
#include "app/certificate.hpp"
#include "app/letter_case.hpp"
#include "app/permission.hpp"
#include "app/redirect_uri.hpp"
#include "app/secret.hpp"

namespace tallystick::app {
namespace {

// Where accounts may be: in the built-in organization too.
void check_home(DocumentFaults& faults, const DocumentPlace& place, const CatalogReferences& references,
                const core::OrganizationId& organization) {
  if (organization == core::operator_organization_id) return;
  check_organization_reference(faults, place / "organization", references, organization);
}

void check_permissions(DocumentFaults& faults, const DocumentPlace& place, const core::OrganizationId& organization,
                       const std::vector<std::string>& permissions) {
  for (std::size_t i = 0; i < permissions.size(); ++i) {
    if (!is_well_formed_permission(permissions[i])) {
      faults.add(place / i, "must be `domain:entity:action`, each part `*` or of letters, digits, - and _");
    } else if (organization != core::operator_organization_id && !may_be_held_by_customers(permissions[i])) {
      faults.add(place / i,
                 "is for clients and users of Operator alone; of the domain tallystick others may hold "
                 "tallystick:event:add and tallystick:report:view");
    }
  }
}

struct DeclaredSecret {
  std::string_view secret;  // empty: not given
  std::string_view hash;    // empty: not given
};

void check_secret(DocumentFaults& faults, const DocumentPlace& place, const DeclaredSecret& declared) {
  if (!declared.secret.empty() && !declared.hash.empty()) {
    faults.add(place / "secret_hash", "goes instead of a secret, not with one");
  }
  if (declared.secret.size() > secret_bytes_max) {
    faults.check_text(place / "secret", declared.secret, secret_bytes_max);
  }
  if (!declared.hash.empty() && !is_acceptable_secret_hash(declared.hash)) {
    faults.add(place / "secret_hash", "must be an argon2id hash ($argon2id$v=19$…) of at most 256 MiB and 4 passes");
  }
}

void check_redirect_uris(DocumentFaults& faults, const DocumentPlace& place, const std::vector<std::string>& uris) {
  if (uris.size() > redirect_uris_max) {
    faults.add(place, "has " + std::to_string(uris.size()) + " entries, at most " + std::to_string(redirect_uris_max) +
                          " are allowed");
  }
  for (std::size_t i = 0; i < uris.size(); ++i) {
    if (uris[i].empty() || uris[i].size() > redirect_uri_bytes_max) {
      faults.check_text(place / i, uris[i], redirect_uri_bytes_max);
    } else if (!is_redirect_uri(uris[i])) {
      faults.add(place / i,
                 "must be an absolute https address without user name and #, such as https://app.example/back, or http "
                 "to 127.0.0.1, [::1] or localhost");
    }
  }
}

// No more than what a mistyped address breaks: whether it can be written to is not for us to say.
bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  return text.find('@', at + 1) == std::string_view::npos &&
         std::ranges::none_of(text, [](char c) { return (c >= '\0' && c <= ' ') || c == '\x7f'; });
}

}  // namespace

void check_clients(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references,
                   const CatalogSnapshot& current) {
  DeclaredKeys<std::string_view> declared;
  for (std::size_t i = 0; i < document.clients.size(); ++i) {
    const auto& entry = document.clients[i];
    const core::OAuthClient& client = entry.client;
    const DocumentPlace place = DocumentPlace() / "clients" / i;
    declared.check(faults, place / "id", place, client.id);
    if (!is_plain_identifier(client.id, client_id_bytes_max, true)) {
      faults.add(place / "id", "must be 1 to 64 letters, digits, . _ or -");
    }
    if (client.id == current.operator_client().id) {
      faults.add(place / "id", "is the client that operates this server, which is in no document");
    }
    check_home(faults, place, references, client.organization);
    check_secret(faults, place, {entry.secret, client.secret_hash});
    if (entry.secret.empty() && client.secret_hash.empty() && current.client(client.id) == nullptr) {
      faults.add(place / "secret", "is required: the client is new (or give secret_hash)");
    }
    check_permissions(faults, place / "permissions", client.organization, client.permissions);
    if (client.token_seconds < token_seconds_min || client.token_seconds > token_seconds_max) {
      faults.add(place / "token_seconds",
                 "must be from " + std::to_string(token_seconds_min) + " to " + std::to_string(token_seconds_max));
    }
    check_redirect_uris(faults, place / "redirect_uris", client.redirect_uris);
  }
}

void check_users(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references,
                 const CatalogSnapshot& current) {
  using Address = std::pair<core::OrganizationId, std::string>;
  const auto address_of = [](const core::User& user) { return Address(user.organization, without_case(user.email)); };
  std::map<Address, std::string_view> kept;
  for (const core::User* user : references.kept_users) kept.emplace(address_of(*user), user->id);
  DeclaredKeys<std::string_view> ids;
  DeclaredKeys<Address> addresses;
  for (std::size_t i = 0; i < document.users.size(); ++i) {
    const auto& entry = document.users[i];
    const core::User& user = entry.user;
    const DocumentPlace place = DocumentPlace() / "users" / i;
    ids.check(faults, place / "id", place, user.id);
    if (!is_plain_identifier(user.id, user_id_bytes_max, true)) {
      faults.add(place / "id", "must be 1 to 64 letters, digits, . _ or -");
    }
    check_home(faults, place, references, user.organization);
    if (user.email.size() > email_bytes_max || !is_email(user.email)) {
      faults.add(place / "email", "must be an email address of at most " + std::to_string(email_bytes_max) + " bytes");
    }
    addresses.check(faults, place / "email", place, address_of(user));
    if (const auto other = kept.find(address_of(user)); other != kept.end()) {
      faults.add(place / "email", "is that of user " + std::string(other->second) + " of the same organization");
    }
    check_secret(faults, place, {entry.secret, user.secret_hash});
    if (entry.secret.empty() && user.secret_hash.empty() && current.user(user.id) == nullptr &&
        !references.organizations_with_saml.contains(user.organization)) {
      faults.add(place / "secret",
                 "is required: the user is new (or give secret_hash, or a SAML issuer of the organization)");
    }
    check_permissions(faults, place / "permissions", user.organization, user.permissions);
  }
}

void check_saml(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references) {
  DeclaredKeys<std::pair<core::OrganizationId, std::string_view>> declared;
  for (std::size_t i = 0; i < document.saml.size(); ++i) {
    const core::SamlIssuer& issuer = document.saml[i];
    const DocumentPlace place = DocumentPlace() / "saml" / i;
    declared.check(faults, place / "issuer", place, {issuer.organization, issuer.issuer});
    check_home(faults, place, references, issuer.organization);
    faults.check_text(place / "issuer", issuer.issuer, saml_issuer_bytes_max);
    if (const auto certificate = read_certificate(issuer.certificate); !certificate) {
      faults.add(place / "certificate", certificate.error());
    }
  }
}

}  // namespace tallystick::app
