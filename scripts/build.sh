#!/usr/bin/env bash
# Configures and builds a preset of CMakePresets.json into build/<preset>.
#   scripts/build.sh PRESET [TARGET…]
# A terminal shows each step; elsewhere one line a tenth. Compiler messages always come through.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:?"usage: scripts/build.sh PRESET [TARGET…]"}
shift
folder=build/$preset
mkdir -p build
# Clones in other folders share what ccache keeps.
export CCACHE_BASEDIR=$PWD

log=build/configure-$preset.log
if ! cmake --preset "$preset" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi

if [[ -t 1 ]]; then
  exec ninja -C "$folder" --quiet "$@"
fi
ninja -C "$folder" "$@" 2>&1 | awk '
  match($0, /^\[[0-9]+\/[0-9]+\]/) {
    split(substr($0, 2, RLENGTH - 2), step, "/")
    tenth = int(10 * step[1] / step[2])
    if (tenth > shown && step[2] >= 10) { printf "  built %d of %d\n", step[1], step[2]; fflush() }
    if (tenth > shown) shown = tenth
    next
  }
  /^ninja: (Entering directory|no work to do)/ { next }
  { print; fflush() }'
