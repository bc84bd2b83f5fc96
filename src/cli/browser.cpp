#include "cli/browser.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <sstream>

namespace tallystick::cli {

std::optional<std::vector<std::string>> browser_command(const std::string& address, const Terminal& terminal) {
  const auto chosen = terminal.variable("BROWSER");
  const bool has_screen = terminal.variable("DISPLAY") || terminal.variable("WAYLAND_DISPLAY");
  if (!chosen) return has_screen ? std::optional(std::vector<std::string>{"xdg-open", address}) : std::nullopt;
  std::vector<std::string> command;
  std::istringstream words(chosen->substr(0, chosen->find(':')));
  bool has_place = false;
  for (std::string word; words >> word;) {
    if (const auto place = word.find("%s"); place != std::string::npos) {
      word.replace(place, 2, address);
      has_place = true;
    }
    command.push_back(std::move(word));
  }
  if (command.empty()) return std::nullopt;
  if (!has_place) command.push_back(address);
  return command;
}

bool open_browser(const std::string& address, const Terminal& terminal) {
  if (terminal.open_browser) return terminal.open_browser(address);
  auto command = browser_command(address, terminal);
  if (!command) return false;
  std::vector<char*> arguments;
  for (std::string& word : *command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  if (::posix_spawn_file_actions_init(&files) != 0) return false;
  bool started = true;
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    started = started && ::posix_spawn_file_actions_addopen(&files, file, "/dev/null", O_RDWR, 0) == 0;
  }
  pid_t process = 0;
  started = started && ::posix_spawnp(&process, arguments.front(), &files, nullptr, arguments.data(), ::environ) == 0;
  ::posix_spawn_file_actions_destroy(&files);
  return started;
}

}  // namespace tallystick::cli
