#pragma once
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "app/document_faults.hpp"
#include "tallystick/core/catalog.hpp"
#include "tallystick/core/problem.hpp"

namespace tallystick::app {

/// Texts of catalogs that people read: names, part numbers, groupings, units.
inline constexpr std::size_t catalog_text_bytes_max = 256;
/// The notes of a contract's item; they may be empty.
inline constexpr std::size_t contract_notes_bytes_max = 1'024;
inline constexpr std::size_t client_id_bytes_max = 64;
inline constexpr std::size_t secret_bytes_max = 1'024;
inline constexpr std::int64_t token_seconds_min = 300;
inline constexpr std::int64_t token_seconds_max = 172'800;
inline constexpr std::size_t redirect_uri_bytes_max = 2'048;
inline constexpr std::size_t redirect_uris_max = 20;  ///< of a client
inline constexpr std::size_t user_id_bytes_max = 64;
inline constexpr std::size_t email_bytes_max = 254;          ///< RFC 5321's longest path, without its brackets
inline constexpr std::size_t saml_issuer_bytes_max = 1'024;  ///< SAML 2.0's longest entity id
inline constexpr std::size_t product_key_bytes_max = 64;
inline constexpr std::size_t seller_key_bytes_max = 64;
inline constexpr std::size_t invoice_prefix_bytes_max = 32;
inline constexpr std::size_t seller_notes_max = 10;     ///< lines
inline constexpr std::size_t purchase_orders_max = 20;  ///< of a contract
inline constexpr std::size_t payment_link_bytes_max = 2'048;
/// Product keys that begin so are ours: `tallystick.void` is the type of a correction.
inline constexpr std::string_view reserved_key_prefix = "tallystick.";

/// What a document may refer to: all that the catalog will hold once it is applied. Borrows from both.
struct CatalogReferences {
  /// `prune`: what the document lacks will be gone.
  CatalogReferences(const core::CatalogDocument& document, const core::Catalog& current, bool prune);

  std::unordered_set<core::OrganizationId> organizations;  ///< without the built-in one
  std::unordered_map<std::string_view, const core::Product*> products;
  std::unordered_set<std::string_view> sellers;       ///< without the built-in one
  std::vector<const core::Contract*> kept_contracts;  ///< stored ones that the document leaves as they are
  std::vector<const core::User*> kept_users;          ///< likewise
  std::unordered_set<core::OrganizationId> organizations_with_saml;
};

/// Every rule of interface.md, "A catalog", and domain.md that a document must keep by itself and together with what is
/// in force: at most core::faults_reported_max faults, none: it may be applied. What depends on stored usage is not
/// looked at here.
[[nodiscard]] std::vector<core::Fault> check_catalog_document(const core::CatalogDocument& document,
                                                              const CatalogSnapshot& current, bool prune);

/// The parts of the above that look at who may log in (clients, users, SAML issuers), at products, at contracts, at
/// sellers and at settings.
void check_clients(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references,
                   const CatalogSnapshot& current);
void check_users(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references,
                 const CatalogSnapshot& current);
void check_saml(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references);
void check_products(DocumentFaults& faults, const core::CatalogDocument& document, const CatalogReferences& references);
void check_contracts(DocumentFaults& faults, const core::CatalogDocument& document,
                     const CatalogReferences& references);
void check_sellers(DocumentFaults& faults, const core::CatalogDocument& document);
void check_settings(DocumentFaults& faults, const core::Settings& settings);
/// What the contract at `contract` says of its invoices' letter.
void check_invoice_terms(DocumentFaults& faults, const DocumentPlace& contract, const core::InvoiceTerms& terms,
                         const CatalogReferences& references);

/// The document's contracts that overlap a kept one of the same organization: conflicts with what is stored, not faults
/// of the document.
[[nodiscard]] std::vector<core::Fault> overlaps_with_kept_contracts(const core::CatalogDocument& document,
                                                                    const CatalogReferences& references);

/// The rules that several kinds of entities share.
///
/// An organization that is referred to; the built-in one is none.
void check_organization_reference(DocumentFaults& faults, const DocumentPlace& place,
                                  const CatalogReferences& references, const core::OrganizationId& id);
/// The product that is referred to; nullptr, and a fault, where there is none.
const core::Product* check_product_reference(DocumentFaults& faults, const DocumentPlace& place,
                                             const CatalogReferences& references, const std::string& key);
/// The ISO 4217 code of a currency in use.
void check_currency(DocumentFaults& faults, const DocumentPlace& place, std::string_view code);
/// Of quantities and prices.
void check_not_negative(DocumentFaults& faults, const DocumentPlace& place, core::Decimal number);
/// Of prices and amounts: not negative, at most 12 digits before the point.
void check_price(DocumentFaults& faults, const DocumentPlace& place, core::Decimal price);

}  // namespace tallystick::app
