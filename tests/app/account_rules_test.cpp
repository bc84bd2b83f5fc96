#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "app/catalog_rules.hpp"
#include "app/rule_row.hpp"
#include "app/sample_catalog.hpp"
#include "app/sample_certificates.hpp"

namespace tallystick::app {
namespace {

using core::CatalogDocument;

core::User user(std::string id, std::string email, core::OrganizationId organization = test::bank) {
  return {std::move(id), organization, std::move(email), {}, {"billing:subscription:view"}};
}

// What is in force: a client and two people of the bank.
core::Catalog in_force() {
  core::Catalog catalog = test::sample_catalog();
  catalog.clients = {test::client("known", test::bank, {})};
  catalog.users = {user("ana", "ana@example.com"), user("cy", "cy@example.com")};
  return catalog;
}

// A document that may be applied: a client that people log in with, a known person, a new one, one who is known to an
// identity provider alone.
CatalogDocument good_document() {
  CatalogDocument document;
  document.organizations = test::sample_catalog().organizations;
  document.clients.emplace_back().client = test::client("known", test::bank, {});
  document.clients[0].client.redirect_uris = {"https://app.example/back", "http://127.0.0.1/back"};
  document.users = {{user("ana", "Ana@example.com"), ""},
                    {user("bo", "bo@example.com"), "a secret"},
                    {user("eve", "ana@example.com", test::partner), ""},
                    {user("root", "root@example.com", core::operator_organization_id), "another secret"}};
  document.users[3].user.permissions = {"tallystick:*:*"};
  document.saml = {{test::partner, "https://idp.example/metadata", test::curve_certificate},
                   {test::bank, "https://idp.example/metadata", test::curve_certificate}};
  return document;
}

std::vector<core::Fault> faults_of(const CatalogDocument& document, bool prune = false) {
  return check_catalog_document(document, CatalogSnapshot(in_force(), test::operator_client()), prune);
}

TEST(AccountRules, AGoodDocumentHasNoFaults) {
  EXPECT_EQ(faults_of(good_document()), std::vector<core::Fault>{});
  EXPECT_EQ(faults_of(good_document(), true), std::vector<core::Fault>{});
}

using Row = test::RuleRow<CatalogDocument>;

std::vector<Row> user_rows() {
  return {
      {"user twice", [](auto& d) { d.users[1].user.id = "ana"; }, "/users/1/id", "/users/0"},
      {"user id with a slash", [](auto& d) { d.users[1].user.id = "a/b"; }, "/users/1/id", "64 letters"},
      {"long user id", [](auto& d) { d.users[1].user.id = std::string(65, 'a'); }, "/users/1/id", "64 letters"},
      {"user of nobody", [](auto& d) { d.users[1].user.organization = test::stranger; }, "/users/1/organization",
       "no organization"},
      {"email twice", [](auto& d) { d.users[1].user.email = "ANA@EXAMPLE.com"; }, "/users/1/email", "/users/0"},
      {"email of a user who stays", [](auto& d) { d.users[1].user.email = "CY@example.com"; }, "/users/1/email",
       "user cy"},
      {"no email", [](auto& d) { d.users[1].user.email = ""; }, "/users/1/email", "email address"},
      {"email without at", [](auto& d) { d.users[1].user.email = "bo.example.com"; }, "/users/1/email",
       "email address"},
      {"email of two", [](auto& d) { d.users[1].user.email = "bo@cy@example.com"; }, "/users/1/email", "email address"},
      {"email with a blank", [](auto& d) { d.users[1].user.email = "bo @example.com"; }, "/users/1/email",
       "email address"},
      {"email without a name", [](auto& d) { d.users[1].user.email = "@example.com"; }, "/users/1/email",
       "email address"},
      {"email without a host", [](auto& d) { d.users[1].user.email = "bo@"; }, "/users/1/email", "email address"},
      {"long email", [](auto& d) { d.users[1].user.email = std::string(250, 'b') + "@a.ch"; }, "/users/1/email", "254"},
      {"new user without secret",
       [](auto& d) {
         d.users[1].secret = "";
         d.saml.pop_back();
       },
       "/users/1/secret", "required"},
      {"user with secret and hash", [](auto& d) { d.users[1].user.secret_hash = test::any_secret_hash(); },
       "/users/1/secret_hash", "instead"},
      {"user with a long secret", [](auto& d) { d.users[1].secret = std::string(1'025, 's'); }, "/users/1/secret",
       "1024"},
      {"user with a hash of another kind", [](auto& d) { d.users[0].user.secret_hash = "$2b$12$abc"; },
       "/users/0/secret_hash", "argon2id"},
      {"user with a malformed permission", [](auto& d) { d.users[1].user.permissions.push_back("billing:view"); },
       "/users/1/permissions/1", "domain:entity:action"},
      {"customer's user with our domain", [](auto& d) { d.users[1].user.permissions[0] = "tallystick:catalog:edit"; },
       "/users/1/permissions/0", "Operator alone"},
  };
}

std::vector<Row> saml_rows() {
  return {
      {"issuer twice", [](auto& d) { d.saml[1].organization = test::partner; }, "/saml/1/issuer", "/saml/0"},
      {"issuer of nobody", [](auto& d) { d.saml[1].organization = test::stranger; }, "/saml/1/organization",
       "no organization"},
      {"issuer without a name", [](auto& d) { d.saml[1].issuer = ""; }, "/saml/1/issuer", "empty"},
      {"issuer with a long name", [](auto& d) { d.saml[1].issuer = std::string(1'025, 'i'); }, "/saml/1/issuer",
       "1024"},
      {"no certificate", [](auto& d) { d.saml[1].certificate = "none"; }, "/saml/1/certificate", "PEM"},
      {"a key too short", [](auto& d) { d.saml[1].certificate = test::short_rsa_certificate; }, "/saml/1/certificate",
       "2048"},
  };
}

std::vector<Row> redirect_rows() {
  return {
      {"empty redirect", [](auto& d) { d.clients[0].client.redirect_uris[1] = ""; }, "/clients/0/redirect_uris/1",
       "empty"},
      {"long redirect",
       [](auto& d) { d.clients[0].client.redirect_uris[1] = "https://a.example/" + std::string(2'031, 'x'); },
       "/clients/0/redirect_uris/1", "2048"},
      {"redirect to plain http", [](auto& d) { d.clients[0].client.redirect_uris[1] = "http://app.example/back"; },
       "/clients/0/redirect_uris/1", "https"},
      {"redirect with a fragment", [](auto& d) { d.clients[0].client.redirect_uris[1] += "#x"; },
       "/clients/0/redirect_uris/1", "https"},
      {"many redirects", [](auto& d) { d.clients[0].client.redirect_uris.assign(21, "https://app.example/back"); },
       "/clients/0/redirect_uris", "at most 20"},
  };
}

class AccountRule : public testing::TestWithParam<Row> {};

TEST_P(AccountRule, IsKept) {
  const Row& row = GetParam();
  CatalogDocument document = good_document();
  row.spoil(document);
  const auto faults = faults_of(document, row.prune);
  ASSERT_EQ(faults.size(), 1U) << row.name;
  EXPECT_EQ(faults[0].pointer, row.pointer);
  EXPECT_NE(faults[0].message.find(row.message_part), std::string::npos) << faults[0].message;
}

INSTANTIATE_TEST_SUITE_P(Users, AccountRule, testing::ValuesIn(user_rows()), test::name_of<CatalogDocument>);
INSTANTIATE_TEST_SUITE_P(Saml, AccountRule, testing::ValuesIn(saml_rows()), test::name_of<CatalogDocument>);
INSTANTIATE_TEST_SUITE_P(Redirects, AccountRule, testing::ValuesIn(redirect_rows()), test::name_of<CatalogDocument>);

TEST(AccountRules, AnAddressIsFreeOnceItsUserGoesOrHasAnother) {
  CatalogDocument document = good_document();
  document.users[1].user.email = "cy@example.com";
  EXPECT_EQ(faults_of(document, true), std::vector<core::Fault>{}) << "cy is pruned";
  document.users.push_back({user("cy", "cy.moved@example.com"), ""});
  EXPECT_EQ(faults_of(document), std::vector<core::Fault>{});
}

}  // namespace
}  // namespace tallystick::app
