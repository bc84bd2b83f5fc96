#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "app/sample_certificates.hpp"
#include "app/service_fixture.hpp"

namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;
using Names = std::vector<std::string>;
using Person = core::CatalogDocument::Person;

Person ana(std::string secret, std::vector<std::string> permissions = {}) {
  return {core::User{"ana", test::bank, "ana@example.com", {}, std::move(permissions)}, std::move(secret)};
}

core::SamlIssuer issuer(std::string certificate) {
  return {test::bank, "https://idp.example", std::move(certificate)};
}

class ApplyPeople : public test::ServiceTest {
 protected:
  AppliedChanges apply(std::vector<Person> users, std::vector<core::SamlIssuer> saml, ApplyOptions options = {}) {
    core::CatalogDocument document;
    document.organizations = test::sample_catalog().organizations;
    document.users = std::move(users);
    document.saml = std::move(saml);
    test::Awaited<Applied> applied;
    apply_.apply(std::move(document), options, applied.callback());
    const Applied changes = applied.take();
    EXPECT_TRUE(changes) << changes.error().message;
    return changes ? *changes : AppliedChanges{};
  }
  // What is in force and what a restart would find are the same thing.
  core::Catalog catalog() {
    const core::Catalog stored = store_.load_catalog().value();
    EXPECT_EQ(current_->get()->declared(), stored);
    return stored;
  }
  // A token of ana's, as a log-in gives it.
  void save_token() {
    store::Token token;
    token.hash = token_;
    token.client_id = "app";
    token.user_id = "ana";
    ASSERT_TRUE(store_.save_tokens(std::span(&token, 1)));
  }
  bool has_token() { return store_.find_token(token_).value().has_value(); }

  const store::TokenHash token_{1};
  Writer writer_{store_, {}};
  ApplyCatalog apply_{store_, writer_, *current_, secrets_, clock_};
};

TEST_F(ApplyPeople, TheyAreCreatedUpdatedKeptAndRemoved) {
  const AppliedChanges created = apply({ana("secret")}, {issuer(test::curve_certificate)});
  EXPECT_EQ(created.created, (Names{"user ana", "saml 22222222-2222-4222-8222-222222222222 https://idp.example"}));
  const core::Catalog first = catalog();
  ASSERT_EQ(first.users.size(), 1U);
  EXPECT_TRUE(verify_secret("secret", first.users[0].secret_hash));

  const AppliedChanges same = apply({ana("secret")}, {issuer(test::curve_certificate)});
  EXPECT_EQ(same.created, Names{});
  EXPECT_EQ(same.updated, Names{});
  EXPECT_EQ(same.unchanged, 4U) << "two organizations, a user, an issuer";
  EXPECT_EQ(apply({ana("")}, {}).updated, Names{}) << "without a secret she keeps hers";
  EXPECT_EQ(catalog(), first);

  const AppliedChanges updated = apply({ana("", {"billing:subscription:view"})}, {});
  EXPECT_EQ(updated.updated, Names{"user ana"});
  EXPECT_EQ(catalog().users[0].secret_hash, first.users[0].secret_hash);

  const AppliedChanges tried = apply({}, {}, {.dry_run = true, .prune = true});
  EXPECT_EQ(catalog().users.size(), 1U);
  const AppliedChanges pruned = apply({}, {}, {.dry_run = false, .prune = true});
  EXPECT_EQ(pruned.removed, tried.removed);
  EXPECT_NE(std::find(pruned.removed.begin(), pruned.removed.end(), "user ana"), pruned.removed.end());
  EXPECT_EQ(catalog().users, std::vector<core::User>{});
  EXPECT_EQ(catalog().saml, std::vector<core::SamlIssuer>{});
}

TEST_F(ApplyPeople, ACertificateIsTheSameInEveryForm) {
  apply({}, {issuer(test::curve_certificate)});
  std::string base64 = test::curve_certificate;
  base64 = base64.substr(base64.find('\n') + 1);
  base64 = base64.substr(0, base64.find("-----END"));
  EXPECT_EQ(apply({}, {issuer(base64)}).updated, Names{});
  EXPECT_EQ(catalog().saml, std::vector{issuer(test::curve_certificate)});
}

TEST_F(ApplyPeople, OneWhoIsVouchedForNeedsNoSecret) {
  apply({ana("")}, {issuer(test::curve_certificate)});
  EXPECT_EQ(catalog().users.at(0).secret_hash, "");
  EXPECT_EQ(apply({ana("secret")}, {}).updated, Names{"user ana"});
  EXPECT_TRUE(verify_secret("secret", catalog().users.at(0).secret_hash));
}

TEST_F(ApplyPeople, AnotherSecretOrNoPersonEndsTheirTokens) {
  apply({ana("secret")}, {});
  save_token();
  apply({ana("secret", {"billing:subscription:view"})}, {});
  EXPECT_TRUE(has_token()) << "other permissions end nothing";
  apply({ana("another")}, {});
  EXPECT_FALSE(has_token());
  save_token();
  apply({}, {}, {.dry_run = false, .prune = true});
  EXPECT_FALSE(has_token());
}

}  // namespace
}  // namespace tallystick::app
