#include "app/authenticate.hpp"

#include <utility>

#include "app/serial_worker.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

constexpr std::size_t tokens_being_saved_max = 1'024;

}  // namespace

class Authentication::Impl {
 public:
  Impl(store::Store& store, const CurrentCatalog& catalog, RandomBytes random, VerifiedSecrets& secrets,
       Settings settings)
      : catalog_(catalog),
        tokens_(store, catalog, std::move(random)),
        saving_(tokens_being_saved_max),
        verifier_(secrets, settings.waiting_secrets_max) {}

  void issue(std::string client_id, std::string secret, core::TimePoint now, OnToken on_token) {
    const auto catalog = catalog_.get();
    const core::OAuthClient* client = catalog->client(client_id);
    SecretClaim claim{std::move(client_id), client == nullptr ? std::string() : client->secret_hash, std::move(secret)};
    // The worker may refuse the task, and then the answer is still ours to give.
    const auto answer = std::make_shared<OnToken>(std::move(on_token));
    if (verifier_.remembers(claim)) {
      const bool is_taken =
          saving_.post([this, catalog, client, now, answer] { (*answer)(tokens_.issue({*client}, now)); });
      if (!is_taken) (*answer)(fail(overloaded("Too many tokens are being saved.")));
      return;
    }
    verifier_.verify(std::move(claim), [this, catalog, client, now, answer](Result<bool, core::Problem> verdict) {
      if (!verdict) return (*answer)(fail(std::move(verdict.error())));
      if (!*verdict) return (*answer)(fail(bad_credentials()));
      (*answer)(tokens_.issue({*client}, now));
    });
  }

  Tokens& tokens() { return tokens_; }
  SecretVerifier& verifier() { return verifier_; }

 private:
  const CurrentCatalog& catalog_;
  Tokens tokens_;
  // Last, so that they end before what their tasks use.
  SerialWorker saving_;
  SecretVerifier verifier_;
};

Authentication::Authentication(store::Store& store, const CurrentCatalog& catalog, RandomBytes random,
                               VerifiedSecrets& secrets, Settings settings)
    : impl_(std::make_unique<Impl>(store, catalog, std::move(random), secrets, settings)) {}
Authentication::~Authentication() = default;

void Authentication::issue_token(std::string client_id, std::string secret, core::TimePoint now, OnToken on_token) {
  impl_->issue(std::move(client_id), std::move(secret), now, std::move(on_token));
}

Result<Caller, core::Problem> Authentication::authenticate(std::string_view token, core::TimePoint now) const {
  return impl_->tokens().authenticate(token, now);
}

std::optional<Caller> Authentication::recall(std::string_view token, core::TimePoint now) const {
  return impl_->tokens().recall(token, now);
}

Tokens& Authentication::tokens() {
  return impl_->tokens();
}
SecretVerifier& Authentication::secret_verifier() {
  return impl_->verifier();
}

}  // namespace tallystick::app
