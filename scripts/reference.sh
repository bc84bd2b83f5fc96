#!/usr/bin/env bash
# Writes the reference of the client library, of the comments in include/, to build/reference/html.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install_dependencies.sh reference
mkdir -p build/reference
doxygen docs/Doxyfile
echo build/reference/html/index.html
