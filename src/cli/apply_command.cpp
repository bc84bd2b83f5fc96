#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>
#include <utility>

#include "cli/apply_text.hpp"
#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "tallystick/client/tallystick_api.hpp"
#include "tallystick/wire/catalog_document.hpp"

namespace tallystick::cli {
namespace {

constexpr const char* standard_input = "-";
constexpr int status_conflict = 409;

Result<std::string, Failure> read_document(const std::string& file, std::istream& in) {
  std::stringstream text;
  if (file == standard_input) {
    text << in.rdbuf();
    return text.str();
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(Failure{ExitCode::bad_input, file + ": cannot be opened"});
  text << stream.rdbuf();
  if (stream.bad() || (text.fail() && stream.peek() != std::char_traits<char>::eof())) {
    return fail(Failure{ExitCode::bad_input, file + ": cannot be read"});
  }
  return text.str();
}

// JSON by its name or, without one, by how it begins. YAML is the rest: it tells the places of faults.
wire::DocumentFormat format_of(const std::string& file, const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  const bool begins_like_json = begin != std::string::npos && text[begin] == '{';
  const bool is_json = file == standard_input ? begins_like_json : file.ends_with(".json");
  return is_json ? wire::DocumentFormat::json : wire::DocumentFormat::yaml;
}

class ApplyCommand : public Command {
 public:
  explicit ApplyCommand(CLI::App& app) {
    command_ = app.add_subcommand("apply", "Make the server's catalog what a file says");
    command_->add_option("-f,--file", file_, "Catalog as YAML or JSON; - is standard input")
        ->type_name("FILE")
        ->required();
    command_->add_flag("--dry-run", dry_run_, "Tell the changes, and change nothing");
    command_->add_flag("--prune", prune_, "Remove what the file lacks");
    command_->footer(
        "${NAME} in a client's secret is replaced from the environment.\n"
        "Example:\n  tallystick apply -f catalog.yaml --dry-run");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const auto output = choose_output(options_.format, options_.output, terminal);
    if (!output) return fail(output.error());
    const auto text = read_document(file_, terminal.in);
    if (!text) return fail(text.error());
    Progress progress(terminal, false);
    const auto catalog = wire::read_catalog(*text, format_of(file_, *text),
                                            [&](const std::string& name) { return terminal.variable(name); });
    if (!catalog) return fail(refuse(catalog.error(), progress));
    const auto connection = connect(options_, terminal, surroundings.transport, progress);
    if (!connection) return fail(connection.error());
    const auto changes = TallystickApi(*connection)
                             .apply(wire::catalog_document_to_json(catalog->document), "application/json",
                                    {.dry_run = dry_run_, .prune = prune_})
                             .send();
    if (!changes) return fail(refuse(changes.error(), *catalog, progress));
    return write_output(*output, terminal, changes_text(*changes, dry_run_, *output));
  }

 private:
  [[nodiscard]] Failure refuse(const wire::CatalogReadFailure& failure, Progress& progress) const {
    if (failure.faults.empty()) progress.tell(fault_at_place(file_, {"", failure.message}));
    for (const core::Fault& fault : failure.faults) progress.tell(fault_at_place(file_, fault));
    return {ExitCode::bad_input, file_ + " is no catalog; nothing was sent"};
  }

  [[nodiscard]] Failure refuse(const ApiError& error, const wire::ReadCatalog& catalog, Progress& progress) const {
    auto faults = faults_of(error);
    if (faults.empty()) return failure_of(error);
    wire::add_positions(faults, catalog);
    for (const core::Fault& fault : faults) progress.tell(fault_at_place(file_, fault));
    // A catalog that conflicts with what is stored has to change.
    const bool is_conflict = error.status == status_conflict;
    return {is_conflict ? ExitCode::bad_input : exit_code_of(error),
            "the server refused " + file_ + "; nothing was changed"};
  }

  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string file_;
  bool dry_run_ = false;
  bool prune_ = false;
};

}  // namespace

std::unique_ptr<Command> add_apply_command(CLI::App& app) {
  return std::make_unique<ApplyCommand>(app);
}

}  // namespace tallystick::cli
