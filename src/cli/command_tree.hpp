#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

/// What a command line may have, as help, completions and manual pages show it.
namespace tallystick::cli {

/// The commands of an app that people are told of, in their order.
[[nodiscard]] std::vector<const CLI::App*> shown_commands(const CLI::App& app);
/// The options of a command that people are told of, and its arguments, each in their order.
[[nodiscard]] std::vector<const CLI::Option*> shown_options(const CLI::App& command);
[[nodiscard]] std::vector<const CLI::Option*> shown_arguments(const CLI::App& command);

/// Whether a value follows the option.
[[nodiscard]] bool takes_value(const CLI::Option& option);
/// Whether it may be given several times.
[[nodiscard]] bool takes_several(const CLI::Option& option);

/// What help says below the options of a command, taken apart.
struct Footer {
  std::vector<std::string> sentences;  ///< the lines of its text
  std::vector<std::string> examples;   ///< command lines
};
[[nodiscard]] Footer footer_of(const CLI::App& command);

}  // namespace tallystick::cli
