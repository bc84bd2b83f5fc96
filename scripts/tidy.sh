#!/usr/bin/env bash
# clang-tidy (.clang-tidy) on the source files of a preset that has been built.
#   scripts/tidy.sh [PRESET [FOLDER…]]     (release; src demo tests)
# A file that passed is looked at again only when it, the header of its name, its configuration or clang-tidy has changed:
# the cache, shared by all clones, holds one empty file for each content that passed. Other headers do not count, or one
# word in a header of core would have all files looked at; what is wrong with a header shows with the file of its name.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
preset=${1:-release}
folders=("${@:2}")
[[ ${#folders[@]} -gt 0 ]] || folders=(src demo tests)
folder=build/$preset
passed=${XDG_CACHE_HOME:-${HOME:-$root/build}/.cache}/tallystick/tidy
mkdir -p "$passed"

if [[ ! -f $folder/.ninja_deps ]]; then
  echo "scripts/tidy.sh: $folder has not been built; run: scripts/build.sh $preset" >&2
  exit 1
fi

# Ninja knows from which files each object was made: one line a source, with its own content and its header's.
contents=$(find include src demo tests -path '*/node_modules' -prune -o -name '*.[ch]pp' -exec sha256sum {} +)
setting=$({ clang-tidy --version; cat .clang-tidy; } | sha256sum)
tests_setting=$(sha256sum <tests/.clang-tidy)
made_of() {
  ninja -C "$folder" -t deps | awk -v root="$root/" -v contents="$contents" '
    BEGIN {
      count = split(contents, line, "\n")
      for (i = 1; i <= count; ++i) { split(line[i], word, "  "); content[word[2]] = word[1] }
    }
    function flush() { if (source != "") print source "\t" made; source = made = "" }
    function name_of(path) { sub(/.*\//, "", path); sub(/\.[^.]*$/, "", path); return path }
    /^[^ ].*: #deps/ { flush(); next }
    # ccache makes them relative to the build folder, which lies two below ours.
    sub(/^\.\.\/\.\.\//, root, $1) || index($1, root) == 1 {
      path = substr($1, length(root) + 1)
      if (path in content) {
        if (source == "") source = path
        if (name_of(path) == name_of(source)) made = made content[path]
      }
    }
    END { flush() }' | sort -u
}

pending=()
while IFS=$'\t' read -r source made; do
  [[ " ${folders[*]} " == *" ${source%%/*} "* ]] || continue
  own=
  [[ $source != tests/* ]] || own=$tests_setting
  key=$(sha256sum <<<"$setting $own$source $made")
  key=${key%% *}
  [[ -e $passed/$key ]] || pending+=("$key" "$source")
done < <(made_of)

check() {
  local said
  if said=$(clang-tidy --quiet -p "$2" --extra-arg=-Wno-unknown-warning-option "$4" 2>&1); then
    touch "$1/$3"
  else
    grep -v 'warnings\? generated\.$' <<<"$said" >&2
    return 1
  fi
}
export -f check

if [[ ${#pending[@]} -gt 0 ]]; then
  echo "  clang-tidy looks at $((${#pending[@]} / 2)) files"
  printf '%s\n' "${pending[@]}" |
    xargs -n 2 -P "$(nproc)" bash -c 'check "$@"' check "$passed" "$folder"
fi
