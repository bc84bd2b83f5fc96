#include "wire/account_read.hpp"

#include <string>
#include <utility>

#include "wire/catalog_keys.hpp"
#include "wire/catalog_secret.hpp"

namespace tallystick::wire {
namespace {

namespace key = catalog_key;

// Either the secret or its hash, or none: the server keeps what it has.
void read_secrets(DocumentObject& object, DocumentReading& reading, std::string& secret, std::string& secret_hash) {
  if (const auto text = object.optional(key::secret, read_string)) {
    auto resolved = resolve_secret(*text, reading.variables);
    if (resolved) {
      secret = std::move(*resolved);
    } else {
      object.fault(key::secret, resolved.error());
    }
  }
  if (const auto hash = object.optional(key::secret_hash, read_string)) {
    secret_hash = *hash;
    // An empty one would read as none at all.
    if (hash->empty()) object.fault(key::secret_hash, "must not be empty");
  }
}

}  // namespace

core::CatalogDocument::Client read_client(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::CatalogDocument::Client declared;
  core::OAuthClient& client = declared.client;
  client.id = object.required_text(key::id);
  client.organization = object.required(key::organization, read_uuid).value_or(core::OrganizationId());
  read_secrets(object, reading, declared.secret, client.secret_hash);
  client.permissions = object.array(key::permissions, read_element_text);
  client.token_seconds = object.optional(key::token_seconds, read_integer).value_or(client.token_seconds);
  client.redirect_uris = object.array(key::redirect_uris, read_element_text);
  object.finish();
  return declared;
}

core::CatalogDocument::Person read_user(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::CatalogDocument::Person declared;
  core::User& user = declared.user;
  user.id = object.required_text(key::id);
  user.organization = object.required(key::organization, read_uuid).value_or(core::OrganizationId());
  user.email = object.required_text(key::email);
  read_secrets(object, reading, declared.secret, user.secret_hash);
  user.permissions = object.array(key::permissions, read_element_text);
  object.finish();
  return declared;
}

core::SamlIssuer read_saml_issuer(const Value& value, const Path& at, DocumentReading& reading) {
  DocumentObject object(value, at, reading);
  core::SamlIssuer issuer;
  issuer.organization = object.required(key::organization, read_uuid).value_or(core::OrganizationId());
  issuer.issuer = object.required_text(key::issuer);
  issuer.certificate = object.required_text(key::certificate);
  object.finish();
  return issuer;
}

}  // namespace tallystick::wire
