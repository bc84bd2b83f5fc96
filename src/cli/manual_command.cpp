#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>

#include "cli/command.hpp"
#include "cli/manual_page.hpp"
#include "cli/output.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::cli {
namespace {

constexpr unsigned mode_of_pages = 0644;

// For the build, which makes the pages by the program that they are about.
class ManualCommand : public Command {
 public:
  explicit ManualCommand(CLI::App& app) : app_(app) {
    command_ = app.add_subcommand("manual", "Write the pages of the manual")->group("");
    command_->add_option("--output", folder_, "The folder; made when missing")->type_name("DIR")->required();
    command_->add_option("--date", date_, "What stands at the foot of the pages; else today")->type_name("DATE");
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    if (!date_.empty() && !core::parse_date(date_)) {
      return fail(Failure{ExitCode::bad_input, "--date " + date_ + ": write it like 2026-11-24"});
    }
    const std::string date = date_.empty() ? core::to_string(core::day_of(surroundings.terminal.now())) : date_;
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) return fail(Failure{ExitCode::failed, folder_ + ": cannot be made: " + error.message()});
    for (const ManualPage& page : manual_pages(app_, date)) {
      const auto file = std::filesystem::path(folder_) / page.file;
      if (auto written = replace_file(file.string(), page.text, mode_of_pages); !written) return written;
    }
    return {};
  }

 private:
  CLI::App& app_;
  CLI::App* command_ = nullptr;
  std::string folder_;
  std::string date_;
};

}  // namespace

std::unique_ptr<Command> add_manual_command(CLI::App& app) {
  return std::make_unique<ManualCommand>(app);
}

}  // namespace tallystick::cli
