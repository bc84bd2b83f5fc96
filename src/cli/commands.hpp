#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

namespace CLI {
class App;
}

namespace tallystick::cli {

/// Exit codes that scripts rely on (interface.md).
enum class ExitCode {
  done = 0,
  failed = 1,
  bad_input = 2,  ///< wrong usage too
  not_authenticated = 3,
  not_permitted = 4,
  not_found = 5,
  no_answer = 6,
};

/// What a command touches of the process, so that a test can stand in for it.
struct Terminal {
  std::ostream& out;  ///< answers
  std::ostream& err;  ///< messages and progress
  std::istream& in;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = 80;
  bool colours = false;  ///< of `out`: a terminal, and NO_COLOR is not set
  std::function<std::optional<std::string>(const std::string& name)> environment;
};

/// Adds the client commands (apply, ingest, report, whoami) to `app`. The one that was chosen on the command line
/// runs when `run` is called after parsing.
class Commands {
 public:
  Commands(CLI::App& app, Terminal terminal);
  ~Commands();
  Commands(const Commands&) = delete;
  Commands& operator=(const Commands&) = delete;

  /// Absent: none of ours was chosen.
  [[nodiscard]] std::optional<ExitCode> run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// A parse failure in our words: which option or command, and the nearest right spelling. Returns the exit code.
[[nodiscard]] ExitCode explain_usage_error(const CLI::App& app, const std::exception& error, std::ostream& err);

}  // namespace tallystick::cli
