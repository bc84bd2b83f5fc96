#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/hidden_line.hpp"
#include "main/serve.hpp"
#include "main/serve_options.hpp"
#include "main/verify_command.hpp"
#include "tallystick/core/version.hpp"

namespace {

constexpr int exit_failed = 1;
constexpr int exit_bad_input = 2;

// Of standard error where standard output goes to a file: progress is shown there.
winsize size_of_terminal() {
  for (const int file : {STDOUT_FILENO, STDERR_FILENO}) {
    winsize size{};
    if (::ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) return size;
  }
  return {.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
}

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nothing sets the environment
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

tallystick::cli::Terminal terminal() {
  const bool out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  const winsize size = size_of_terminal();
  return {.out = std::cout,
          .err = std::cerr,
          .in = std::cin,
          .out_is_terminal = out_is_terminal,
          .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
          .columns = size.ws_col,
          .rows = size.ws_row,
          .colours = out_is_terminal && !environment("NO_COLOR"),
          .environment = environment,
          .read_secret = ::isatty(STDIN_FILENO) == 1 ? std::function(tallystick::cli::read_hidden_line) : nullptr};
}

int run_serve(CLI::App& command, const tallystick::ServeOptions& options) {
  if (const auto filled = tallystick::take_environment_and_file(command, options, environment); !filled) {
    std::cerr << "tallystick serve: " << filled.error() << '\n';
    return exit_bad_input;
  }
  const auto plan = tallystick::plan_serving(options);
  if (!plan) {
    std::cerr << "tallystick serve: " << plan.error() << '\n';
    return exit_bad_input;
  }
  return tallystick::serve(*plan, options, std::cout, std::cerr);
}

int run_verify(CLI::App& command, const tallystick::VerifyOptions& options) {
  if (const auto filled = tallystick::take_environment(command, environment); !filled) {
    std::cerr << "tallystick verify: " << filled.error() << '\n';
    return exit_bad_input;
  }
  return static_cast<int>(tallystick::verify(options, terminal()));
}

int run(int argc, char** argv) {
  CLI::App app("Usage metering and partner billing that speaks the Genesys Cloud Billing API.", "tallystick");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("tallystick ") + tallystick::version);
  tallystick::ServeOptions serve_options;
  CLI::App* serve_command = app.add_subcommand("serve", "Run the server");
  tallystick::add_serve_options(*serve_command, serve_options);
  tallystick::VerifyOptions verify_options;
  CLI::App* verify_command = app.add_subcommand("verify", "Check a data directory: totals, digests, numbers");
  tallystick::add_verify_options(*verify_command, verify_options);
  tallystick::cli::Commands commands(app, terminal());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return static_cast<int>(tallystick::cli::explain_usage_error(app, error, std::cout, std::cerr));
  }
  if (serve_command->parsed()) return run_serve(*serve_command, serve_options);
  if (verify_command->parsed()) return run_verify(*verify_command, verify_options);
  const auto code = commands.run();
  return code ? static_cast<int>(*code) : exit_bad_input;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "tallystick: " << error.what() << '\n';
    return exit_failed;
  }
}
