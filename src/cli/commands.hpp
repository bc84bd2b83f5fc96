#pragma once
#include <exception>
#include <memory>
#include <optional>
#include <ostream>

#include "cli/exit_code.hpp"
#include "cli/terminal.hpp"
#include "tallystick/client/http_transport.hpp"

namespace CLI {
class App;
}

namespace tallystick::cli {

/// Adds the client commands, those that talk to a service, to `app`. The one that was chosen on the command line runs
/// when `run` is called after parsing.
class Commands {
 public:
  /// `transport` moves the bytes of every command; absent: libcurl.
  Commands(CLI::App& app, Terminal terminal, std::shared_ptr<HttpTransport> transport = nullptr);
  ~Commands();
  Commands(const Commands&) = delete;
  Commands& operator=(const Commands&) = delete;

  /// Absent: none of ours was chosen.
  [[nodiscard]] std::optional<ExitCode> run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// What CLI::App::parse threw, in our words. Help and version that were asked for: on `out`, done. A failure: on
/// `err`, which option or command, the nearest right spelling and where help is; bad_input.
[[nodiscard]] ExitCode explain_usage_error(const CLI::App& app, const std::exception& error, std::ostream& out,
                                           std::ostream& err);

}  // namespace tallystick::cli
