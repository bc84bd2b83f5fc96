#!/usr/bin/env bash
# Checks the form of every C++ file (.clang-format) and every shell script (shellcheck) of the tree.
# `scripts/style.sh --fix` formats the C++ files instead.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(find include src examples demo tests bench -path '*/node_modules' -prune -o -name '*.[ch]pp' -print | sort)
if [[ ${1:-} == --fix ]]; then
  exec clang-format -i "${sources[@]}"
fi
if ! clang-format --dry-run -Werror "${sources[@]}"; then
  echo "scripts/style.sh --fix mends these." >&2
  exit 1
fi

mapfile -t scripts < <(find run test .ci/run scripts tests demo -path '*/node_modules' -prune -o \
  -type f \( -name run -o -name test -o -name '*.sh' \) -print | sort)
shellcheck -x "${scripts[@]}"
