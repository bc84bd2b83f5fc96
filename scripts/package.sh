#!/usr/bin/env bash
# Builds the Debian packages tallystick, libtallystick and libtallystick-dev into build/release/packages.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install_dependencies.sh package
scripts/build.sh release tallystick tallystick_manual tallystick_completions tallystick_shared
rm -rf build/release/packages
log=build/package.log
if ! cpack --config build/release/CPackConfig.cmake >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
ls build/release/packages/*.deb
