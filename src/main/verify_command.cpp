#include "main/verify_command.hpp"

#include <sodium.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <limits>

#include "app/verify_store.hpp"
#include "cli/number_text.hpp"
#include "cli/progress.hpp"
#include "store/embedded/embedded_store.hpp"

namespace tallystick {
namespace {

constexpr std::chrono::seconds progress_after{2};

cli::ExitCode complain(const cli::Terminal& terminal, const std::string& message, cli::ExitCode code) {
  terminal.err << "tallystick verify: " << message << '\n';
  return code;
}

app::Verification verify_with_progress(const store::Store& store, const cli::Terminal& terminal) {
  cli::Progress progress(terminal, true);
  const auto start = terminal.monotonic_now();
  return app::verify_store(store, [&](std::uint64_t done, std::uint64_t total) {
    if (terminal.monotonic_now() - start < progress_after || !progress.is_due()) return;
    progress.show(cli::count_line("Months and bills", done, total));
  });
}

std::string checked_text(const app::Verification& verified) {
  return cli::count_of(verified.organizations, "organization") + ", " + cli::count_of(verified.events, "event") + ", " +
         cli::count_of(verified.closed_periods, "closed period") + ", " + cli::count_of(verified.invoices, "invoice");
}

}  // namespace

void add_verify_options(CLI::App& verify, VerifyOptions& options) {
  verify.add_option("--data", options.data_dir, "Directory of a server that does not run")
      ->type_name("DIR")
      ->capture_default_str();
  verify.footer(
      "Files are held to their checksums, totals are added up anew from their events, texts of closed periods and\n"
      "invoices are held to their digests, amounts and numbers of invoices to each other. Nothing is changed; opening\n"
      "replays the log, as a start does.\n"
      "Exit code 0: all is right; 1: something is not, a line each says what; 2: there is no such directory.\n"
      "Example:\n  tallystick verify --data ./data\n"
      "The option may also be given as TALLYSTICK_DATA in the environment.");
}

cli::ExitCode verify(const VerifyOptions& options, const cli::Terminal& terminal) {
  if (sodium_init() < 0) return complain(terminal, "The library for digests cannot start.", cli::ExitCode::failed);
  if (!store::is_embedded_store(options.data_dir)) {
    return complain(terminal, options.data_dir + " is no data directory of tallystick; name one with --data.",
                    cli::ExitCode::bad_input);
  }
  store::EmbeddedSettings settings;
  settings.seal_after_events = std::numeric_limits<std::uint64_t>::max();  // to look is not to seal
  const auto store = store::open_embedded_store(options.data_dir, settings);
  if (!store) return complain(terminal, store.error().message, cli::ExitCode::failed);

  const app::Verification verified = verify_with_progress(**store, terminal);
  for (const app::Finding& finding : verified.findings) terminal.out << app::to_string(finding) << '\n';
  if (!verified.findings.empty()) {
    terminal.out << checked_text(verified) << ": " << cli::count_of(verified.findings.size(), "finding") << '\n';
    return cli::ExitCode::failed;
  }
  terminal.out << checked_text(verified)
               << ": all totals follow from their events, all texts are as they were written\n";
  return cli::ExitCode::done;
}

}  // namespace tallystick
