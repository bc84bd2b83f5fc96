#include "cli/completions.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include "cli/command_tree.hpp"
#include "cli/option_values.hpp"

namespace tallystick::cli {
namespace {

using Kind = Completions::Kind;
using Word = Completions::Word;

bool is_option(std::string_view word) {
  return word.size() > 1 && word.starts_with('-');
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

/// Reads a line word by word, as the parser would, and knows what may come next.
class Line {
 public:
  Line(const CLI::App& app, const Terminal& terminal) : command_(&app), terminal_(terminal) {}

  // A word before the one to be completed.
  void read(const std::string& word) {
    if (awaited_ != nullptr && word == "=") return;
    if (awaited_ != nullptr) {
      awaited_ = nullptr;
    } else if (options_ended_ || !is_option(word)) {
      read_argument(word);
    } else if (word == "--") {
      options_ended_ = true;
    } else {
      read_option(word);
    }
  }

  [[nodiscard]] Completions complete(std::string current) const {
    if (awaited_ != nullptr) {
      if (current == "=") current.clear();
      return values(*awaited_, "", current);
    }
    const std::size_t sign = current.find('=');
    if (!options_ended_ && current.starts_with("--") && sign != std::string::npos) {
      const CLI::Option* option = find(current.substr(0, sign));
      return option == nullptr ? Completions() : values(*option, current.substr(0, sign + 1), current.substr(sign + 1));
    }
    if (!options_ended_ && current.starts_with('-')) return beginning_with(options(), current);
    if (const auto commands = shown_commands(*command_); !commands.empty()) {
      Completions offered;
      for (const CLI::App* command : commands)
        offered.words.push_back({command->get_name(), command->get_description()});
      return beginning_with(std::move(offered), current);
    }
    const auto arguments = shown_arguments(*command_);
    const bool is_full = arguments.empty() || (arguments_ >= arguments.size() && !takes_several(*arguments.back()));
    if (!is_full) return values(*arguments[std::min(arguments_, arguments.size() - 1)], "", current);
    return options_ended_ ? Completions() : beginning_with(options(), current);
  }

 private:
  [[nodiscard]] const CLI::Option* find(const std::string& name) const {
    for (const CLI::Option* option : shown_options(*command_)) {
      if (std::ranges::count(names_of(*option), name) != 0) return option;
    }
    return nullptr;
  }

  void read_argument(const std::string& word) {
    for (const CLI::App* command : shown_commands(*command_)) {
      if (command->get_name() != word) continue;
      command_ = command;
      return;
    }
    ++arguments_;
  }

  void read_option(const std::string& word) {
    const std::size_t sign = word.find('=');
    const CLI::Option* option = find(word.substr(0, sign));
    if (option == nullptr) return;
    used_.insert(option);
    if (takes_value(*option) && sign == std::string::npos) awaited_ = option;
  }

  // Those that are not on the line yet.
  [[nodiscard]] Completions options() const {
    Completions offered;
    for (const CLI::Option* option : shown_options(*command_)) {
      if (used_.contains(option)) continue;
      for (const std::string& name : names_of(*option)) offered.words.push_back({name, option->get_description()});
    }
    return offered;
  }

  // `prefix`: the option and its sign, where they are part of the word.
  [[nodiscard]] Completions values(const CLI::Option& option, const std::string& prefix,
                                   const std::string& current) const {
    const std::string name = option.get_positional() ? option.get_name(true) : names_of(option).front();
    Completions offered;
    for (const std::string& value : values_of_option(command_->get_name(), name, terminal_)) {
      offered.words.push_back({prefix + value, ""});
    }
    if (!offered.words.empty()) return beginning_with(std::move(offered), prefix + current);
    const std::string type = option.get_positional() ? name : option.get_type_name();
    if (type.starts_with("FILE")) offered.kind = Kind::files;
    if (type.starts_with("DIR")) offered.kind = Kind::folders;
    return offered;
  }

  [[nodiscard]] static Completions beginning_with(Completions offered, const std::string& current) {
    std::erase_if(offered.words, [&](const Word& word) { return !word.text.starts_with(current); });
    return offered;
  }

  const CLI::App* command_;
  const Terminal& terminal_;
  std::set<const CLI::Option*> used_;
  const CLI::Option* awaited_ = nullptr;  // the option whose value comes next
  std::size_t arguments_ = 0;
  bool options_ended_ = false;
};

}  // namespace

Completions complete(const CLI::App& app, std::span<const std::string> written, const Terminal& terminal) {
  Line line(app, terminal);
  if (written.empty()) return line.complete("");
  for (const std::string& word : written.first(written.size() - 1)) line.read(word);
  return line.complete(written.back());
}

}  // namespace tallystick::cli
