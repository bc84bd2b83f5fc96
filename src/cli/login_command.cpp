#include <sodium.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/browser_log_in.hpp"
#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/display_width.hpp"
#include "cli/interruption.hpp"
#include "cli/profile.hpp"
#include "cli/profile_store.hpp"
#include "cli/prompt.hpp"
#include "cli/redirect_page.hpp"
#include "cli/token_file.hpp"
#include "tallystick/client/organizations_api.hpp"

namespace tallystick::cli {
namespace {

constexpr std::uintmax_t assertion_bytes_max = 1U << 20U;

/// Keeps what the log-in gave until it was checked.
class FreshTokens : public TokenStore {
 public:
  [[nodiscard]] std::optional<StoredTokens> load() override { return tokens_; }
  void save(const StoredTokens& tokens) override { tokens_ = tokens; }
  void clear() override { tokens_.reset(); }

 private:
  std::optional<StoredTokens> tokens_;
};

Failure bad_input(std::string message) {
  return {ExitCode::bad_input, std::move(message)};
}

std::string base64(const std::string& bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    variant);
  text.pop_back();  // its end of string
  return text;
}

/// The assertion as the token address takes it, from a file with XML or with base64.
Result<std::string, Failure> read_assertion(const std::string& file, const Terminal& terminal) {
  std::ostringstream text;
  std::ifstream stream;
  if (file != "-") stream.open(file, std::ios::binary);
  std::istream& source = file == "-" ? terminal.in : stream;
  std::string bytes;
  for (char c = 0; bytes.size() <= assertion_bytes_max && source.get(c);) bytes += c;
  if (source.bad() || (file != "-" && !stream.is_open())) return fail(bad_input("--saml " + file + ": cannot be read"));
  const auto begin = bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return fail(bad_input("--saml " + file + ": is empty"));
  if (bytes.size() > assertion_bytes_max) return fail(bad_input("--saml " + file + ": is longer than 1 MiB"));
  if (bytes[begin] == '<' || bytes.starts_with("\xEF\xBB\xBF<")) return base64(bytes);
  std::erase_if(bytes, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return bytes;
}

class LoginCommand : public Command {
 public:
  explicit LoginCommand(CLI::App& app) {
    command_ = app.add_subcommand("login", "Log in, and keep that as a profile for the other commands");
    add_connection_options(*command_, options_);
    auto* pkce = command_->add_flag("--pkce", pkce_, "As a person, in a browser (OAuth with PKCE)")->group("Log-in");
    command_->add_flag("--no-browser", no_browser_, "Only show the address to open in a browser")
        ->needs(pkce)
        ->group("Log-in");
    command_
        ->add_option("--redirect-port", redirect_port_,
                     "Port of this machine that the browser comes back to, where the service knows one alone")
        ->type_name("PORT")
        ->check(CLI::Range(1, 65'535))
        ->needs(pkce)
        ->group("Log-in");
    auto* saml = command_
                     ->add_option("--saml", saml_file_,
                                  "As a person, by an assertion of an identity provider; - is standard input")
                     ->type_name("FILE")
                     ->excludes(pkce)
                     ->group("Log-in");
    auto* org_name = command_->add_option("--org-name", org_name_, "Short name of the assertion's organization")
                         ->type_name("NAME")
                         ->needs(saml)
                         ->group("Log-in");
    saml->needs(org_name);
    command_->footer(
        "Without --pkce or --saml a client logs in: its id and secret are asked for, or read as two lines from a "
        "pipe.\n"
        "The profile is kept in $XDG_CONFIG_HOME/tallystick/config.toml, tokens below "
        "$XDG_STATE_HOME/tallystick/tokens,\n"
        "both for you alone.\n"
        "Examples:\n  tallystick login --region eu_central_1\n"
        "  tallystick login --profile partner --pkce --client-id partner-app --base-url http://127.0.0.1:8080");
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const std::string profile = options_.profile.value_or(default_profile_name);
    auto client = resolve_log_in(options_, terminal);
    if (!client) return fail(client.error());
    if (const auto asked = ask_for_client(*client, terminal); !asked) return fail(asked.error());
    // Before anybody logs in: whether what comes of it can be kept.
    const auto planned = plan_profile(terminal, profile, settings_for(*client));
    if (!planned) return fail(planned.error());

    Progress progress(terminal, false);
    const auto tokens = std::make_shared<FreshTokens>();
    auto organization = log_in(*client, tokens, surroundings, progress);
    if (!organization) return fail(organization.error());
    if (const auto written = write_profile(*planned); !written) return fail(written.error());
    keep_tokens(*tokens, client->configuration, profile, terminal, progress);
    progress.tell("Logged in at " + client->configuration.base_url + " as client " + client->configuration.client_id +
                  *organization + ". Profile " + printable(profile) + " of " + planned->file.string() + " has it.");
    tell_what_goes_before(terminal, progress);
    return {};
  }

 private:
  [[nodiscard]] bool is_for_person() const { return pkce_ || saml_file_; }

  /// What of id and secret is needed and not known.
  Status<Failure> ask_for_client(ResolvedClient& client, const Terminal& terminal) const {
    std::string& id = client.configuration.client_id;
    // An id that the profile has may be kept by a mere Enter; any other was chosen for this command.
    const bool is_chosen = !id.empty() && client.client_id_from != words_of_profile(options_.profile);
    if (!is_chosen && !(is_for_person() && !id.empty())) {
      auto answer = ask(terminal, "client id", id);
      if (!answer) return fail(answer.error());
      id = *std::move(answer);
    }
    if (pkce_ || !client.configuration.client_secret.empty()) return {};
    auto secret = ask_secret(terminal, "client secret");
    if (!secret) return fail(secret.error());
    client.configuration.client_secret = *std::move(secret);
    return {};
  }

  [[nodiscard]] std::vector<ProfileSetting> settings_for(const ResolvedClient& client) const {
    const Configuration& configuration = client.configuration;
    std::vector<ProfileSetting> settings;
    if (client.base_url_from != words_of_profile(options_.profile)) {
      settings.push_back({"base_url", configuration.base_url});
      settings.push_back({"region", std::nullopt});
    }
    settings.push_back({"client_id", configuration.client_id});
    settings.push_back({"client_secret", configuration.client_secret.empty()
                                             ? std::nullopt
                                             : std::optional(configuration.client_secret)});
    settings.push_back({"grant", is_for_person() ? std::optional<std::string>("refresh_token") : std::nullopt});
    settings.push_back({"access_token", std::nullopt});
    return settings;
  }

  /// Obtains a token and asks who it is for. ` of <organization>`, or nothing where the token may not ask that.
  [[nodiscard]] Result<std::string, Failure> log_in(const ResolvedClient& client,
                                                    const std::shared_ptr<TokenStore>& tokens,
                                                    const Surroundings& surroundings, Progress& progress) const {
    ResolvedClient asking = client;
    asking.configuration.token_store = tokens;
    std::optional<BrowserLogIn> browser;
    if (pkce_) {
      const Interruption interruption(surroundings.terminal);
      auto came_back = log_in_by_browser(client.configuration,
                                         {.opens_browser = !no_browser_, .redirect_port = redirect_port_.value_or(0)},
                                         surroundings.terminal, progress, interruption.token());
      if (!came_back) return fail(came_back.error());
      browser.emplace(*std::move(came_back));
      asking.configuration.grant = browser->code;
    } else if (saml_file_) {
      auto assertion = read_assertion(*saml_file_, surroundings.terminal);
      if (!assertion) return fail(assertion.error());
      asking.configuration.grant = Saml2Bearer{.org_name = *org_name_, .assertion = *std::move(assertion)};
    } else {
      asking.configuration.grant = ClientCredentials{};
    }
    const Connection connection =
        connect_as(std::move(asking), options_, surroundings.terminal, surroundings.transport, progress);
    const auto me = OrganizationsApi(connection).get_organizations_me().send();
    const bool is_known = me || (me.error().status == 403 && tokens->load());
    if (browser) {
      browser->visit.answer(is_known ? page_of_success(client.configuration.client_id)
                                     : page_of_failure("The terminal says why."));
    }
    if (!is_known) return fail(failure_of(me.error()));
    const std::string name = me ? me->name.value_or(me->id.value_or("")) : std::string();
    return name.empty() ? name : " of " + printable(name);
  }

  static void keep_tokens(FreshTokens& fresh, const Configuration& configuration, const std::string& profile,
                          const Terminal& terminal, Progress& progress) {
    const auto tokens = fresh.load();
    const auto file = token_file_of_profile(terminal, profile);
    if (!tokens) return;
    if (!file) {
      progress.tell("there is no place for tokens: set XDG_STATE_HOME or HOME, and log in again");
      return;
    }
    FileTokenStore kept(*file, configuration, [&progress](const std::string& words) { progress.tell(words); });
    const auto hold = kept.hold();
    kept.save(*tokens);
  }

  /// The environment goes before the profile: whoever has both would wonder.
  static void tell_what_goes_before(const Terminal& terminal, Progress& progress) {
    for (const char* name : {"TALLYSTICK_CLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_ID"}) {
      if (!terminal.variable(name)) continue;
      progress.tell(std::string(name) + " is set: commands use that client, not the profile's, until it is unset.");
    }
  }

  CLI::App* command_ = nullptr;
  ClientOptions options_;
  bool pkce_ = false;
  bool no_browser_ = false;
  std::optional<std::uint16_t> redirect_port_;
  std::optional<std::string> saml_file_;
  std::optional<std::string> org_name_;
};

}  // namespace

std::unique_ptr<Command> add_login_command(CLI::App& app) {
  return std::make_unique<LoginCommand>(app);
}

}  // namespace tallystick::cli
