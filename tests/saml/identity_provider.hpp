#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tallystick::test {

inline constexpr std::string_view exclusive_c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
inline constexpr std::string_view rsa_sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
inline constexpr std::string_view sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";

/// How a signature is to be made.
struct SignatureForm {
  std::string method{rsa_sha256};
  std::string digest{sha256};
  std::string canonical{exclusive_c14n};
  std::vector<std::string> transforms{std::string(enveloped), std::string(exclusive_c14n)};
  std::string inside_transforms{};  ///< XML after the transforms
  std::string after_value{};        ///< XML: KeyInfo, Object
};

/// A Signature without its values, over the element with that ID.
[[nodiscard]] std::string signature_over(std::string_view id, const SignatureForm& form = {});

/// Has a key and a certificate of its own, and signs with them.
class IdentityProvider {
 public:
  enum class Key { rsa, p256, p384 };
  explicit IdentityProvider(Key key = Key::rsa);

  /// PEM.
  [[nodiscard]] const std::string& certificate() const { return certificate_; }
  /// Fills in the values of the first Signature in the text, in whatever element it stands.
  [[nodiscard]] std::string sign(std::string_view xml) const;

 private:
  std::string private_key_;
  std::string certificate_;
};

/// As IdentityProvider::sign, but with the text as a key for HMAC.
[[nodiscard]] std::string sign_with_shared_secret(std::string_view xml, std::string_view secret);

/// The text with the first `from` replaced; the test fails where there is none.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace tallystick::test
