#pragma once
#include <string>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"

namespace CLI {
class App;
}

namespace tallystick {

/// What `tallystick verify` was told.
struct VerifyOptions {
  std::string data_dir = "./data";
};

/// Declares the options on the subcommand `verify`; parsing fills `options`, which must outlive `verify`.
void add_verify_options(CLI::App& verify, VerifyOptions& options);

/// Checks a data directory that no server uses (app::verify_store). Findings, a line each, or what was checked on
/// standard output; progress on standard error of a terminal. done: all is right; failed: there are findings, or it
/// cannot be opened; bad_input: it is none.
[[nodiscard]] cli::ExitCode verify(const VerifyOptions& options, const cli::Terminal& terminal);

}  // namespace tallystick
