#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "tallystick/client/configuration.hpp"
#include "tallystick/core/problem.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// A profile of a TOML file, which is read anew when the file changes.
///
///     [profiles.default]
///     region = "eu_central_1"          # or base_url = "https://…"
///     client_id = "…"
///     client_secret = "…"
///     ca_file = "/etc/ssl/our-own.pem"
///     proxy = "http://proxy.example:3128"
///
/// All keys: docs/client.md. A key that does not exist, or a value of the wrong type, is a fault with its line and
/// column. Any thread.
class ConfigurationFile {
 public:
  /// Why a file was not taken.
  struct Fault {
    std::string message;  ///< file, line, column, what is wrong and what would be right
  };
  /// `base`: what holds where the profile says nothing. Faults: no such file, no such profile, not TOML, a key or value
  /// that is not right; a file with a secret in it that others may read or write (its mode must be 0600).
  [[nodiscard]] static Result<std::shared_ptr<ConfigurationFile>, Fault> open(std::filesystem::path file,
                                                                              std::string profile = "default",
                                                                              Configuration base = {});
  ConfigurationFile(const ConfigurationFile&) = delete;
  ConfigurationFile& operator=(const ConfigurationFile&) = delete;
  ~ConfigurationFile();

  /// As it was read last.
  [[nodiscard]] Configuration configuration() const;
  /// Looks whether the file changed since; absent: it did not. A fault leaves what was read before.
  [[nodiscard]] std::optional<Result<Configuration, Fault>> changed();

 private:
  class Impl;
  explicit ConfigurationFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick
#pragma GCC visibility pop
