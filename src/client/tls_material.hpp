#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "client/watched_file.hpp"
#include "tallystick/client/transport_settings.hpp"
#include "tallystick/core/result.hpp"

struct x509_st;

/// Its source is the only file of the client that knows OpenSSL.
namespace tallystick::client {

/// Certificates and key of TransportSettings, read and found to fit together.
class TlsMaterial {
 public:
  /// Errors: what cannot be read or does not fit, for people; never a part of a key or password.
  [[nodiscard]] static Result<std::shared_ptr<const TlsMaterial>, std::string> of(const std::string& authorities_pem,
                                                                                  const std::string& certificate_pem,
                                                                                  const std::string& key_pem,
                                                                                  const std::string& key_password);

  /// Trusts the authorities in a TLS context (`SSL_CTX*`) beside those that it trusts already. False: out of memory.
  [[nodiscard]] bool add_authorities(void* ssl_context) const;
  [[nodiscard]] bool has_authorities() const { return !authorities_.empty(); }
  /// PEM; empty: no client certificate is shown.
  [[nodiscard]] const std::string& certificate() const { return certificate_; }
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& key_password() const { return key_password_; }

 private:
  TlsMaterial() = default;
  std::vector<std::shared_ptr<x509_st>> authorities_;
  std::string certificate_;
  std::string key_;
  std::string key_password_;
};

/// The material as the files have it now. Any thread.
class TlsMaterialSource {
 public:
  explicit TlsMaterialSource(TransportSettings settings);

  /// Files that changed are read anew. While a changed one cannot be taken (a certificate is renewed before its key
  /// is) the former material stays in force; the error is that of material that never could be.
  [[nodiscard]] Result<std::shared_ptr<const TlsMaterial>, std::string> current();

 private:
  /// One setting: its text, kept, or its file, watched.
  struct Part {
    std::string name;
    std::string text;
    std::optional<WatchedFile> file;
  };
  [[nodiscard]] static Part part_of(std::string name, const Pem& pem);
  [[nodiscard]] static Result<std::string, std::string> read(Part& part);
  [[nodiscard]] Result<std::shared_ptr<const TlsMaterial>, std::string> read_all();

  std::mutex mutex_;
  Part authorities_;
  Part certificate_;
  Part key_;
  const std::string key_password_;
  bool read_before_ = false;
  Result<std::shared_ptr<const TlsMaterial>, std::string> material_;
};

}  // namespace tallystick::client
