#pragma once
#include <span>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace CLI {
class App;
}

namespace tallystick::cli {

/// What may be written at the end of a command line.
struct Completions {
  enum class Kind {
    words,    ///< one of `words`
    files,    ///< the name of a file, which the shell knows
    folders,  ///< that of a folder
  };
  struct Word {
    std::string text;
    std::string description;  ///< empty: it says all
    friend bool operator==(const Word&, const Word&) = default;
  };
  Kind kind = Kind::words;
  std::vector<Word> words;
};

/// The completions of a line: `written` is what follows the program's name, up to the cursor; its last word, perhaps
/// empty, is the one to be completed, and every completion begins with it. Values of options come with the option where
/// they are written in one word, `--format=c`, and without it where the shell has split that (bash does) into
/// `--format`, `=`, `c`. Names of profiles are read from the user's file.
[[nodiscard]] Completions complete(const CLI::App& app, std::span<const std::string> written, const Terminal& terminal);

}  // namespace tallystick::cli
