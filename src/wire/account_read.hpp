#pragma once
#include "tallystick/core/catalog.hpp"
#include "wire/document_object.hpp"

/// Who may log in, in a catalog document: clients, users, and identity providers who vouch for users. Shape only.
namespace tallystick::wire {

[[nodiscard]] core::CatalogDocument::Client read_client(const Value& value, const Path& at, DocumentReading& reading);
[[nodiscard]] core::CatalogDocument::Person read_user(const Value& value, const Path& at, DocumentReading& reading);
[[nodiscard]] core::SamlIssuer read_saml_issuer(const Value& value, const Path& at, DocumentReading& reading);

}  // namespace tallystick::wire
