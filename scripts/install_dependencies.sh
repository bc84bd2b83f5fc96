#!/usr/bin/env bash
# Installs the Debian packages that are missing, and says nothing where none is.
#   scripts/install_dependencies.sh build   to build and run Tallystick
#   scripts/install_dependencies.sh test    to run its tests too
#   scripts/install_dependencies.sh package, reference   for the scripts of these names
#   scripts/install_dependencies.sh bench   to run bench/run: the peers that it measures beside Tallystick
set -euo pipefail

build_packages=(
  ca-certificates ccache cmake g++ ninja-build pkg-config
  libboost1.81-dev libboost-json1.81-dev libcairo2-dev libcli11-dev libcurl4-openssl-dev libexpected-dev
  libpango1.0-dev librocksdb-dev libsodium-dev libspdlog-dev libssl-dev libtomlplusplus-dev libxlsxwriter-dev
  libxmlsec1-dev libxxhash-dev libyaml-cpp-dev libzstd-dev prometheus-cpp-dev zlib1g-dev
  # Invoices are set in it.
  fonts-dejavu-core
  # Tests are configured together with the product.
  libgtest-dev librapidcheck-dev python3
)
test_packages=(
  clang-format clang-tidy curl fish man-db mandoc poppler-utils shellcheck xmlsec1 zsh zstd
)
package_packages=(dpkg-dev file)
reference_packages=(doxygen)
bench_packages=(libbenchmark-dev libpq-dev libsqlite3-dev postgresql-15 valgrind)

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

wanted=("${build_packages[@]}")
case ${1:-} in
  build) ;;
  test)
    wanted+=("${test_packages[@]}" "${package_packages[@]}" lintian "${reference_packages[@]}")
    # Node.js is often there from another source, which brings npm along and does not go with Debian's.
    command -v node >/dev/null || wanted+=(nodejs)
    command -v npm >/dev/null || wanted+=(npm)
    ;;
  package) wanted+=("${package_packages[@]}") ;;
  reference) wanted=("${reference_packages[@]}") ;;
  bench) wanted+=("${bench_packages[@]}") ;;
  *)
    echo "usage: scripts/install_dependencies.sh build|test|package|reference|bench" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "This is not Debian or a system like it: install these packages, or what they are called here, yourself:" >&2
  echo "  ${wanted[*]}" >&2
  exit 1
fi

missing=()
for package in "${wanted[@]}"; do
  is_installed "$package" || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  # Without a terminal nobody can type a password.
  if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
    as_root=(sudo)
  else
    {
      echo "These Debian packages are missing, and only root can install them:"
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
      echo "Run that as root, then start this again."
    } >&2
    exit 1
  fi
fi

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1
}
if ! { apt update && apt install --no-install-recommends "${missing[@]}"; }; then
  tail -n 20 "$log" >&2
  echo "apt-get could not install them; its last words are above." >&2
  exit 1
fi
