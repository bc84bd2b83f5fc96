#pragma once
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "client/fake_transport.hpp"

namespace tallystick::cli_test {

/// A folder that is gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tallystick-cli-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    ::chmod(file.c_str(), static_cast<mode_t>(mode));
    return file.string();
  }
  [[nodiscard]] static std::string read(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
  }

 private:
  std::filesystem::path path_;
};

/// Runs whole commands in this process: a transport, an environment, a clock and pauses of the test's own.
struct CommandRun {
  using Answer = client_test::FakeTransport::Answer;

  explicit CommandRun(Answer answer) : transport(client_test::with_token(std::move(answer))) {
    environment = {{"TALLYSTICK_BASE_URL", "http://127.0.0.1:8080"},
                   {"TALLYSTICK_CLIENT_ID", "operator"},
                   {"TALLYSTICK_CLIENT_SECRET", "secret-of-operator"}};
  }

  std::shared_ptr<client_test::FakeTransport> transport;
  std::map<std::string, std::string> environment;
  std::string input;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = 80;
  std::stop_source stop;  ///< as Ctrl-C
  std::function<void()> after_pause = [] {};

  std::function<std::optional<std::string>()> read_secret;
  std::function<bool(const std::string& address)> open_browser = [](const std::string&) { return false; };

  std::vector<std::chrono::milliseconds> pauses;
  std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
  std::mutex clock_mutex;  ///< of both while a command runs
  std::function<std::chrono::steady_clock::time_point()> monotonic_now = [this] { return time(); };
  std::string out;
  std::string err;

  /// The time while a command runs.
  [[nodiscard]] std::chrono::steady_clock::time_point time() {
    const std::lock_guard lock(clock_mutex);
    return now;
  }

  /// The exit code.
  int operator()(std::vector<std::string> arguments) {
    std::ostringstream out_stream;
    std::ostringstream err_stream;
    std::istringstream in_stream(input);
    cli::Terminal terminal{.out = out_stream, .err = err_stream, .in = in_stream};
    terminal.out_is_terminal = out_is_terminal;
    terminal.err_is_terminal = err_is_terminal;
    terminal.columns = columns;
    terminal.environment = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      return found == environment.end() ? std::nullopt : std::optional(found->second);
    };
    terminal.pause = [this](std::chrono::milliseconds length, const std::stop_token& /*stop*/) {
      {
        const std::lock_guard lock(clock_mutex);
        pauses.push_back(length);
        now += length;
      }
      after_pause();
    };
    terminal.monotonic_now = monotonic_now;
    // The wall clock goes with the other one, from the first of December 2026 on.
    terminal.now = [this] {
      return core::TimePoint(std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}) +
             std::chrono::floor<std::chrono::milliseconds>(time().time_since_epoch() - std::chrono::hours{1});
    };
    terminal.stop = stop.get_token();
    terminal.read_secret = read_secret;
    terminal.open_browser = open_browser;
    CLI::App app("", "tallystick");
    app.require_subcommand(1);
    cli::Commands commands(app, terminal, transport);
    std::reverse(arguments.begin(), arguments.end());
    cli::ExitCode code = cli::ExitCode::failed;
    try {
      app.parse(arguments);
      code = commands.run().value();
    } catch (const CLI::Error& error) {
      code = cli::explain_usage_error(app, error, out_stream, err_stream);
    }
    out = out_stream.str();
    err = err_stream.str();
    return static_cast<int>(code);
  }

  /// What was sent to anything but the token address.
  [[nodiscard]] std::vector<HttpRequest> calls() const { return transport->requests(false); }
};

[[nodiscard]] inline ApiResult<HttpResponse> answer(int status, std::string body) {
  return HttpResponse{.status = status, .headers = {}, .body = std::move(body)};
}

}  // namespace tallystick::cli_test
