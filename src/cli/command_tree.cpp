#include "cli/command_tree.hpp"

#include <CLI/CLI.hpp>
#include <sstream>

namespace tallystick::cli {
namespace {

// What has no group is not shown; that is how CLI11 hides.
std::vector<const CLI::Option*> shown(const CLI::App& command, bool positional) {
  return command.get_options([positional](const CLI::Option* option) {
    return !option->get_group().empty() && option->get_positional() == positional;
  });
}

}  // namespace

std::vector<const CLI::App*> shown_commands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

std::vector<const CLI::Option*> shown_options(const CLI::App& command) {
  return shown(command, false);
}

std::vector<const CLI::Option*> shown_arguments(const CLI::App& command) {
  return shown(command, true);
}

bool takes_value(const CLI::Option& option) {
  return option.get_items_expected_max() > 0;
}

bool takes_several(const CLI::Option& option) {
  return option.get_items_expected_max() > 1;
}

Footer footer_of(const CLI::App& command) {
  constexpr std::string_view indent = "  ";
  Footer footer;
  bool in_examples = false;
  std::istringstream lines(command.get_footer());
  for (std::string line; std::getline(lines, line);) {
    if (line == "Example:" || line == "Examples:") {
      in_examples = true;
    } else if (in_examples && line.starts_with(indent)) {
      footer.examples.push_back(line.substr(indent.size()));
    } else if (!line.empty()) {
      in_examples = false;
      footer.sentences.push_back(line);
    }
  }
  return footer;
}

}  // namespace tallystick::cli
