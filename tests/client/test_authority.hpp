#pragma once
#include <memory>
#include <string>

namespace tallystick::client_test {

/// A certificate authority of a test's own, which nobody trusts by himself.
class TestAuthority {
 public:
  TestAuthority();
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  struct Identity {
    std::string certificate;  ///< PEM
    std::string key;          ///< PEM
  };
  struct Wish {
    std::string name = "IP:127.0.0.1";  ///< as subjectAltName: `DNS:…` or `IP:…`
    bool expired = false;
    std::string key_password{};  ///< empty: the key is not encrypted
  };
  [[nodiscard]] Identity issue(const Wish& wish) const;
  [[nodiscard]] Identity issue() const { return issue({}); }
  [[nodiscard]] std::string certificate() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::client_test
