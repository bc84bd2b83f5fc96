#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/authenticate.hpp"
#include "saml/assertion.hpp"

namespace tallystick::app {

/// A client as it names itself at the token address.
struct ClientProof {
  std::string client_id;
  std::optional<std::string> secret;  ///< absent or empty: it proves nothing (PKCE)
};

/// Tokens for people (docs/domain.md, "People and their tokens"): a code that a log-in gives, tokens for a code, for a
/// refresh token, for an assertion. A person's token acts for the person's organization with the person's permissions;
/// the client must belong to the same organization. Any thread; answers once, from this thread or another, and waits
/// for neither the store nor a secret in this one.
class PersonGrants {
 public:
  /// Problems: as Authentication's; bad_credentials for a client that is not known or did not prove itself,
  /// invalid_grant for a code, refresh token or assertion that is not good (any more): its message is for the log.
  using OnTokens = std::function<void(Result<IssuedToken, core::Problem>)>;

  /// What the log-in page asks for, checked before anything is shown. RFC 6749, section 4.1.2.1: where client or
  /// redirect URI is wrong, nobody is redirected.
  struct AuthorizationRequest {
    std::string client_id;
    std::string redirect_uri;
    std::string response_type;
    std::string code_challenge;         ///< empty: none
    std::string code_challenge_method;  ///< S256
  };
  struct AuthorizationRefusal {
    bool may_redirect = false;
    std::string error;        ///< RFC 6749's name
    std::string description;  ///< for people
  };
  struct AuthorizationOffer {
    std::string organization_name;  ///< whose people may log in here
    std::string client_id;
  };
  [[nodiscard]] virtual Result<AuthorizationOffer, AuthorizationRefusal> check(
      const AuthorizationRequest& request) const = 0;

  /// Log-in: an email and a secret of the client's organization → a code that is good once, for this client, this
  /// redirect URI and this challenge, for a minute. Problems: bad_credentials (too many wrong tries for the account
  /// too), overloaded.
  using OnCode = std::function<void(Result<std::string, core::Problem>)>;
  virtual void sign_in(AuthorizationRequest request, std::string email, std::string secret, core::TimePoint now,
                       OnCode on_code) = 0;

  struct CodeExchange {
    ClientProof client;
    std::string code;
    std::string redirect_uri;
    std::string code_verifier;  ///< empty: none
  };
  virtual void exchange_code(CodeExchange exchange, core::TimePoint now, OnTokens on_tokens) = 0;
  virtual void refresh(ClientProof client, std::string refresh_token, core::TimePoint now, OnTokens on_tokens) = 0;

  struct AssertionExchange {
    ClientProof client;         ///< must prove itself
    std::string org_name;       ///< names the client's organization: its name, whatever the case, or its id
    std::string assertion;      ///< XML
    std::string audience;       ///< what this server is called: the origin of its addresses
    std::string token_address;  ///< where it was shown
  };
  /// An access token for the person whom an identity provider of the organization names; no refresh token, for
  /// another assertion can be had.
  virtual void redeem_assertion(AssertionExchange exchange, core::TimePoint now, OnTokens on_tokens) = 0;

  PersonGrants() = default;
  PersonGrants(const PersonGrants&) = delete;
  PersonGrants& operator=(const PersonGrants&) = delete;
  virtual ~PersonGrants() = default;
};

/// How assertions are read: saml::issuer_of and saml::verify.
struct AssertionReading {
  std::function<Result<std::string, std::string>(std::string_view xml)> issuer_of;
  std::function<Result<saml::Assertion, std::string>(std::string_view xml, const saml::Expectation& expected)> verify;
};

/// All that is passed must live longer. `random` is called from several threads.
[[nodiscard]] std::unique_ptr<PersonGrants> make_person_grants(Authentication& authentication,
                                                               const CurrentCatalog& catalog, RandomBytes random,
                                                               AssertionReading assertions);

}  // namespace tallystick::app
