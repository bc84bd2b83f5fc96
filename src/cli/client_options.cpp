#include "cli/client_options.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/number_text.hpp"
#include "cli/output.hpp"
#include "cli/profile.hpp"
#include "cli/spelling.hpp"
#include "cli/traced_transport.hpp"
#include "client/duration.hpp"

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
  std::vector<std::string> names;
  for (const auto& [name, host] : regions()) {
    names.emplace_back(name);
    names.emplace_back(host);
  }
  std::string hint = did_you_mean(region.value, names);
  if (hint.empty()) hint = "; regions are called like us_east_1 or mypurecloud.de";
  return fail(bad_input(region.from + ": no region is called \"" + region.value + "\"" + hint));
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

// Looks each setting up in the order of precedence, the profile last and only when it is needed.
class Resolver {
 public:
  Resolver(const ClientOptions& options, const Terminal& terminal) : options_(options), terminal_(terminal) {}

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
  Result<std::optional<Found>, Failure> from_profile(std::optional<std::string> Profile::*member);
  Result<Found, Failure> base_url();
  Result<Found, Failure> client_id();
  Result<Found, Failure> client_secret();

  const ClientOptions& options_;
  const Terminal& terminal_;
  std::optional<Profile> profile_;
};

Result<std::optional<Found>, Failure> Resolver::from_profile(std::optional<std::string> Profile::*member) {
  if (!profile_) {
    auto profile = read_profile(terminal_, options_.profile);
    if (!profile) return fail(profile.error());
    profile_ = *std::move(profile);
  }
  const auto& value = *profile_.*member;
  if (!value) return std::optional<Found>();
  return std::optional(Found{*value, "profile " + options_.profile.value_or(default_profile_name)});
}

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
  auto url = from_profile(&Profile::base_url);
  if (!url) return fail(url.error());
  if (*url) return **std::move(url);
  const auto region = from_profile(&Profile::region);
  if (!region) return fail(region.error());
  if (*region) return of_region(**region);
  return Found{Configuration{}.base_url, "the default region"};
}

Result<Found, Failure> Resolver::client_id() {
  if (auto id = option(options_.client_id, "--client-id")) return *std::move(id);
  if (auto id = variable("TALLYSTICK_CLIENT_ID")) return *std::move(id);
  if (auto id = variable("GENESYSCLOUD_OAUTHCLIENT_ID")) return *std::move(id);
  auto id = from_profile(&Profile::client_id);
  if (!id) return fail(id.error());
  if (*id) return **std::move(id);
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
  auto secret = from_profile(&Profile::client_secret);
  if (!secret) return fail(secret.error());
  if (*secret) return **std::move(secret);
  return fail(Failure{
      ExitCode::not_authenticated,
      "no client secret: give --client-secret-file, set TALLYSTICK_CLIENT_SECRET, or choose a --profile that has one"});
}

Result<ResolvedClient, Failure> Resolver::resolve() {
  if (options_.profile) {
    // A profile that was asked for must be there, even where nothing of it is used.
    auto profile = read_profile(terminal_, options_.profile);
    if (!profile) return fail(profile.error());
    profile_ = *std::move(profile);
  }
  auto url = base_url();
  if (!url) return fail(url.error());
  auto id = client_id();
  if (!id) return fail(id.error());
  auto secret = client_secret();
  if (!secret) return fail(secret.error());
  ResolvedClient client{{}, url->from, id->from, secret->from};
  client.configuration.base_url = std::move(url->value);
  client.configuration.client_id = std::move(id->value);
  client.configuration.client_secret = std::move(secret->value);
  if (options_.timeout) {
    const auto timeout = client::parse_duration(*options_.timeout);
    if (!timeout) return fail(bad_input("--timeout " + *options_.timeout + ": write it like 30s, 500ms or 2m"));
    client.configuration.request_timeout = *timeout;
    client.configuration.connect_timeout = std::min(client.configuration.connect_timeout, *timeout);
  }
  return client;
}

}  // namespace

void add_client_options(CLI::App& command, ClientOptions& options, const std::string& further_formats) {
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
  add("--timeout", options.timeout, "TIME", "Longest wait for one answer, like 30s, 500ms or 2m (60s)");
  command
      .add_option("--format", options.format,
                  format_names(FormatChoice::tables) + further_formats + "; a table on a terminal, JSON otherwise")
      ->type_name("FORMAT")
      ->group("Output");
  command.add_option("--output", options.output, "Write the answer to a file")->type_name("FILE")->group("Output");
  command.add_flag("--verbose", options.verbose, "Tell requests and where settings come from")->group("Output");
  command.add_flag("--no-progress", options.no_progress, "No progress on the terminal")->group("Output");
}

Result<ResolvedClient, Failure> resolve_client(const ClientOptions& options, const Terminal& terminal) {
  return Resolver(options, terminal).resolve();
}

Result<Connection, Failure> connect(const ClientOptions& options, const Terminal& terminal,
                                    const std::shared_ptr<HttpTransport>& transport, Progress& progress) {
  auto client = resolve_client(options, terminal);
  if (!client) return fail(client.error());
  std::shared_ptr<HttpTransport> carrier = transport ? transport : make_curl_transport();
  if (options.verbose) {
    progress.tell("base URL " + client->configuration.base_url + " (" + client->base_url_from + "), client " +
                  client->configuration.client_id + " (" + client->client_id_from + "), secret from " +
                  client->client_secret_from);
    carrier = std::make_shared<TracedTransport>(std::move(carrier), terminal.monotonic_now,
                                                [&progress](const std::string& line) { progress.tell(line); });
  }
  client->configuration.hooks.before_pause = [&progress](const Hooks::Pause& pause) {
    if (pause.why != Hooks::Pause::Why::retry) return;
    progress.tell(pause.error.message + "; trying again in " + duration_text(pause.length));
  };
  return Connection(std::move(client->configuration), std::move(carrier));
}

}  // namespace tallystick::cli
