#include "cli/token_file.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "cli/file_lock.hpp"
#include "cli/output.hpp"
#include "cli/state_folder.hpp"
#include "client/configuration_rules.hpp"
#include "tallystick/client/connection.hpp"
#include "wire/kept_tokens.hpp"

namespace tallystick::cli {
namespace {

namespace fs = std::filesystem;

constexpr unsigned private_mode = 0600;
constexpr std::size_t file_bytes_max = 1U << 20U;
/// Longer than a token request takes at most, with the usual time-outs.
constexpr std::chrono::seconds hold_wait_max{75};

/// The first bytes of a BLAKE2b hash of texts, none of which runs into the next, as hexadecimal digits.
template <std::size_t Bytes>
std::string digest_of(std::initializer_list<std::string_view> texts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
  for (const auto text : texts) {
    const std::string length = std::to_string(text.size()) + ":";
    for (const std::string_view part : {std::string_view(length), text}) {
      crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
  }
  std::array<unsigned char, crypto_generichash_BYTES> digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::array<char, Bytes * 2 + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), digest.data(), Bytes);
  return digits.data();
}

/// 16 bits: enough to notice that the secret is another one, too few to find it by trying.
std::string secret_check_of(const Configuration& configuration) {
  return digest_of<2>({configuration.base_url, configuration.client_id, configuration.client_secret});
}

std::optional<fs::path> file_called(const Terminal& terminal, const std::string& name) {
  const auto folder = state_folder(terminal);
  if (!folder) return std::nullopt;
  return *folder / "tokens" / (name + ".json");
}

}  // namespace

FileTokenStore::FileTokenStore(fs::path file, const Configuration& configuration, Tell tell)
    : file_(std::move(file)),
      base_url_(configuration.base_url),
      token_address_(client::token_address_of(configuration)),
      client_id_(configuration.client_id),
      secret_check_(secret_check_of(configuration)),
      tell_(std::move(tell)) {}

std::optional<StoredTokens> FileTokenStore::load() {
  std::error_code error;
  if (fs::file_size(file_, error) > file_bytes_max || error) return std::nullopt;
  std::ifstream stream(file_, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  auto kept = wire::from_json<wire::KeptTokens>(text.str());
  if (!stream || !kept) return std::nullopt;
  const bool is_ours = kept->base_url == base_url_ && kept->token_address == token_address_ &&
                       kept->client_id == client_id_ && kept->secret_check == secret_check_;
  if (!is_ours) return std::nullopt;
  return StoredTokens{.access_token = std::move(kept->access_token),
                      .expires_at = kept->expires_at,
                      .refresh_token = std::move(kept->refresh_token).value_or("")};
}

void FileTokenStore::save(const StoredTokens& tokens) {
  wire::KeptTokens kept{.base_url = base_url_,
                        .token_address = token_address_,
                        .client_id = client_id_,
                        .secret_check = secret_check_,
                        .access_token = tokens.access_token,
                        .expires_at = std::chrono::floor<std::chrono::milliseconds>(tokens.expires_at),
                        .refresh_token = std::nullopt,
                        .unknown = {}};
  if (!tokens.refresh_token.empty()) kept.refresh_token = tokens.refresh_token;
  const bool has_folder = make_folder();
  const auto written = replace_file(file_.string(), wire::to_json(kept) + "\n", private_mode);
  if (has_folder && written) return;
  tell_("the token is not kept" + (written ? std::string() : ": " + written.error().message));
}

void FileTokenStore::clear() {
  std::error_code error;
  fs::remove(file_, error);
  if (error) tell_(file_.string() + ": cannot be removed: " + error.message());
}

TokenStore::Hold FileTokenStore::hold() {
  if (!make_folder()) return nullptr;
  auto lock = lock_file(file_.string() + ".lock", hold_wait_max);
  if (!lock) tell_(file_.string() + ".lock: another command holds it, or it cannot be opened; going on without it");
  return lock;
}

bool FileTokenStore::make_folder() const {
  std::error_code error;
  const fs::path folder = file_.parent_path();
  const bool is_new = fs::create_directories(folder, error);
  if (is_new) fs::permissions(folder, fs::perms::owner_all, error);
  return !error;
}

std::optional<fs::path> token_file_of_profile(const Terminal& terminal, const std::string& profile) {
  return file_called(terminal, percent_encode(profile));
}

std::optional<fs::path> token_file_of_client(const Terminal& terminal, const Configuration& configuration) {
  // `@` is in no name that percent_encode makes, so that no profile is called so.
  return file_called(terminal, "@" + digest_of<8>({configuration.base_url, client::token_address_of(configuration),
                                                   configuration.client_id}));
}

}  // namespace tallystick::cli
