# Sourced by run and check: what Debian 12 and 13 need. need_packages NAME... installs
# those that are missing, after saying so. libminizip-dev is wanted by libxlsxwriter on Debian 13, whose package does not say so.
build_packages="g++ cmake ninja-build ccache pkg-config libxapian-dev libicu-dev libcpp-httplib-dev nlohmann-json3-dev
  libcli11-dev libspdlog-dev libxml2-dev libarchive-dev libpoppler-cpp-dev poppler-data libzstd-dev zlib1g-dev libbrotli-dev libxxhash-dev libstemmer-dev libjemalloc-dev prometheus-cpp-dev libxlsxwriter-dev libminizip-dev libtomlplusplus-dev libsystemd-dev libsodium-dev"
test_packages="xapian-tools python3-xapian libgtest-dev libbenchmark-dev nginx-light haproxy openssl nodejs chromium fonts-noto-cjk python3 zip unzip curl rsync git clang libclang-rt-dev clang-format prometheus zsh fish lowdown systemd"
deb_packages="build-essential dpkg-dev debhelper lowdown lintian fakeroot"  # packaging/build-deb

need_packages() {
  missing=""
  for p in "$@"; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
  done
  [ -z "$missing" ] && return 0
  echo "installing with apt-get:$missing"
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "$0: needs root or sudo to install:$missing" >&2; exit 2; }
    as_root=sudo
  fi
  command -v apt-get >/dev/null || { echo "$0: this is no Debian: install by hand what corresponds to:$missing" >&2; exit 2; }
  log=$(mktemp)
  if ! { $as_root apt-get update && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "$0: apt-get could not install:$missing (all of it in $log)" >&2
    exit 2
  fi
  rm -f "$log"
}
