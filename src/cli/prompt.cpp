#include "cli/prompt.hpp"

#include <string>

namespace tallystick::cli {
namespace {

bool is_person(const Terminal& terminal) {
  return static_cast<bool>(terminal.read_secret);
}

std::optional<std::string> next_line(const Terminal& terminal) {
  std::string line;
  if (!std::getline(terminal.in, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Result<std::string, Failure> answered(std::optional<std::string> answer, const std::string& what) {
  if (answer && !answer->empty()) return *std::move(answer);
  return fail(Failure{ExitCode::bad_input, "no " + what + " was given"});
}

}  // namespace

Result<std::string, Failure> ask(const Terminal& terminal, const std::string& what, const std::string& usual) {
  if (is_person(terminal)) {
    terminal.err << what << (usual.empty() ? "" : " [" + usual + "]") << ": " << std::flush;
  }
  auto line = next_line(terminal);
  if (line && line->empty()) line = usual;
  return answered(std::move(line), what);
}

Result<std::string, Failure> ask_secret(const Terminal& terminal, const std::string& what) {
  if (!is_person(terminal)) return answered(next_line(terminal), what);
  terminal.err << what << " (it is not shown): " << std::flush;
  auto line = terminal.read_secret();
  terminal.err << '\n' << std::flush;
  return answered(std::move(line), what);
}

}  // namespace tallystick::cli
