#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "app/serial_worker.hpp"
#include "app/verified_secrets.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// Somebody who shows a secret.
struct SecretClaim {
  std::string owner;        ///< names whose secret it should be, as VerifiedSecrets has it
  std::string stored_hash;  ///< of that secret; empty: there is no such owner, or none who has a secret
  std::string secret;
};

/// Verifies secrets on a thread of its own, one after the other, about 100 ms each; one that was verified is
/// remembered. A claim to be somebody who is not there costs as much as a wrong secret. Any thread.
class SecretVerifier {
 public:
  /// `secrets` must live longer. At most `waiting_max` claims wait.
  SecretVerifier(VerifiedSecrets& secrets, std::size_t waiting_max);
  /// Claims that still wait are answered `overloaded`.
  ~SecretVerifier();
  SecretVerifier(const SecretVerifier&) = delete;
  SecretVerifier& operator=(const SecretVerifier&) = delete;

  /// Whether the secret was verified before. Microseconds.
  [[nodiscard]] bool remembers(const SecretClaim& claim) const;

  /// Whether the secret is the owner's. Problems: overloaded.
  using OnVerdict = std::function<void(Result<bool, core::Problem>)>;
  /// Answers once, on the verifying thread; where too many wait already, in this one.
  void verify(SecretClaim claim, OnVerdict on_verdict);

 private:
  [[nodiscard]] Result<bool, core::Problem> verify_now(const SecretClaim& claim);

  VerifiedSecrets& secrets_;
  std::atomic<bool> is_stopping_ = false;
  SerialWorker worker_;  ///< last, so that it ends before what its tasks use
};

}  // namespace tallystick::app
