#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "cli/completion_scripts.hpp"
#include "cli/option_values.hpp"
#include "cli/spelling.hpp"

namespace tallystick::cli {
namespace {

class CompletionCommand : public Command {
 public:
  explicit CompletionCommand(CLI::App& app) {
    command_ = app.add_subcommand("completion", "What a shell reads to complete command lines");
    command_->add_option("SHELL", shell_, "bash, zsh or fish")->required();
    command_->footer(
        "It completes commands, options, their values, names of profiles and files. A line in the shell's own start "
        "file\n"
        "(~/.bashrc, ~/.zshrc after compinit, ~/.config/fish/config.fish) makes it last.\n"
        "Examples:\n"
        "  source <(tallystick completion bash)\n"
        "  source <(tallystick completion zsh)\n"
        "  tallystick completion fish | source");
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto script = completion_script(shell_);
    if (!script) {
      return fail(Failure{ExitCode::bad_input, "\"" + shell_ +
                                                   "\" is no shell that is known: choose bash, zsh or fish" +
                                                   did_you_mean(shell_, shell_names())});
    }
    surroundings.terminal.out << *script << std::flush;
    return {};
  }

 private:
  CLI::App* command_ = nullptr;
  std::string shell_;
};

// What the scripts ask while somebody types: any words, complete or not.
class CompleteCommand : public Command {
 public:
  explicit CompleteCommand(CLI::App& app) : app_(app) {
    command_ = app.add_subcommand(complete_command)->group("");
    command_->set_help_flag();
    command_->prefix_command();
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    std::vector<std::string> words = command_->remaining();
    // The first one is no word of the line: whatever it is, the parser leaves what follows to us.
    if (!words.empty()) words.erase(words.begin());
    surroundings.terminal.out << completion_lines(complete(app_, words, surroundings.terminal)) << std::flush;
    return {};
  }

 private:
  CLI::App& app_;
  CLI::App* command_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> add_completion_command(CLI::App& app) {
  return std::make_unique<CompletionCommand>(app);
}

std::unique_ptr<Command> add_complete_command(CLI::App& app) {
  return std::make_unique<CompleteCommand>(app);
}

}  // namespace tallystick::cli
