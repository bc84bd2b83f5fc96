#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "tallystick/client/connection.hpp"

namespace CLI {
class App;
}

namespace tallystick::cli {

/// The options that every client command takes, as they were written (interface.md, "One binary").
struct ClientOptions {
  std::optional<std::string> base_url;
  std::optional<std::string> region;
  std::optional<std::string> profile;
  std::optional<std::string> client_id;
  std::optional<std::string> client_secret_file;
  std::optional<std::string> ca_file;
  std::optional<std::string> client_certificate;
  std::optional<std::string> client_key;
  std::optional<std::string> proxy;
  std::optional<std::string> proxy_user;
  std::optional<std::string> format;
  std::optional<std::string> output;
  std::optional<std::string> timeout;
  bool verbose = false;
  bool no_progress = false;
};

/// Adds those that say where to ask and as whom.
void add_connection_options(CLI::App& command, ClientOptions& options);

/// Adds all of them to a command; `options` must outlive it. `further_formats`: words for formats that the command has
/// beside the usual ones, or nothing.
void add_client_options(CLI::App& command, ClientOptions& options, const std::string& further_formats = {});

/// Where a setting came from, for --verbose.
struct ResolvedClient {
  Configuration configuration;
  std::string base_url_from;
  std::string client_id_from;      ///< empty: there is none, and none is needed
  std::string client_secret_from;  ///< the same
  bool is_of_profile = false;      ///< address and client are the profile's
};

/// Each setting by itself from the first place that has it: the option, TALLYSTICK_…, GENESYSCLOUD_…, the profile; for
/// the base URL at last the default region. Within one place an address goes before a region. Of a profile whose
/// address is not the one that is asked, the token address and headers are left out. Failures: bad_input for an unknown
/// region (with the nearest spelling), a bad time-out, an unreadable or empty secret file, a bad profile;
/// not_authenticated where no client id or secret is found.
/// A profile's own way to log in, as a person or with a token, goes with its client and address alone; with others
/// client credentials are used. TALLYSTICK_ACCESS_TOKEN stands for client and secret, and goes before a profile's.
[[nodiscard]] Result<ResolvedClient, Failure> resolve_client(const ClientOptions& options, const Terminal& terminal);

/// The same for who is about to log in: the profile need not be there, neither id nor secret need be known yet, and the
/// profile's secret is not looked at.
[[nodiscard]] Result<ResolvedClient, Failure> resolve_log_in(const ClientOptions& options, const Terminal& terminal);

/// The connection of a command: tells retries, and with --verbose requests too, through `progress`, which must
/// outlive it.
[[nodiscard]] Result<Connection, Failure> connect(const ClientOptions& options, const Terminal& terminal,
                                                  const std::shared_ptr<HttpTransport>& transport, Progress& progress);

/// The same for a client that is known, with its tokens where it says.
[[nodiscard]] Connection connect_as(ResolvedClient client, const ClientOptions& options, const Terminal& terminal,
                                    const std::shared_ptr<HttpTransport>& transport, Progress& progress);

}  // namespace tallystick::cli
