#include "cli/client_options.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/call_teller.hpp"
#include "cli/output.hpp"
#include "cli/profile.hpp"
#include "cli/token_file.hpp"
#include "client/duration.hpp"
#include "client/paced_connection.hpp"
#include "client/profile_keys.hpp"

namespace tallystick::cli {
namespace {

// A setting and where it was found.
struct Found {
  std::string value;
  std::string from;
};

Failure bad_input(std::string message) {
  return {ExitCode::bad_input, std::move(message)};
}

Result<std::string, Failure> address_of_region(const Found& region) {
  if (auto url = base_url_of_region(region.value)) return *url;
  return fail(
      bad_input(region.from + ": no region is called \"" + region.value + "\"" + client::region_hint(region.value)));
}

Result<std::string, Failure> read_secret_file(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  std::string secret = text.str();
  if (!stream) return fail(bad_input("--client-secret-file " + file + ": cannot be read"));
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  if (secret.empty()) return fail(bad_input("--client-secret-file " + file + ": is empty"));
  return secret;
}

// Looks each setting up in the order of precedence: what the profile says is there from the beginning and gives way.
class Resolver {
 public:
  enum class For { command, log_in };
  Resolver(const ClientOptions& options, const Terminal& terminal, For purpose)
      : options_(options), terminal_(terminal), purpose_(purpose) {}

  Result<ResolvedClient, Failure> resolve();

 private:
  [[nodiscard]] std::optional<Found> variable(const char* name) const {
    auto value = terminal_.variable(name);
    if (!value) return std::nullopt;
    return Found{*std::move(value), name};
  }
  [[nodiscard]] static std::optional<Found> option(const std::optional<std::string>& value, const char* name) {
    if (!value) return std::nullopt;
    return Found{*value, name};
  }
  // The option, else the variable.
  [[nodiscard]] std::optional<std::string> given(const std::optional<std::string>& value, const char* name) const {
    return value ? value : terminal_.variable(name);
  }
  [[nodiscard]] std::optional<Found> from_profile(const std::string& key, const std::string& value) const {
    if (!profile_.given.contains(key)) return std::nullopt;
    return Found{value, words_of_profile(options_.profile)};
  }
  Result<Found, Failure> base_url();
  Result<Found, Failure> client_id();
  Result<Found, Failure> client_secret();
  void resolve_transport(TransportSettings& transport) const;

  Result<void, Failure> resolve_identity(ResolvedClient& client);

  const ClientOptions& options_;
  const Terminal& terminal_;
  const For purpose_;
  client::ProfileReading profile_;
};

Result<Found, Failure> Resolver::base_url() {
  const auto of_region = [](const Found& region) -> Result<Found, Failure> {
    auto url = address_of_region(region);
    if (!url) return fail(url.error());
    return Found{*std::move(url), region.from};
  };
  if (auto url = option(options_.base_url, "--base-url")) return *std::move(url);
  if (const auto region = option(options_.region, "--region")) return of_region(*region);
  if (auto url = variable("TALLYSTICK_BASE_URL")) return *std::move(url);
  if (const auto region = variable("TALLYSTICK_REGION")) return of_region(*region);
  if (const auto region = variable("GENESYSCLOUD_REGION")) return of_region(*region);
  for (const char* key : {"base_url", "region"}) {
    if (auto url = from_profile(key, profile_.configuration.base_url)) return *std::move(url);
  }
  return Found{Configuration{}.base_url, "the default region"};
}

Result<Found, Failure> Resolver::client_id() {
  if (auto id = option(options_.client_id, "--client-id")) return *std::move(id);
  if (auto id = variable("TALLYSTICK_CLIENT_ID")) return *std::move(id);
  if (auto id = variable("GENESYSCLOUD_OAUTHCLIENT_ID")) return *std::move(id);
  if (auto id = from_profile("client_id", profile_.configuration.client_id)) return *std::move(id);
  return fail(Failure{ExitCode::not_authenticated,
                      "no client id: give --client-id, set TALLYSTICK_CLIENT_ID, or choose a --profile that has one"});
}

Result<Found, Failure> Resolver::client_secret() {
  if (options_.client_secret_file) {
    auto secret = read_secret_file(*options_.client_secret_file);
    if (!secret) return fail(secret.error());
    return Found{*std::move(secret), "--client-secret-file"};
  }
  if (auto secret = variable("TALLYSTICK_CLIENT_SECRET")) return *std::move(secret);
  if (auto secret = variable("GENESYSCLOUD_OAUTHCLIENT_SECRET")) return *std::move(secret);
  if (purpose_ == For::command) {
    if (auto secret = from_profile("client_secret", profile_.configuration.client_secret)) return *std::move(secret);
  }
  return fail(Failure{
      ExitCode::not_authenticated,
      "no client secret: give --client-secret-file, set TALLYSTICK_CLIENT_SECRET, or choose a --profile that has one"});
}

void Resolver::resolve_transport(TransportSettings& transport) const {
  if (auto file = given(options_.ca_file, "TALLYSTICK_CA_FILE")) transport.authorities = {.file = *file, .text = {}};
  if (auto file = given(options_.client_certificate, "TALLYSTICK_CLIENT_CERTIFICATE")) {
    transport.client_certificate = {.file = *file, .text = {}};
  }
  if (auto file = given(options_.client_key, "TALLYSTICK_CLIENT_KEY")) {
    transport.client_key = {.file = *file, .text = {}};
  }
  if (auto password = terminal_.variable("TALLYSTICK_CLIENT_KEY_PASSWORD")) transport.client_key_password = *password;
  // User and password belong to their proxy.
  if (auto url = given(options_.proxy, "TALLYSTICK_PROXY")) transport.proxy = ProxySettings{.url = *url};
  if (!transport.proxy) return;
  if (auto user = given(options_.proxy_user, "TALLYSTICK_PROXY_USER")) transport.proxy->user = *user;
  if (auto password = terminal_.variable("TALLYSTICK_PROXY_PASSWORD")) transport.proxy->password = *password;
}

// Client, secret and grant, once the address is known.
Result<void, Failure> Resolver::resolve_identity(ResolvedClient& client) {
  Configuration& configuration = client.configuration;
  const bool is_profiles_address = configuration.base_url == profile_.configuration.base_url;
  const bool chooses_client = options_.client_id || terminal_.variable("TALLYSTICK_CLIENT_ID") ||
                              terminal_.variable("GENESYSCLOUD_OAUTHCLIENT_ID");
  const bool has_profiles_grant = is_profiles_address && !chooses_client;
  configuration.client_secret.clear();
  if (!has_profiles_grant) configuration.grant = ClientCredentials{};
  if (const auto token = variable("TALLYSTICK_ACCESS_TOKEN"); token && !options_.client_id) {
    configuration.grant = BearerToken{token->value};
    client.client_secret_from = token->from;
  }
  if (purpose_ == For::command && std::holds_alternative<BearerToken>(configuration.grant)) return {};
  if (auto id = client_id()) {
    client.is_of_profile = is_profiles_address && !chooses_client;
    configuration.client_id = std::move(id->value);
    client.client_id_from = std::move(id->from);
  } else if (purpose_ == For::command) {
    return fail(id.error());
  }
  const bool needs_secret = purpose_ == For::command && std::holds_alternative<ClientCredentials>(configuration.grant);
  if (auto secret = client_secret()) {
    configuration.client_secret = std::move(secret->value);
    client.client_secret_from = std::move(secret->from);
  } else if (needs_secret || secret.error().code == ExitCode::bad_input) {
    return fail(secret.error());
  }
  return {};
}

Result<ResolvedClient, Failure> Resolver::resolve() {
  auto profile = read_profile(terminal_, options_.profile,
                              purpose_ == For::log_in ? MissingProfile::is_empty : MissingProfile::is_failure);
  if (!profile) return fail(profile.error());
  profile_ = *std::move(profile);
  auto url = base_url();
  if (!url) return fail(url.error());
  ResolvedClient client;
  client.configuration = profile_.configuration;
  client.base_url_from = url->from;
  if (url->value != profile_.configuration.base_url) {
    // They belong to the address beside which they stand: no other server gets what is for that one.
    client.configuration.token_address.clear();
    client.configuration.headers.clear();
  }
  client.configuration.base_url = std::move(url->value);
  if (const auto known = resolve_identity(client); !known) return fail(known.error());
  resolve_transport(client.configuration.transport);
  if (options_.timeout) {
    const auto timeout = client::parse_duration(*options_.timeout);
    if (!timeout) return fail(bad_input("--timeout " + *options_.timeout + ": write it like 30s, 500ms or 2m"));
    client.configuration.request_timeout = *timeout;
    client.configuration.connect_timeout = std::min(client.configuration.connect_timeout, *timeout);
  }
  return client;
}

std::string identity_words(const ResolvedClient& client) {
  std::string words = client.client_id_from.empty()
                          ? "no client"
                          : "client " + client.configuration.client_id + " (" + client.client_id_from + ")";
  if (client.client_secret_from.empty()) return words + ", no secret";
  return words + (client.client_id_from.empty() ? ", token from " : ", secret from ") + client.client_secret_from;
}

}  // namespace

void add_connection_options(CLI::App& command, ClientOptions& options) {
  const auto add = [&](const char* name, std::optional<std::string>& value, const char* type, const char* text) {
    return command.add_option(name, value, text)->type_name(type)->group("Connection");
  };
  auto* base_url = add("--base-url", options.base_url, "URL", "Address of the service (TALLYSTICK_BASE_URL)");
  add("--region", options.region, "NAME", "Region instead of an address, like eu_central_1 (TALLYSTICK_REGION)")
      ->excludes(base_url);
  add("--profile", options.profile, "NAME", "Settings of $XDG_CONFIG_HOME/tallystick/config.toml");
  add("--client-id", options.client_id, "ID", "OAuth client (TALLYSTICK_CLIENT_ID)");
  add("--client-secret-file", options.client_secret_file, "FILE",
      "File with the client's secret (or TALLYSTICK_CLIENT_SECRET)");
  add("--ca-file", options.ca_file, "FILE", "Certificates (PEM) to trust beside the system's (TALLYSTICK_CA_FILE)");
  add("--client-certificate", options.client_certificate, "FILE",
      "Certificate (PEM) by which the service knows this client (TALLYSTICK_CLIENT_CERTIFICATE)");
  add("--client-key", options.client_key, "FILE",
      "Key (PEM) of the certificate (TALLYSTICK_CLIENT_KEY; its password: TALLYSTICK_CLIENT_KEY_PASSWORD)");
  add("--proxy", options.proxy, "URL", "Proxy to go through, like http://proxy:3128 (TALLYSTICK_PROXY)");
  add("--proxy-user", options.proxy_user, "NAME",
      "User of the proxy (TALLYSTICK_PROXY_USER; the password: TALLYSTICK_PROXY_PASSWORD)");
  add("--timeout", options.timeout, "TIME", "Longest wait for one answer, like 30s, 500ms or 2m (60s)");
  command.add_flag("--verbose", options.verbose, "Tell requests and where settings come from")->group("Output");
}

void add_client_options(CLI::App& command, ClientOptions& options, const std::string& further_formats) {
  add_connection_options(command, options);
  command
      .add_option("--format", options.format,
                  format_names(FormatChoice::tables) + further_formats + "; a table on a terminal, JSON otherwise")
      ->type_name("FORMAT")
      ->group("Output");
  command.add_option("--output", options.output, "Write the answer to a file")->type_name("FILE")->group("Output");
  command.add_flag("--no-progress", options.no_progress, "No progress on the terminal")->group("Output");
}

Result<ResolvedClient, Failure> resolve_client(const ClientOptions& options, const Terminal& terminal) {
  return Resolver(options, terminal, Resolver::For::command).resolve();
}

Result<ResolvedClient, Failure> resolve_log_in(const ClientOptions& options, const Terminal& terminal) {
  return Resolver(options, terminal, Resolver::For::log_in).resolve();
}

Result<Connection, Failure> connect(const ClientOptions& options, const Terminal& terminal,
                                    const std::shared_ptr<HttpTransport>& transport, Progress& progress) {
  auto client = resolve_client(options, terminal);
  if (!client) return fail(client.error());
  const auto file = client->is_of_profile
                        ? token_file_of_profile(terminal, options.profile.value_or(default_profile_name))
                        : token_file_of_client(terminal, client->configuration);
  if (file && !client->client_id_from.empty()) {
    client->configuration.token_store = std::make_shared<FileTokenStore>(
        *file, client->configuration, [&progress](const std::string& words) { progress.tell(words); });
  }
  return connect_as(*std::move(client), options, terminal, transport, progress);
}

Connection connect_as(ResolvedClient client, const ClientOptions& options, const Terminal& terminal,
                      const std::shared_ptr<HttpTransport>& transport, Progress& progress) {
  const auto teller = std::make_shared<CallTeller>(terminal, progress);
  Hooks& hooks = client.configuration.hooks;
  if (options.verbose) {
    progress.tell("base URL " + client.configuration.base_url + " (" + client.base_url_from + "), " +
                  identity_words(client));
    hooks.after_request = [teller](const HttpRequest& request, const ApiResult<HttpResponse>& outcome,
                                   std::chrono::microseconds duration) {
      teller->tell_request(request, outcome, duration);
    };
  }
  hooks.before_pause = [teller](const Hooks::Pause& pause) { teller->tell_pause(pause); };
  client::Pacing pacing = client::system_pacing();
  pacing.now = terminal.monotonic_now;
  pacing.wall_now = terminal.now;
  pacing.sleep = [teller](std::chrono::milliseconds length, const std::stop_token& stop) {
    teller->sleep(length, stop);
  };
  return client::PacedConnection::make(std::move(client.configuration), transport, std::move(pacing));
}

}  // namespace tallystick::cli
