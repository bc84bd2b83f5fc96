#include "app/person_grants.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/authorization_codes.hpp"
#include "app/letter_case.hpp"
#include "app/log_in_attempts.hpp"
#include "app/redirect_uri.hpp"
#include "app/serial_worker.hpp"
#include "app/store_problem.hpp"
#include "app/token_hash.hpp"

namespace tallystick::app {
namespace {

constexpr std::size_t grants_waiting_max = 1'024;
// RFC 7636: a challenge is the SHA-256 of its verifier as base64url.
constexpr std::string_view challenge_method = "S256";
constexpr std::size_t challenge_bytes = 43;
constexpr std::size_t verifier_bytes_min = 43;
constexpr std::size_t verifier_bytes_max = 128;

core::Problem invalid_grant(std::string reason) {
  return {core::ProblemKind::invalid_grant, std::move(reason), {}, 0};
}

std::string challenge_of(std::string_view verifier) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
  std::array<char, challenge_bytes + 1> text{};
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

bool is_challenge(std::string_view text) {
  return text.size() == challenge_bytes && std::ranges::all_of(text, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

// A code that was given for a challenge needs its verifier; one that was not must not come with any, for then somebody
// took the challenge away.
bool answers_challenge(std::string_view challenge, std::string_view verifier) {
  if (challenge.empty() || verifier.empty()) return challenge.empty() && verifier.empty();
  return verifier.size() >= verifier_bytes_min && verifier.size() <= verifier_bytes_max &&
         challenge_of(verifier) == challenge;
}

bool names(std::string_view text, const core::Organization& organization) {
  const auto id = core::Uuid::parse(text);
  return id ? *id == organization.id : without_case(text) == without_case(organization.name);
}

// The client as it stands in the catalog that was in force when it was asked for.
struct ProvenClient {
  std::shared_ptr<const CatalogSnapshot> catalog;
  const core::OAuthClient* client = nullptr;
  bool is_authenticated = false;  // false: it claims nothing but its id
};

// A client and a person as the catalog has them now, where what they obtained is still theirs.
struct CurrentHolder {
  std::shared_ptr<const CatalogSnapshot> catalog;
  const core::OAuthClient* client = nullptr;
  const core::User* user = nullptr;

  [[nodiscard]] TokenHolder holder() const { return {*client, user}; }
};

class Grants : public std::enable_shared_from_this<Grants> {
 public:
  using OnTokens = PersonGrants::OnTokens;
  using Request = PersonGrants::AuthorizationRequest;

  Grants(Authentication& authentication, const CurrentCatalog& catalog, RandomBytes random, AssertionReading assertions)
      : tokens_(authentication.tokens()),
        verifier_(authentication.secret_verifier()),
        catalog_(catalog),
        random_(std::move(random)),
        assertions_(std::move(assertions)),
        worker_(grants_waiting_max) {}

  [[nodiscard]] Result<PersonGrants::AuthorizationOffer, PersonGrants::AuthorizationRefusal> check(
      const Request& request) const;
  void sign_in(Request request, std::string_view email, std::string secret, core::TimePoint now,
               PersonGrants::OnCode on_code);
  void exchange_code(PersonGrants::CodeExchange exchange, core::TimePoint now, OnTokens on_tokens);
  void refresh(ClientProof proof, std::string token, core::TimePoint now, OnTokens on_tokens);
  void redeem_assertion(PersonGrants::AssertionExchange exchange, core::TimePoint now, OnTokens on_tokens);

 private:
  using OnAnswer = std::shared_ptr<OnTokens>;
  using Task = std::function<Tokens::Issued(const ProvenClient&)>;

  // Runs `task` on the worker once the client has proved what it claims: everything that uses something up runs there,
  // one after the other.
  void with_client(ClientProof proof, OnTokens on_tokens, Task task);
  void post(ProvenClient client, const OnAnswer& answer, Task task);

  Tokens::Issued exchange_now(const ProvenClient& client, const PersonGrants::CodeExchange& exchange,
                              core::TimePoint now);
  Tokens::Issued refresh_now(const ProvenClient& client, std::string_view text, core::TimePoint now);
  Tokens::Issued redeem_now(const ProvenClient& client, const PersonGrants::AssertionExchange& exchange,
                            core::TimePoint now);
  [[nodiscard]] Tokens::Issued end_family(const store::TokenFamily& family, std::string reason);
  [[nodiscard]] std::optional<CurrentHolder> current_holder(const std::string& client_id, const std::string& user_id,
                                                            const std::string& fingerprint) const;

  Tokens& tokens_;
  SecretVerifier& verifier_;
  const CurrentCatalog& catalog_;
  const RandomBytes random_;
  const AssertionReading assertions_;
  AuthorizationCodes codes_;
  LogInAttempts attempts_;
  SerialWorker worker_;  // last, so that it ends before what its tasks use
};

Result<PersonGrants::AuthorizationOffer, PersonGrants::AuthorizationRefusal> Grants::check(
    const Request& request) const {
  const auto refused = [](bool may_redirect, std::string error, std::string description) {
    return fail(PersonGrants::AuthorizationRefusal{may_redirect, std::move(error), std::move(description)});
  };
  const auto catalog = catalog_.get();
  const core::OAuthClient* client = catalog->client(request.client_id);
  if (client == nullptr) return refused(false, "invalid_request", "No application has this client_id.");
  const auto is_registered = [&](const std::string& known) {
    return matches_redirect_uri(known, request.redirect_uri);
  };
  if (std::ranges::none_of(client->redirect_uris, is_registered)) {
    return refused(false, "invalid_request", "The redirect_uri is none that the application registered.");
  }
  if (request.response_type != "code") {
    return refused(true, "unsupported_response_type", "The response_type must be code.");
  }
  if (request.code_challenge.empty() && !request.code_challenge_method.empty()) {
    return refused(true, "invalid_request", "A code_challenge_method needs a code_challenge.");
  }
  if (!request.code_challenge.empty()) {
    if (request.code_challenge_method != challenge_method) {
      return refused(true, "invalid_request", "The code_challenge_method must be S256.");
    }
    if (!is_challenge(request.code_challenge)) {
      return refused(true, "invalid_request", "The code_challenge must be a SHA-256 as base64url, 43 characters.");
    }
  }
  const core::Organization* organization = catalog->organization(client->organization);
  return PersonGrants::AuthorizationOffer{organization == nullptr ? std::string() : organization->name, client->id};
}

void Grants::sign_in(Request request, std::string_view email, std::string secret, core::TimePoint now,
                     PersonGrants::OnCode on_code) {
  const auto catalog = catalog_.get();
  const core::OAuthClient* client = catalog->client(request.client_id);
  if (client == nullptr || !check(request)) return on_code(fail(bad_credentials()));
  const core::User* user = catalog->user_of(client->organization, email);
  SecretClaim claim{user == nullptr ? std::string() : secret_owner(*user),
                    user == nullptr ? std::string() : user->secret_hash, std::move(secret)};
  const auto account = LogInAttempts::account_of(client->organization, email, claim.stored_hash);
  if (!attempts_.begin(account, now)) return on_code(fail(bad_credentials()));

  const auto give_code = [self = shared_from_this(), catalog, client, user, account, request = std::move(request),
                          now]() -> Result<std::string, core::Problem> {
    self->attempts_.succeed(account);
    return self->codes_.issue({client->id, user->id, fingerprint_of(*client, user), request.redirect_uri,
                               request.code_challenge, self->tokens_.new_family()},
                              self->random_, now);
  };
  if (verifier_.remembers(claim)) return on_code(give_code());
  verifier_.verify(std::move(claim), [self = shared_from_this(), account, give_code,
                                      on_code = std::move(on_code)](Result<bool, core::Problem> verdict) {
    if (!verdict) {
      self->attempts_.take_back(account);
      return on_code(fail(std::move(verdict.error())));
    }
    on_code(*verdict ? give_code() : fail(bad_credentials()));
  });
}

void Grants::exchange_code(PersonGrants::CodeExchange exchange, core::TimePoint now, OnTokens on_tokens) {
  ClientProof proof = std::move(exchange.client);
  with_client(std::move(proof), std::move(on_tokens),
              [this, exchange = std::move(exchange), now](const ProvenClient& client) {
                return exchange_now(client, exchange, now);
              });
}

void Grants::refresh(ClientProof proof, std::string token, core::TimePoint now, OnTokens on_tokens) {
  with_client(
      std::move(proof), std::move(on_tokens),
      [this, token = std::move(token), now](const ProvenClient& client) { return refresh_now(client, token, now); });
}

void Grants::redeem_assertion(PersonGrants::AssertionExchange exchange, core::TimePoint now, OnTokens on_tokens) {
  ClientProof proof = std::move(exchange.client);
  with_client(std::move(proof), std::move(on_tokens),
              [this, exchange = std::move(exchange), now](const ProvenClient& client) {
                return redeem_now(client, exchange, now);
              });
}

void Grants::with_client(ClientProof proof, OnTokens on_tokens, Task task) {
  const auto answer = std::make_shared<OnTokens>(std::move(on_tokens));
  ProvenClient proven{catalog_.get(), nullptr, false};
  proven.client = proven.catalog->client(proof.client_id);
  if (!proof.secret || proof.secret->empty()) {
    if (proven.client == nullptr) return (*answer)(fail(bad_credentials()));
    return post(std::move(proven), answer, std::move(task));
  }
  SecretClaim claim{std::move(proof.client_id), proven.client == nullptr ? std::string() : proven.client->secret_hash,
                    std::move(*proof.secret)};
  proven.is_authenticated = true;
  if (verifier_.remembers(claim)) return post(std::move(proven), answer, std::move(task));
  verifier_.verify(std::move(claim), [self = shared_from_this(), proven = std::move(proven), answer,
                                      task = std::move(task)](Result<bool, core::Problem> verdict) {
    if (!verdict) return (*answer)(fail(std::move(verdict.error())));
    if (!*verdict) return (*answer)(fail(bad_credentials()));
    self->post(proven, answer, task);
  });
}

// The worker's tasks end before this object does: they need no share in it.
void Grants::post(ProvenClient client, const OnAnswer& answer, Task task) {
  const bool is_taken =
      worker_.post([client = std::move(client), answer, task = std::move(task)] { (*answer)(task(client)); });
  if (!is_taken) (*answer)(fail(overloaded("Too many log-ins wait for their tokens.")));
}

Tokens::Issued Grants::exchange_now(const ProvenClient& client, const PersonGrants::CodeExchange& exchange,
                                    core::TimePoint now) {
  // Without either proof the code would be anybody's who saw it.
  if (!client.is_authenticated && exchange.code_verifier.empty()) return fail(bad_credentials());
  const auto taken = codes_.take(exchange.code, client.client->id, now);
  if (!taken) return fail(invalid_grant("the code is unknown, too old or another client's"));
  const AuthorizedLogIn& log_in = taken->log_in;
  if (taken->was_used_before) return end_family(log_in.family, "the code was used before; its tokens are ended");
  if (exchange.redirect_uri != log_in.redirect_uri) {
    return fail(invalid_grant("the redirect_uri is not that of the log-in"));
  }
  if (!answers_challenge(log_in.code_challenge, exchange.code_verifier)) {
    return fail(invalid_grant("the code_verifier does not fit the log-in's code_challenge"));
  }
  const auto current = current_holder(log_in.client_id, log_in.user_id, log_in.fingerprint);
  if (!current) return fail(invalid_grant("the client or the person changed since the log-in"));
  return tokens_.issue_refreshable(current->holder(), {log_in.family, client.is_authenticated}, now);
}

Tokens::Issued Grants::refresh_now(const ProvenClient& client, std::string_view text, core::TimePoint now) {
  const store::TokenHash hash = hash_token(text);
  auto found = tokens_.find(hash);
  if (!found) return fail(std::move(found.error()));
  const bool is_theirs = *found && (*found)->client_id == client.client->id &&
                         (*found)->use != store::TokenUse::access && (*found)->expires > now;
  if (!is_theirs) return fail(invalid_grant("the refresh token is unknown, too old or another client's"));
  const store::Token& token = **found;
  if (token.client_was_authenticated && !client.is_authenticated) return fail(bad_credentials());
  const std::string used_before = "the refresh token was used before; all tokens of its log-in are ended";
  if (token.use == store::TokenUse::spent) return end_family(token.family, used_before);
  const auto current = current_holder(token.client_id, token.user_id, token.secret_hash);
  if (!current) return fail(invalid_grant("the client or the person changed since the log-in"));
  auto issued = tokens_.exchange(hash, current->holder(), {token.family, token.client_was_authenticated}, now);
  if (!issued) return fail(std::move(issued.error()));
  if (!*issued) return end_family(token.family, used_before);
  return std::move(**issued);
}

Tokens::Issued Grants::redeem_now(const ProvenClient& client, const PersonGrants::AssertionExchange& exchange,
                                  core::TimePoint now) {
  if (!client.is_authenticated) return fail(bad_credentials());
  const auto catalog = catalog_.get();
  const core::OrganizationId id = client.client->organization;
  const core::Organization* organization = catalog->organization(id);
  if (organization == nullptr || !names(exchange.org_name, *organization)) {
    return fail(invalid_grant("orgName does not name the client's organization"));
  }
  const auto issuer = assertions_.issuer_of(exchange.assertion);
  if (!issuer) return fail(invalid_grant(issuer.error()));
  const core::SamlIssuer* known = catalog->saml_issuer(id, *issuer);
  if (known == nullptr) return fail(invalid_grant("the organization has no SAML issuer " + *issuer));
  const auto assertion = assertions_.verify(exchange.assertion, {.certificate = known->certificate,
                                                                 .audience = exchange.audience,
                                                                 .token_address = exchange.token_address,
                                                                 .now = now});
  if (!assertion) return fail(invalid_grant(assertion.error()));
  // Whose word it was when its certificate was looked up.
  if (assertion->issuer != known->issuer) return fail(invalid_grant("the assertion names two issuers"));
  const core::User* user = catalog->user_of(id, assertion->subject);
  if (user == nullptr) return fail(invalid_grant("the organization has no user " + assertion->subject));
  const core::OAuthClient* current = catalog->client(client.client->id);
  if (current == nullptr || current->organization != id || current->secret_hash != client.client->secret_hash) {
    return fail(invalid_grant("the client has just been changed"));
  }
  const store::TokenHash name = hash_token(id.to_string() + known->issuer + '\0' + assertion->id);
  auto issued = tokens_.issue_once(name, assertion->expires, {*current, user}, now);
  if (!issued) return fail(std::move(issued.error()));
  if (!*issued) return fail(invalid_grant("the assertion was used before"));
  return std::move(**issued);
}

Tokens::Issued Grants::end_family(const store::TokenFamily& family, std::string reason) {
  if (auto ended = tokens_.end_family(family); !ended) return fail(std::move(ended.error()));
  return fail(invalid_grant(std::move(reason)));
}

std::optional<CurrentHolder> Grants::current_holder(const std::string& client_id, const std::string& user_id,
                                                    const std::string& fingerprint) const {
  CurrentHolder current{catalog_.get()};
  current.client = current.catalog->client(client_id);
  current.user = current.catalog->user(user_id);
  if (current.client == nullptr || current.user == nullptr) return std::nullopt;
  if (current.client->organization != current.user->organization) return std::nullopt;
  if (fingerprint_of(*current.client, current.user) != fingerprint) return std::nullopt;
  return current;
}

/// Owns what log-ins that are under way share.
class SharedGrants final : public PersonGrants {
 public:
  explicit SharedGrants(std::shared_ptr<Grants> grants) : grants_(std::move(grants)) {}

  Result<AuthorizationOffer, AuthorizationRefusal> check(const AuthorizationRequest& request) const override {
    return grants_->check(request);
  }
  void sign_in(AuthorizationRequest request, std::string email, std::string secret, core::TimePoint now,
               OnCode on_code) override {
    grants_->sign_in(std::move(request), email, std::move(secret), now, std::move(on_code));
  }
  void exchange_code(CodeExchange exchange, core::TimePoint now, OnTokens on_tokens) override {
    grants_->exchange_code(std::move(exchange), now, std::move(on_tokens));
  }
  void refresh(ClientProof client, std::string refresh_token, core::TimePoint now, OnTokens on_tokens) override {
    grants_->refresh(std::move(client), std::move(refresh_token), now, std::move(on_tokens));
  }
  void redeem_assertion(AssertionExchange exchange, core::TimePoint now, OnTokens on_tokens) override {
    grants_->redeem_assertion(std::move(exchange), now, std::move(on_tokens));
  }

 private:
  std::shared_ptr<Grants> grants_;
};

}  // namespace

std::unique_ptr<PersonGrants> make_person_grants(Authentication& authentication, const CurrentCatalog& catalog,
                                                 RandomBytes random, AssertionReading assertions) {
  return std::make_unique<SharedGrants>(
      std::make_shared<Grants>(authentication, catalog, std::move(random), std::move(assertions)));
}

}  // namespace tallystick::app
