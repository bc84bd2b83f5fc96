#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "cli/terminal.hpp"
#include "tallystick/client/configuration.hpp"
#include "tallystick/client/token_store.hpp"

namespace tallystick::cli {

/// Keeps the tokens of one client in a file (0600), so that commands that follow each other log in once, and a person's
/// log-in outlives its command.
///
/// Commands run at the same time. A refresh token that the service rotates works once; so whoever asks for a token
/// holds a lock beside the file from before it reads the refresh token until the new one is in the file, which is
/// replaced in one step. The others wait and find the new token there. What remains: a process that is killed after
/// the service rotated and before the file is replaced loses the log-in; that is a new log-in, never a wrong one.
class FileTokenStore : public TokenStore {
 public:
  using Tell = std::function<void(const std::string& message)>;
  /// `configuration` says whose tokens they are: what the file has for another service, client or secret is none.
  FileTokenStore(std::filesystem::path file, const Configuration& configuration, Tell tell);

  [[nodiscard]] std::optional<StoredTokens> load() override;
  void save(const StoredTokens& tokens) override;
  void clear() override;
  [[nodiscard]] Hold hold() override;

 private:
  [[nodiscard]] bool make_folder() const;

  const std::filesystem::path file_;
  const std::string base_url_;
  const std::string token_address_;
  const std::string client_id_;
  const std::string secret_check_;
  const Tell tell_;
};

/// Where the tokens of a profile are: `$XDG_STATE_HOME/tallystick/tokens/<profile>.json`. Absent: neither
/// XDG_STATE_HOME nor HOME is set.
[[nodiscard]] std::optional<std::filesystem::path> token_file_of_profile(const Terminal& terminal,
                                                                         const std::string& profile);

/// The same for a client that is no profile's, by its service and id.
[[nodiscard]] std::optional<std::filesystem::path> token_file_of_client(const Terminal& terminal,
                                                                        const Configuration& configuration);

}  // namespace tallystick::cli
