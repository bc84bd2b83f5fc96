#include "app/secret_verifier.hpp"

#include <sodium.h>

#include <memory>
#include <utility>

#include "app/store_problem.hpp"

namespace tallystick::app {

SecretVerifier::SecretVerifier(VerifiedSecrets& secrets, std::size_t waiting_max)
    : secrets_(secrets), worker_(waiting_max) {}

SecretVerifier::~SecretVerifier() {
  is_stopping_ = true;
}

bool SecretVerifier::remembers(const SecretClaim& claim) const {
  return !claim.stored_hash.empty() && secrets_.remembers(claim.owner, claim.stored_hash, claim.secret);
}

void SecretVerifier::verify(SecretClaim claim, OnVerdict on_verdict) {
  // The worker may refuse the task, and then the answer is still ours to give.
  const auto answer = std::make_shared<OnVerdict>(std::move(on_verdict));
  const bool is_taken = worker_.post([this, claim = std::move(claim), answer]() mutable {
    auto verdict = verify_now(claim);
    sodium_memzero(claim.secret.data(), claim.secret.size());
    (*answer)(std::move(verdict));
  });
  if (!is_taken) (*answer)(fail(overloaded("Too many log-ins wait for their secret to be verified.")));
}

Result<bool, core::Problem> SecretVerifier::verify_now(const SecretClaim& claim) {
  if (is_stopping_) return fail(overloaded("The server is stopping."));
  if (!claim.stored_hash.empty()) return secrets_.verify(claim.owner, claim.stored_hash, claim.secret);
  // The outcome is known; only the time that it takes is wanted.
  static_cast<void>(verify_secret(claim.secret, unmatchable_secret_hash()));
  return false;
}

}  // namespace tallystick::app
