#include "cli/completion_scripts.hpp"

#include <algorithm>

namespace tallystick::cli {
namespace {

constexpr const char* bash_script = R"script(# bash completion of tallystick: source <(tallystick completion bash)
_tallystick() {
  local program=${1/#\~\//$HOME/} current=${COMP_WORDS[COMP_CWORD]} word
  local -a lines
  [[ $current == = ]] && current=
  COMPREPLY=()
  mapfile -t lines < <("$program" __complete line "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case ${lines[0]-} in
    files)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    folders)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
    words)
      for word in "${lines[@]:1}"; do
        printf -v word %q "${word%%$'\t'*}"
        COMPREPLY+=("$word")
      done
      ;;
  esac
}
complete -F _tallystick tallystick
)script";

constexpr const char* zsh_script = R"script(#compdef tallystick
# zsh completion of tallystick: source <(tallystick completion zsh), or as _tallystick in a folder of $fpath
_tallystick() {
  local program=${words[1]/#\~\//$HOME/} line text
  local -a lines described
  lines=("${(@f)$("$program" __complete line "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case ${lines[1]} in
    files)
      compset -P '--*='
      _files
      ;;
    folders)
      compset -P '--*='
      _files -/
      ;;
    words)
      for line in "${(@)lines[2,-1]}"; do
        text=${line%%$'\t'*}
        text=${text//:/\\:}
        [[ $line == *$'\t'* ]] && text+=:${line#*$'\t'}
        described+=("$text")
      done
      _describe -t values value described
      ;;
  esac
}
if [[ ${funcstack[1]-} == _tallystick ]]; then
  _tallystick "$@"
else
  compdef _tallystick tallystick
fi
)script";

constexpr const char* fish_script = R"script(# fish completion of tallystick: tallystick completion fish | source
function __tallystick_complete
  set -l current (commandline -ct)
  set -l words (commandline -opc) "$current"
  set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
  set -l lines ($program __complete line $words[2..-1] 2>/dev/null)
  set -l option (string match -r '^--[^=]*=' -- "$current"; or echo)
  set -l rest (string replace -- "$option" '' "$current")
  switch "$lines[1]"
    case files
      for path in (__fish_complete_path "$rest")
        echo -- $option$path
      end
    case folders
      for path in (__fish_complete_directories "$rest")
        echo -- $option$path
      end
    case words
      for line in $lines[2..-1]
        echo -- $line
      end
  end
end
complete -c tallystick -f -a '(__tallystick_complete)'
)script";

std::string_view word_of(Completions::Kind kind) {
  switch (kind) {
    case Completions::Kind::files:
      return "files\n";
    case Completions::Kind::folders:
      return "folders\n";
    case Completions::Kind::words:
      return "words\n";
  }
  return "";
}

// A line of its own, whatever a file of profiles or a description has in it.
std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text;
}

}  // namespace

std::optional<std::string> completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script;
  if (shell == "zsh") return zsh_script;
  if (shell == "fish") return fish_script;
  return std::nullopt;
}

std::string completion_lines(const Completions& completions) {
  std::string lines(word_of(completions.kind));
  for (const Completions::Word& word : completions.words) {
    lines += one_line(word.text);
    if (!word.description.empty()) lines += "\t" + one_line(word.description);
    lines += "\n";
  }
  return lines;
}

}  // namespace tallystick::cli
