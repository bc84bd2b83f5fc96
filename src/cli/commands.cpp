#include "cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/command_tree.hpp"
#include "cli/display_width.hpp"
#include "cli/spelling.hpp"

namespace tallystick::cli {
namespace {

// The command that was chosen on the line, the app itself where none was.
const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_command(*chosen.front());
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : shown_commands(app)) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

// What was written and means nothing here; CLI11 notices a missing option first, yet this is what explains it.
std::string words_for_stray(const CLI::App& app, const CLI::App& command, const std::string& stray) {
  const std::string quoted = "\"" + printable(stray) + "\"";
  if (stray.starts_with('-') && stray != "-") {
    const std::string name = stray.substr(0, stray.find('='));
    return quoted + " is no option" + did_you_mean(name, option_names(command));
  }
  if (&command == &app) return quoted + " is no command" + did_you_mean(stray, command_names(app));
  return quoted + " is one argument too many";
}

}  // namespace

class Commands::Impl {
 public:
  Impl(CLI::App& app, Terminal terminal, std::shared_ptr<HttpTransport> transport)
      : terminal_(std::move(terminal)), transport_(std::move(transport)) {
    for (const auto add :
         {add_apply_command,         add_ingest_command,           add_report_command,   add_overview_command,
          add_contracts_command,     add_contract_command,         add_period_command,   add_invoices_command,
          add_invoice_lines_command, add_invoice_document_command, add_close_command,    add_pay_command,
          add_credit_command,        add_trustors_command,         add_whoami_command,   add_login_command,
          add_logout_command,        add_completion_command,       add_complete_command, add_manual_command}) {
      commands_.push_back(add(app));
    }
  }

  std::optional<ExitCode> run() {
    for (const auto& command : commands_) {
      if (!command->app().parsed()) continue;
      const auto done = command->run({terminal_, transport_});
      if (done) return ExitCode::done;
      if (!done.error().message.empty()) {
        terminal_.err << "tallystick " << command->app().get_name() << ": " << done.error().message << std::endl;
      }
      return done.error().code;
    }
    return std::nullopt;
  }

 private:
  Terminal terminal_;
  std::shared_ptr<HttpTransport> transport_;
  std::vector<std::unique_ptr<Command>> commands_;
};

Commands::Commands(CLI::App& app, Terminal terminal, std::shared_ptr<HttpTransport> transport)
    : impl_(std::make_unique<Impl>(app, std::move(terminal), std::move(transport))) {}
Commands::~Commands() = default;

std::optional<ExitCode> Commands::run() {
  return impl_->run();
}

ExitCode explain_usage_error(const CLI::App& app, const std::exception& error, std::ostream& out, std::ostream& err) {
  const auto* parse_error = dynamic_cast<const CLI::Error*>(&error);
  if (parse_error != nullptr && parse_error->get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    return app.exit(*parse_error, out, err) == 0 ? ExitCode::done : ExitCode::failed;
  }
  const CLI::App& command = chosen_command(app);
  const auto strays = app.remaining(true);
  const bool is_app = &command == &app;
  std::string words = error.what();
  if (!strays.empty()) {
    words = words_for_stray(app, command, strays.front());
  } else if (is_app && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    words = "no command was given";
  }
  const std::string name = app.get_name().empty() ? "tallystick" : app.get_name();
  const std::string full_name = is_app ? name : name + " " + command.get_name();
  err << full_name << ": " << words << "\nSee " << full_name << " --help." << std::endl;
  return ExitCode::bad_input;
}

}  // namespace tallystick::cli
