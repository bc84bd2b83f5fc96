#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/authenticate.hpp"
#include "app/person_grants.hpp"
#include "app/service_fixture.hpp"

namespace tallystick::test {

// Of "password", made cheap so that a test of many log-ins is quick.
inline constexpr const char* cheap_hash =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
// Of "password" too.
inline constexpr const char* other_cheap_hash =
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

/// The bank has the client `app` and the people ana and bo, the partner the client `theirs` and another ana. Every
/// secret is "password".
class PersonGrantsTest : public ServiceTest {
 protected:
  using Tokens = Result<app::IssuedToken, core::Problem>;
  using Code = Result<std::string, core::Problem>;
  using Request = app::PersonGrants::AuthorizationRequest;

  // RFC 7636, appendix B.
  static constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  static constexpr const char* back = "https://app.example/back";

  PersonGrantsTest() {
    change_catalog([](core::Catalog& catalog) {
      for (const auto& [id, organization] : {std::pair{"app", bank}, std::pair{"theirs", partner}}) {
        catalog.clients.push_back(client(id, organization, {"affiliateOrganization:clientBilling:view"}));
        catalog.clients.back().secret_hash = cheap_hash;
        catalog.clients.back().token_seconds = 300;
        catalog.clients.back().redirect_uris = {back, "http://127.0.0.1/back"};
      }
      catalog.users = {{"ana", bank, "Ana@example.com", cheap_hash, {"billing:subscription:view"}},
                       {"bo", bank, "bo@example.com", cheap_hash, {}},
                       {"eve", partner, "ana@example.com", cheap_hash, {}}};
      catalog.saml = {{bank, "https://idp.example", "certificate of the bank"}};
    });
    restart();
  }

  void change_catalog(const std::function<void(core::Catalog&)>& change) {
    core::Catalog catalog = current_->get()->declared();
    change(catalog);
    current_->replace(std::make_shared<const app::CatalogSnapshot>(catalog, operator_client()));
  }
  /// Forgets what is in memory alone.
  void restart() {
    grants_.reset();
    const auto random = [mutex = std::make_shared<std::mutex>(), bytes = random_](std::span<std::uint8_t> buffer) {
      const std::lock_guard lock(*mutex);
      bytes(buffer);
    };
    authentication_ =
        std::make_unique<app::Authentication>(store_, *current_, random, secrets_, app::Authentication::Settings{});
    grants_ = app::make_person_grants(
        *authentication_, *current_, random,
        {.issuer_of = [this](std::string_view xml) { return issuer_of(xml); },
         .verify = [this](std::string_view xml, const saml::Expectation& expected) { return verify(xml, expected); }});
  }

  static Request request(std::string client_id = "app") {
    return {std::move(client_id), back, "code", challenge, "S256"};
  }
  Code sign_in(const std::string& email = "ana@example.com", const std::string& secret = "password",
               Request asked = request()) {
    Awaited<Code> code;
    grants_->sign_in(std::move(asked), email, secret, now_, code.callback());
    return code.take();
  }
  static app::ClientProof proven(std::string id = "app") { return {std::move(id), "password"}; }
  static app::ClientProof claimed(std::string id = "app") { return {std::move(id), {}}; }
  Tokens exchange(const std::string& code, app::ClientProof proof = proven(), const std::string& with = verifier,
                  const std::string& redirect_uri = back) {
    Awaited<Tokens> tokens;
    grants_->exchange_code({std::move(proof), code, redirect_uri, with}, now_, tokens.callback());
    return tokens.take();
  }
  Tokens refresh(const std::string& token, app::ClientProof proof = proven()) {
    Awaited<Tokens> tokens;
    grants_->refresh(std::move(proof), token, now_, tokens.callback());
    return tokens.take();
  }
  Tokens redeem(const std::string& assertion, const std::string& org_name = "Blue Harbor Bank",
                app::ClientProof proof = proven()) {
    Awaited<Tokens> tokens;
    grants_->redeem_assertion(
        {std::move(proof), org_name, assertion, "https://tally.example", "https://tally.example/oauth/token"}, now_,
        tokens.callback());
    return tokens.take();
  }
  /// A log-in from its beginning to its tokens.
  app::IssuedToken log_in(const app::ClientProof& proof = proven()) {
    const Code code = sign_in();
    EXPECT_TRUE(code);
    const Tokens tokens = exchange(code.value_or(""), proof);
    EXPECT_TRUE(tokens) << tokens.error().message;
    return tokens.value_or(app::IssuedToken{});
  }
  bool is_good(const std::string& access_token) {
    return authentication_->authenticate(access_token, now_).has_value();
  }

  static core::ProblemKind kind_of(const auto& result) {
    return result ? core::ProblemKind::internal : result.error().kind;
  }

  // An assertion here is "issuer|subject|id": how real ones are read is tested where they are.
  static std::vector<std::string> parts_of(std::string_view xml) {
    std::vector<std::string> parts(1);
    for (const char c : xml) {
      if (c == '|') {
        parts.emplace_back();
      } else {
        parts.back().push_back(c);
      }
    }
    return parts;
  }
  static Result<std::string, std::string> issuer_of(std::string_view xml) { return parts_of(xml).front(); }
  Result<saml::Assertion, std::string> verify(std::string_view xml, const saml::Expectation& expected) const {
    const auto parts = parts_of(xml);
    if (parts.size() != 3) return fail(std::string("no assertion"));
    EXPECT_EQ(expected.certificate, "certificate of the bank");
    EXPECT_EQ(expected.audience, "https://tally.example");
    EXPECT_EQ(expected.token_address, "https://tally.example/oauth/token");
    EXPECT_EQ(expected.now, now_);
    return saml::Assertion{parts[2], verified_issuer.empty() ? parts[0] : verified_issuer, parts[1],
                           now_ + std::chrono::minutes(5)};
  }

  std::string verified_issuer;  ///< where it is not the one that was read first
  core::TimePoint now_ = at("2026-03-01T12:00:00Z");
  app::RandomBytes random_ = seeded_bytes();
  std::unique_ptr<app::Authentication> authentication_;
  std::unique_ptr<app::PersonGrants> grants_;
};

}  // namespace tallystick::test
