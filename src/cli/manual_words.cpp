#include "cli/manual_words.hpp"

#include <array>

namespace tallystick::cli {
namespace {

constexpr std::array<ManualEntry, 7> exit_codes{{
    {"0", "Done."},
    {"1", "Failed for another reason; of several answers, some could not be had."},
    {"2", "Wrong usage, or bad input, which is named with its file and line."},
    {"3", "Not authenticated: no credentials, or the service does not take them."},
    {"4", "Not permitted."},
    {"5", "Not found."},
    {"6", "No answer from the service: network, time-out, or overload after the retries."},
}};

constexpr std::array<ManualEntry, 10> environment{{
    {"TALLYSTICK_BASE_URL, TALLYSTICK_REGION", "Where to ask: an address, or the name of a region."},
    {"TALLYSTICK_CLIENT_ID, TALLYSTICK_CLIENT_SECRET", "The OAuth client."},
    {"TALLYSTICK_ACCESS_TOKEN", "A token that was obtained elsewhere, instead of client and secret."},
    {"GENESYSCLOUD_REGION", "The region, as users of the published tools have set it."},
    {"GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET", "The OAuth client, likewise."},
    {"XDG_CONFIG_HOME", "Where tallystick/config.toml is; ~/.config where it is not set."},
    {"XDG_STATE_HOME",
     "Where interrupted work and tokens are kept, below tallystick; ~/.local/state where it is not set."},
    {"NO_COLOR", "When it is set, tables have no colours."},
    {"BROWSER", "Opens the page of a log-in."},
    {"HOME", "Where the folders above are when their variables are not set."},
}};

constexpr std::array<ManualEntry, 3> files{{
    {"$XDG_CONFIG_HOME/tallystick/config.toml",
     "Profiles: tables [profiles.NAME] with base_url or region, client_id and client_secret. With a secret in it "
     "nobody "
     "else may read it (mode 0600). The profile called default is used where none is named."},
    {"$XDG_STATE_HOME/tallystick",
     "What interrupted commands have done so far, so that the same command goes on there."},
    {"$XDG_STATE_HOME/tallystick/tokens",
     "Tokens, of each profile and of clients without one (mode 0600): commands that follow each other log in once, and "
     "what login --pkce gave is refreshed there. The command logout forgets them."},
}};

constexpr std::array<std::string_view, 5> paragraphs{
    "Tallystick counts what customers use and shows partners what to bill. It is a server that speaks the Genesys "
    "Cloud "
    "Billing API, and the commands that ask such a server, or the published service, from a shell.",
    "Each setting comes from the first place that has it: the option, TALLYSTICK_ variables, GENESYSCLOUD_ variables, "
    "the profile. A secret is never an argument, which other users of the machine could see.",
    "Answers go to standard output: a table on a terminal, else JSON, exactly the model that the service answered. "
    "--format and the ending of the file that --output names choose otherwise: csv, or xlsx for a workbook with "
    "numbers "
    "as numbers and dates as dates. Messages and progress go to standard error.",
    "Dates are ISO 8601, 2026-03-01T00:00:00Z, or a day, 2026-03-01, a month, 2026-03, or a year, 2026, in UTC.",
    "Requests that failed for a passing reason are repeated, where that cannot count anything twice, and none is sent "
    "beyond the rate limit that the service tells.",
};

constexpr std::array<std::string_view, 4> examples{
    "tallystick serve --data ./data --catalog catalog.yaml",
    "tallystick ingest march.ndjson.zst",
    "tallystick report --from 2026-03 --output march.xlsx",
    "tallystick overview --all --periods 0..12 --output year.csv",
};

}  // namespace

std::span<const ManualEntry> client_exit_codes() {
  return exit_codes;
}

std::span<const ManualEntry> client_environment() {
  return environment;
}

std::span<const ManualEntry> client_files() {
  return files;
}

std::span<const std::string_view> program_paragraphs() {
  return paragraphs;
}

std::span<const std::string_view> program_examples() {
  return examples;
}

}  // namespace tallystick::cli
