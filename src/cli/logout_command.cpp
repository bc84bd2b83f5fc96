#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/display_width.hpp"
#include "cli/profile.hpp"
#include "cli/profile_store.hpp"
#include "cli/token_file.hpp"

namespace tallystick::cli {
namespace {

class LogoutCommand : public Command {
 public:
  explicit LogoutCommand(CLI::App& app) {
    command_ = app.add_subcommand("logout", "Forget a profile's tokens and secret");
    command_->add_option("--profile", profile_, "The profile; the usual one is called default")->type_name("NAME");
    command_->footer("Example:\n  tallystick logout --profile partner");
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const std::string profile = profile_.value_or(default_profile_name);
    const auto reading = read_profile(terminal, profile);
    if (!reading) return fail(reading.error());
    if (reading->given.contains("client_secret") || reading->given.contains("access_token")) {
      const std::vector<ProfileSetting> settings{{"client_secret", std::nullopt}, {"access_token", std::nullopt}};
      const auto planned = plan_profile(terminal, profile, settings);
      if (!planned) return fail(planned.error());
      if (const auto written = write_profile(*planned); !written) return fail(written.error());
    }
    if (const auto file = token_file_of_profile(terminal, profile)) {
      // Held, so that a command that is renewing does not put them back.
      FileTokenStore tokens(*file, reading->configuration,
                            [&terminal](const std::string& words) { terminal.err << words << '\n'; });
      const auto hold = tokens.hold();
      tokens.clear();
    }
    terminal.err << "Logged out: profile " << printable(profile) << " has no tokens and no secret any more."
                 << std::endl;
    return {};
  }

 private:
  CLI::App* command_ = nullptr;
  std::optional<std::string> profile_;
};

}  // namespace

std::unique_ptr<Command> add_logout_command(CLI::App& app) {
  return std::make_unique<LogoutCommand>(app);
}

}  // namespace tallystick::cli
